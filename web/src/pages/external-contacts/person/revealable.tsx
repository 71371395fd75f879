import { EyeOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Relation, useCan } from '../../../api';
import { MaskedTexts } from '../../../components/masked';
import { isMasked } from '../../../lib/masked';
import styles from './person.module.css';
import { RevealForm } from './reveal-form';

/** A value that was shown disappears again: whoever leaves the desk leaves nothing behind. */
const shownForMs = 30_000;

interface Props {
  relation: Relation;
  field: 'remark_mobiles' | 'description';
  texts: readonly string[];
}

/** Values that the server covered, and the way to see them for half a minute where the reader may. */
export function Revealable({ relation, field, texts }: Props) {
  const { t } = useTranslation('externalContacts');
  const mayReveal = useCan('fields:reveal') && texts.some(isMasked);
  const [isAsking, setAsking] = useState(false);
  const [values, setValues] = useState<readonly string[]>();
  useEffect(() => {
    if (!values) return;
    const timer = setTimeout(() => setValues(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [values]);
  const show = (shown: readonly string[]) => {
    setAsking(false);
    setValues(shown);
  };
  if (values) return <Shown values={values} onHide={() => setValues(undefined)} />;
  return (
    <span className={styles.revealable}>
      <MaskedTexts texts={texts} />
      {mayReveal && (
        <Popover
          open={isAsking}
          onOpenChange={setAsking}
          trigger="click"
          placement="bottomLeft"
          destroyOnHidden
          content={<RevealForm relation={relation} field={field} onShown={show} onClose={() => setAsking(false)} />}
        >
          <Button type="link" size="small" className={styles.reveal ?? ''} icon={<EyeOutlined aria-hidden />}>
            {t('reveal.show')}
          </Button>
        </Popover>
      )}
    </span>
  );
}

function Shown({ values, onHide }: { values: readonly string[]; onHide(): void }) {
  const { t } = useTranslation('externalContacts');
  return (
    <span className={styles.revealable} aria-live="polite">
      {values.map((value) => (
        <bdi key={value} className={styles.shown}>
          {value}
        </bdi>
      ))}
      <Button type="link" size="small" className={styles.reveal ?? ''} onClick={onHide}>
        {t('reveal.hide')}
      </Button>
      <span className={styles.quiet}>{t('reveal.fades')}</span>
    </span>
  );
}
