import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isActive, type Overview, type Run } from '../../api';
import { Panel } from '../../components/panel';
import { RunProgress } from '../../components/run-list';
import { DifferenceStateTag, RunStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import styles from './overview.module.css';

const openStates = ['confirmed', 'unconfirmed', 'held'] as const;

/** When our copy was last compared with WeCom, and what did not agree. */
export function MirrorTile({ overview }: { overview: Overview }) {
  const { t } = useTranslation('overview');
  const { last_sync, last_reconciliation, differences } = overview;
  const open = openStates.filter((state) => differences && differences[state] > 0);
  return (
    <Panel
      title={t('mirror')}
      extra={<Link to="/sync">{t(last_sync ? 'open' : 'startFirst')}</Link>}
      className={styles.mirror}
    >
      <dl className={styles.facts}>
        <div>
          <dt>{t('lastSync')}</dt>
          <dd>{last_sync ? <LastRun run={last_sync} /> : t('neverSynced')}</dd>
        </div>
        <div>
          <dt>{t('lastReconciliation')}</dt>
          <dd>{last_reconciliation ? <LastRun run={last_reconciliation} /> : t('neverReconciled')}</dd>
        </div>
        {differences && (
          <div>
            <dt>{t('differences')}</dt>
            <dd className={styles.tags}>
              {open.length === 0 && (last_reconciliation ? t('noDifferences') : '–')}
              {open.map((state) => (
                <Link key={state} to={`/sync?tab=differences&state=${state}`}>
                  <DifferenceStateTag state={state} /> <b>{differences[state]}</b>
                </Link>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function LastRun({ run }: { run: Run }) {
  return (
    <>
      <Link to={`/sync?open=${encodeURIComponent(run.id)}`} className={styles.lastRun}>
        <RunStateTag state={run.state} /> <TimeText at={run.finished_at ?? run.created_at} />
      </Link>
      {isActive(run) && <RunProgress run={run} />}
    </>
  );
}
