import { useTranslation } from 'react-i18next';
import { isActive, useRecentRuns, useRun } from '../../api';
import { Panel } from '../../components/panel';
import { RunDuration, RunProgress } from '../../components/run-list';
import { usePhaseWords, useRunName } from '../../components/run-words';
import { RunStateTag } from '../../components/states';
import { CancelRun } from './cancel-run';
import styles from './sync.module.css';

/** What runs right now, live. Nothing is shown when nothing runs. */
export function ActiveRuns() {
  const { t } = useTranslation('sync');
  const active = useRecentRuns(true).filter(isActive);
  if (active.length === 0) return null;
  return (
    <Panel title={t('active')} className={styles.active}>
      {active.map(({ id }) => (
        <ActiveRun key={id} id={id} />
      ))}
    </Panel>
  );
}

function ActiveRun({ id }: { id: string }) {
  const nameOf = useRunName();
  const phaseOf = usePhaseWords();
  const { data: run } = useRun(id);
  if (!run) return null;
  return (
    <div className={styles.activeRun}>
      <span className={styles.activeName}>{nameOf(run)}</span>
      <RunStateTag state={run.state} />
      <span className={styles.phase}>{run.phase && phaseOf(run.phase)}</span>
      <span className={styles.bar}>
        <RunProgress run={run} />
      </span>
      <span className={styles.took}>
        <RunDuration run={run} />
      </span>
      <CancelRun run={run} />
    </div>
  );
}
