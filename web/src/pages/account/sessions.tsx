import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { TimeText } from '../../components/time-text';
import styles from './account.module.css';

export function Sessions() {
  const { t } = useTranslation('account');
  const { data, error, refetch } = api.useQuery('get', '/sessions');
  const end = api.useMutation('delete', '/sessions/{id}', { onSettled: () => invalidate('/sessions') });
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} small />;
  if (!data) return <Loading rows={3} />;
  return (
    <>
      {end.error && <FaultNote error={end.error} small />}
      {data.items.map(({ id, method, address, current, created_at, last_seen_at }) => (
        <div key={id} className={styles.session}>
          <span>
            {method ? t(`method.${method}`) : t('methodUnknown')} · {address} {current && <Tag>{t('current')}</Tag>}
          </span>
          {current ? (
            <span />
          ) : (
            <Button size="small" onClick={() => end.mutate({ params: { path: { id } } })}>
              {t('end')}
            </Button>
          )}
          <span className={styles.quiet}>
            {t('since')} <TimeText at={created_at} /> · {t('seen')} <TimeText at={last_seen_at} />
          </span>
        </div>
      ))}
    </>
  );
}
