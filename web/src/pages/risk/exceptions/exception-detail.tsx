import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api';
import type { DetectorException } from '../../../api/risk';
import { Facts } from '../../../components/facts';
import { useFaultText } from '../../../components/fault-note';
import { PersonLink } from '../../../components/person-link';
import { TimeText } from '../../../components/time-text';
import { ContactLink } from '../../findings/contact-link';
import styles from '../risk.module.css';

/** Who asked, who agreed, and how to end it before its time. */
export function ExceptionDetail({ exception }: { exception: DetectorException }) {
  const { t } = useTranslation('exceptions');
  const { userid, external_userid, created_by, created_by_name, approved_by, approved_by_name } = exception;
  const { ended_by, ended_by_name, ended_at, state } = exception;
  return (
    <div className={styles.stack}>
      <Facts
        items={[
          { label: t('staff'), value: userid === null ? t('anyStaff') : <PersonLink id={userid} /> },
          {
            label: t('contact'),
            value: external_userid === null ? t('anyContact') : <ContactLink id={external_userid} />,
          },
          { label: t('reason'), value: exception.reason },
          { label: t('createdBy'), value: created_by_name ?? created_by },
          { label: t('approvedBy'), value: approved_by_name ?? approved_by },
          { label: t('created'), value: <TimeText at={exception.created_at} /> },
          { label: t('expires'), value: <TimeText at={exception.expires_at} /> },
          { label: t('suppressed'), value: exception.suppressed.toLocaleString() },
          ...(ended_at === null
            ? []
            : [
                { label: t('ended'), value: <TimeText at={ended_at} /> },
                { label: t('endedBy'), value: ended_by_name ?? ended_by },
              ]),
        ]}
      />
      {state === 'active' && <End id={exception.id} />}
    </div>
  );
}

function End({ id }: { id: string }) {
  const { t } = useTranslation('exceptions');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const end = api.useMutation('delete', '/findings/exceptions/{id}', {
    onSuccess() {
      invalidate('/findings/exceptions');
      void message.success(t('didEnd'));
    },
    onError: (error: unknown) => void message.error(textOf(error)),
  });
  return (
    <Popconfirm
      title={t('endTitle')}
      description={t('endHint')}
      okText={t('end')}
      cancelText={tc('cancel')}
      onConfirm={() => end.mutate({ params: { path: { id } } })}
    >
      <Button loading={end.isPending}>{t('end')}</Button>
    </Popconfirm>
  );
}
