import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type Settings, useCan } from '../../api';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { BackupCard } from './backup-card';
import { Callbacks } from './callbacks';
import { ConnectionTest } from './connection-test';
import styles from './settings.module.css';
import { Variables } from './variables';
import { Versions } from './versions';

/** What is configured, where it comes from, and whether it works. The environment wins; what it leaves open is set here. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = api.useQuery('get', '/settings');
  return (
    <>
      <PageHeader
        title={t('title')}
        note={data && t(data.mode === 'live' ? 'note' : 'noteSandbox')}
        actions={<Ways live={data?.mode === 'live'} />}
      />
      {error && <FaultNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Panel>
          <Loading rows={8} />
        </Panel>
      )}
      {data && (
        <div className={styles.page}>
          <Connection settings={data} />
          <Panel title={t('callbacks')}>
            <Callbacks callbacks={data.callbacks} />
          </Panel>
          <BackupCard />
          <Variables settings={data.settings} />
        </div>
      )}
    </>
  );
}

/** To what else there is to see and do about settings. */
function Ways({ live }: { live: boolean }) {
  const { t } = useTranslation('settings');
  const mayWrite = useCan('settings:write');
  return (
    <>
      {live && <Versions />}
      {live && mayWrite && (
        <Link to="/setup">
          <Button>{t('openSetup')}</Button>
        </Link>
      )}
      <Link to="/settings/doctor">
        <Button type="primary">{t('openDoctor')}</Button>
      </Link>
    </>
  );
}

function Connection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings');
  return (
    <Panel title={t('connection')}>
      <div className={styles.connection}>
        <Facts
          items={[
            { label: t('mode'), value: t(settings.mode === 'sandbox' ? 'modeSandbox' : 'modeLive') },
            { label: t('corpId'), value: <code>{settings.corp_id || '–'}</code> },
            { label: t('version'), value: settings.version },
          ]}
        />
        <ConnectionTest />
      </div>
    </Panel>
  );
}
