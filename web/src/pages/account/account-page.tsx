import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import styles from './account.module.css';
import { FactorPanel } from './factor-panel';
import { PasswordPanel } from './password-panel';
import { Sessions } from './sessions';
import { SsoPanel } from './sso-panel';

/** Where I am signed in, and what I sign in with. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { data, error, refetch } = api.useQuery('get', '/session/factor');
  return (
    <>
      <PageHeader title={t('title')} />
      {error && <FaultNote error={error} onRetry={() => void refetch()} />}
      <div className={styles.page}>
        <Panel title={t('sessions')}>
          <Sessions />
        </Panel>
        {data ? <FactorPanel factor={data} /> : !error && <Loading rows={4} />}
        <SsoPanel />
        {data?.may_set_password && <PasswordPanel factor={data} />}
      </div>
    </>
  );
}
