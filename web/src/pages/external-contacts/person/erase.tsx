import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, invalidate } from '../../../api';
import styles from './person.module.css';
import { ReasonForm } from './reason-form';

/** What goes, what stays, and why: asks the second person without whom nobody is erased. */
export function Erase({ externalUserid, onClose }: { externalUserid: string; onClose(): void }) {
  const { t } = useTranslation('externalContacts');
  const { message } = App.useApp();
  const { mutateAsync } = api.useMutation('post', '/approvals');
  const words = {
    label: t('privacy.eraseReason'),
    hint: t('privacy.eraseHint'),
    example: t('privacy.eraseExample'),
    submit: t('privacy.eraseAsk'),
  };
  const ask = async (reason: string) => {
    const payload = { external_userid: externalUserid, reason };
    await mutateAsync({ body: { action: 'person.erase', payload, reason } });
    invalidate('/approvals');
    onClose();
    void message.success(
      <>
        {t('privacy.eraseAsked')} <Link to="/approvals?view=mine">{t('privacy.eraseSee')}</Link>
      </>,
      6,
    );
  };
  return (
    <div className={styles.erase}>
      <p>{t('privacy.eraseGoes')}</p>
      <p>{t('privacy.eraseStays')}</p>
      <p>{t('privacy.eraseFinal')}</p>
      <ReasonForm words={words} onReason={ask} onClose={onClose} danger />
    </div>
  );
}
