import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { api, useCan, useLive } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { useThrottled } from '../../lib/use-throttled';
import { Activity } from './activity';
import { CountsTile } from './counts-tile';
import { EventsTile } from './events-tile';
import { HealthBanner } from './health-banner';
import { MirrorTile } from './mirror-tile';
import styles from './overview.module.css';
import { RelationsTile } from './relations-tile';

/** Is anything wrong, what came in, and how far our copy can be trusted: one screen at 1440 × 900. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { data, error, refetch } = api.useQuery('get', '/overview', {}, { refetchInterval: 30_000 });
  const seesRuns = useCan('runs:read');
  const maySetUp = useCan('settings:write');
  const refresh = useThrottled(() => void refetch(), 3_000);
  useLive('inbox', refresh);
  useLive('run', refresh);
  // Without a company there is nothing to look at, and one thing to do.
  if (data && !data.connected && maySetUp) return <Navigate to="/setup" replace />;
  return (
    <>
      <PageHeader title={t('title')} />
      {error && !data && <FaultNote error={error} onRetry={() => void refetch()} />}
      {error && data && <FaultNote error={error} onRetry={() => void refetch()} small />}
      {!data && !error && (
        <Panel>
          <Loading rows={8} />
        </Panel>
      )}
      {data && (
        <div className={styles.grid}>
          <HealthBanner overview={data} />
          {data.events && <EventsTile events={data.events} />}
          <RelationsTile relations={data.counts.relations} />
          <CountsTile counts={data.counts} />
          {seesRuns && <MirrorTile overview={data} />}
          {data.events && <Activity />}
        </div>
      )}
    </>
  );
}
