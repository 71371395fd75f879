import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Approval, api, invalidate } from '../../api';
import { useFaultText } from '../../components/fault-note';
import styles from './approvals.module.css';

/** Approve or refuse, with a word why. */
export function Decision({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals');
  const { message } = App.useApp();
  const textOf = useFaultText();
  const [reason, setReason] = useState('');
  const decide = api.useMutation('post', '/approvals/{id}/decide', {
    onSuccess: ({ state }) => void message.success(t(state === 'approved' ? 'didApprove' : 'didRefuse')),
    onError: (error) => void message.error(textOf(error)),
    onSettled: () => invalidate('/approvals'),
  });
  const send = (decision: 'approve' | 'refuse') => {
    const given = reason.trim();
    const params = { path: { id: approval.id } };
    decide.mutate({ params, body: { decision, ...(given ? { reason: given } : {}) } });
  };
  return (
    <div className={styles.decision}>
      <Input
        value={reason}
        maxLength={500}
        aria-label={t('decisionReason')}
        placeholder={t('decisionReason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button type="primary" loading={decide.isPending} onClick={() => send('approve')}>
          {t('approve')}
        </Button>
        <Button danger disabled={decide.isPending} onClick={() => send('refuse')}>
          {t('refuse')}
        </Button>
      </div>
    </div>
  );
}
