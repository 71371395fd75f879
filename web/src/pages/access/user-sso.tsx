import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, invalidate, type User } from '../../api';
import { useFaultText } from '../../components/fault-note';
import { TimeText } from '../../components/time-text';
import styles from './access.module.css';

/** Single sign-on of somebody: only they connect it, and it can be taken from them. Absent where it is not connected. */
export function UserSso({ user }: { user: User }) {
  const { t } = useTranslation('access');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const textOf = useFaultText();
  const params = { path: { id: user.id } };
  const { data } = api.useQuery('get', '/users/{id}/oidc-connection', { params });
  const remove = api.useMutation('delete', '/users/{id}/oidc-connection', {
    onSuccess: () => {
      invalidate('/users/{id}/oidc-connection');
      void message.success(t('ssoRemoved'));
    },
    onError: (error) => void message.error(textOf(error)),
  });
  if (!data?.connected_at) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('sso')}</h3>
      <p>
        {t('ssoSince')} <TimeText at={data.connected_at} />
      </p>
      <p className={styles.hint}>{t('ssoHint')}</p>
      <Popconfirm
        title={t('ssoRemoveTitle', { name: user.name })}
        okText={t('ssoRemove')}
        cancelText={tc('cancel')}
        okButtonProps={{ danger: true }}
        onConfirm={() => remove.mutate({ params })}
      >
        <Button danger loading={remove.isPending}>
          {t('ssoRemove')}
        </Button>
      </Popconfirm>
    </section>
  );
}
