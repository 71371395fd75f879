import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { isMasked } from '../lib/masked';
import styles from './masked.module.css';

/** A value of a guarded field: muted, with the reason, where the server covered it. */
export function MaskedText({ text }: { text: string }) {
  const { t } = useTranslation();
  if (!isMasked(text)) return <bdi>{text}</bdi>;
  return (
    <Tooltip title={t('masked')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be in reach of the keyboard too. */}
      <span className={styles.masked} tabIndex={0}>
        <EyeInvisibleOutlined aria-hidden /> {text}
      </span>
    </Tooltip>
  );
}

export function MaskedTexts({ texts }: { texts: readonly string[] }) {
  return (
    <span className={styles.list}>
      {texts.map((text) => (
        <MaskedText key={text} text={text} />
      ))}
    </span>
  );
}
