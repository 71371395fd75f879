import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate, useStepUp } from '../../api';
import { FaultNote } from '../fault-note';
import { CodeForm } from './code-form';
import { Enrolment } from './enrolment';
import { RecoveryCodes } from './recovery-codes';
import styles from './step-up.module.css';

/** Asks for a second factor when the server wants a fresh one; what was refused is then sent again. */
export function StepUpDialog() {
  const { t } = useTranslation('account');
  const waiting = useStepUp((state) => state.waiting);
  const done = () => {
    invalidate('/session/factor');
    waiting?.done(true);
  };
  return (
    <Modal
      open={waiting !== undefined}
      onCancel={() => waiting?.done(false)}
      footer={null}
      destroyOnHidden
      mask={{ closable: false }}
      width={460}
      // Above the form that asked for it.
      zIndex={1200}
      title={t(waiting?.need === 'enrol' ? 'stepUpEnrol' : 'stepUp')}
    >
      {waiting?.need === 'enrol' ? <EnrolFirst onDone={done} /> : <ShowFactor onDone={done} />}
    </Modal>
  );
}

function ShowFactor({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const show = api.useMutation('post', '/session/step-up', { onSuccess: onDone });
  return (
    <>
      <p className={styles.quiet}>{t('stepUpHint')}</p>
      <CodeForm
        label={t('stepUpGo')}
        pending={show.isPending}
        error={show.error}
        focus
        onCode={(code) => show.mutate({ body: { code } })}
      />
    </>
  );
}

/** No app yet: one is set up, its recovery codes are shown, and then the act goes on. */
function EnrolFirst({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const [codes, setCodes] = useState<string[]>();
  const begin = api.useMutation('post', '/session/totp');
  if (codes) {
    return (
      <>
        <RecoveryCodes codes={codes} />
        <Button type="primary" onClick={onDone}>
          {t('stepUpContinue')}
        </Button>
      </>
    );
  }
  if (begin.data) return <Enrolment {...begin.data} onDone={setCodes} />;
  return (
    <>
      <p className={styles.quiet}>{t('stepUpEnrolHint')}</p>
      {begin.error && <FaultNote error={begin.error} small />}
      <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({})}>
        {t('enrol')}
      </Button>
    </>
  );
}
