import { ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/copy';
import styles from './once.module.css';

interface Props {
  /** What is never shown again. */
  secret: string;
  hint: string;
  copyLabel: string;
}

/** A link, a token or a secret in the only moment in which it can be read. */
export function Once({ secret, hint, copyLabel }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles.once}>
      <p className={styles.hint}>
        <ExclamationCircleOutlined aria-hidden /> {hint}
      </p>
      <code className={styles.secret}>{secret}</code>
      <div className={styles.buttons}>
        <span role="status" className={styles.quiet}>
          {copied && t('copied')}
        </span>
        <Button type="primary" onClick={() => void copyText(secret).then(() => setCopied(true))}>
          {copyLabel}
        </Button>
      </div>
    </div>
  );
}
