import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { CopyButton } from '../copy-button';
import { CodeForm } from './code-form';
import styles from './step-up.module.css';

interface Props {
  secret: string;
  uri: string;
  onDone(recoveryCodes: string[]): void;
}

/** The secret of a new authenticator app, shown this once, and its first code. */
export function Enrolment({ secret, uri, onDone }: Props) {
  const { t } = useTranslation('account');
  const confirm = api.useMutation('put', '/session/totp', {
    onSuccess: ({ recovery_codes }) => onDone(recovery_codes),
  });
  const grouped = (secret.match(/.{1,4}/g) ?? []).join(' ');
  return (
    <>
      <p>{t('scan')}</p>
      <p className={styles.given}>
        {t('secret')} <CopyButton text={secret} />
        <code className={styles.secret}>{grouped}</code>
      </p>
      <p>
        <a href={uri}>{t('openApp')}</a>
      </p>
      <CodeForm
        label={t('confirm')}
        hint={t('firstCodeHint')}
        focus
        pending={confirm.isPending}
        error={confirm.error}
        onCode={(code) => confirm.mutate({ body: { code } })}
      />
    </>
  );
}
