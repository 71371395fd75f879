import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRiskToday } from '../../api/findings';
import { useDetectors } from '../../api/risk';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { StateTag } from '../../components/state-tag';
import { Coverage } from './coverage';
import { LastDays } from './last-days';
import { OpenTiles } from './open-tiles';
import styles from './risk.module.css';
import { Newest, Waiting } from './short-lists';

/** What waits to be judged, what came in, and what nobody can see: one screen at 1440 × 900. */
export function TodayPage() {
  const { t } = useTranslation('risk');
  const { data, error, refetch } = useRiskToday();
  return (
    <>
      <PageHeader title={t('today')} note={t('todayNote')} actions={<Faulty />} />
      <div className={styles.stack}>
        {error && <FaultNote error={error} onRetry={() => void refetch()} small={data !== undefined} />}
        {!data && !error && (
          <Panel>
            <Loading rows={3} />
          </Panel>
        )}
        {data && <OpenTiles today={data} />}
        <div className={styles.halves}>
          {data && <LastDays days={data.days} />}
          <Seen />
        </div>
        {data && (
          <div className={styles.halves}>
            <Newest findings={data.newest} />
            <Waiting findings={data.waiting} />
          </div>
        )}
      </div>
    </>
  );
}

/** A detector that fails finds nothing, and that must not look like peace. */
function Faulty() {
  const { t } = useTranslation('risk');
  const count = useDetectors().data?.items.filter(({ fault }) => fault !== null).length ?? 0;
  if (count === 0) return null;
  return (
    <Link to="/risk/detectors">
      <StateTag tone="lost">{t('faulty', { count })}</StateTag>
    </Link>
  );
}

function Seen() {
  const { t } = useTranslation('risk');
  const { data, error, refetch } = useDetectors();
  if (data) return <Coverage coverage={data.coverage} />;
  return (
    <Panel title={t('coverage')}>
      {error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={4} />}
    </Panel>
  );
}
