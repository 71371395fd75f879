import { App, Button, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, invalidate } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { TimeText } from '../../components/time-text';
import styles from './account.module.css';

/** The company's single sign-on: connected here, by whoever owns the account. Absent where there is none. */
export function SsoPanel() {
  const { t } = useTranslation('account');
  const { data, error, refetch } = api.useQuery('get', '/session/oidc/connection');
  if (data && !data.offered) return null;
  return (
    <Panel title={t('sso')}>
      <Outcome />
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {data ? (
        data.connected_at ? (
          <Connected since={data.connected_at} />
        ) : (
          <Connect />
        )
      ) : (
        !error && <Loading rows={2} />
      )}
    </Panel>
  );
}

/** How connecting ended: the provider sent the browser back with it. */
function Outcome() {
  const { t } = useTranslation('account');
  const { message } = App.useApp();
  const [params, setParams] = useSearchParams();
  const how = params.get('sso') ?? '';
  useEffect(() => {
    if (how !== 'connected') return;
    void message.success(t('ssoEnded.connected'));
    setParams({}, { replace: true });
  }, [how, message, setParams, t]);
  if (how !== 'refused' && how !== 'away') return null;
  return (
    <div className={styles.failed} role="alert">
      {t(`ssoEnded.${how}`)}
    </div>
  );
}

function Connect() {
  const { t } = useTranslation('account');
  const begin = api.useMutation('post', '/session/oidc/connection', {
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      <p>{t('ssoOff')}</p>
      {begin.error && <FaultNote error={begin.error} small />}
      <div className={styles.buttons}>
        <Button loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate({})}>
          {t('ssoConnect')}
        </Button>
      </div>
    </>
  );
}

function Connected({ since }: { since: string }) {
  const { t } = useTranslation('account');
  const { t: tc } = useTranslation();
  const { message } = App.useApp();
  const [, setParams] = useSearchParams();
  const remove = api.useMutation('delete', '/session/oidc/connection', {
    onSuccess: () => {
      setParams({}, { replace: true });
      invalidate('/session/oidc/connection', '/sessions');
      void message.success(t('ssoRemoved'));
    },
  });
  return (
    <>
      <p>
        {t('ssoOn')} <TimeText at={since} />
      </p>
      {remove.error && <FaultNote error={remove.error} small />}
      <div className={styles.buttons}>
        <Popconfirm
          title={t('ssoRemoveTitle')}
          description={t('ssoRemoveHint')}
          okText={t('ssoRemove')}
          cancelText={tc('cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={() => remove.mutate({})}
        >
          <Button danger loading={remove.isPending}>
            {t('ssoRemove')}
          </Button>
        </Popconfirm>
      </div>
    </>
  );
}
