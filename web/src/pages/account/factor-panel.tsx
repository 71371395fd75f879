import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Panel } from '../../components/panel';
import { CodeForm, Enrolment, RecoveryCodes } from '../../components/step-up';
import styles from './account.module.css';
import type { Factor } from './types';

/** The authenticator app: set up, shown again, replaced. */
export function FactorPanel({ factor }: { factor: Factor }) {
  const { t } = useTranslation('account');
  const [codes, setCodes] = useState<string[]>();
  const done = (fresh: string[]) => {
    setCodes(fresh);
    invalidate('/session/factor', '/sessions');
  };
  return (
    <Panel title={t('factor')}>
      <p>{factor.totp ? t('factorOn') : t('factorOff')}</p>
      {factor.totp && <p className={styles.quiet}>{t('recoveryLeft', { count: factor.recovery_codes_left })}</p>}
      {codes && <RecoveryCodes codes={codes} />}
      {factor.totp && !factor.fresh_until ? <ShowFactor /> : <Changes isEnrolled={factor.totp} onCodes={done} />}
    </Panel>
  );
}

interface ChangesProps {
  isEnrolled: boolean;
  onCodes(codes: string[]): void;
}

/** Whoever has an app already has shown a code of it by now. */
function Changes({ isEnrolled, onCodes }: ChangesProps) {
  const { t } = useTranslation('account');
  const begin = api.useMutation('post', '/session/totp');
  const renew = api.useMutation('post', '/session/recovery-codes', {
    onSuccess: ({ recovery_codes }) => onCodes(recovery_codes),
  });
  const error = begin.error ?? renew.error;
  const confirmed = (codes: string[]) => {
    begin.reset();
    onCodes(codes);
  };
  if (begin.data) return <Enrolment {...begin.data} onDone={confirmed} />;
  return (
    <>
      {error && <FaultNote error={error} small />}
      {isEnrolled && <p className={styles.quiet}>{t('fresh')}</p>}
      <div className={styles.buttons}>
        <Button loading={begin.isPending} onClick={() => begin.mutate({})}>
          {isEnrolled ? t('replace') : t('enrol')}
        </Button>
        {isEnrolled && (
          <Button loading={renew.isPending} onClick={() => renew.mutate({})}>
            {t('renew')}
          </Button>
        )}
      </div>
    </>
  );
}

function ShowFactor() {
  const { t } = useTranslation('account');
  const show = api.useMutation('post', '/session/step-up', { onSuccess: () => invalidate('/session/factor') });
  return (
    <CodeForm
      label={t('show')}
      pending={show.isPending}
      error={show.error}
      onCode={(code) => show.mutate({ body: { code } })}
    />
  );
}
