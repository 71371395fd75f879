import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isActive, type Run } from '../api';
import { durationText } from '../lib/time';
import { useNow } from '../lib/use-now';
import { Note } from './note';
import styles from './run-list.module.css';
import { useRequester, useRunName } from './run-words';
import { RunStateTag } from './states';
import { TimeText } from './time-text';

interface Props {
  runs: Run[];
  empty: string;
  /** Called when a link leads away. */
  onLeave?: () => void;
}

/** Runs with their state, newest first. */
export function RunList({ runs, empty, onLeave }: Props) {
  if (runs.length === 0) return <Note small>{empty}</Note>;
  return (
    <ul>
      {runs.map((run) => (
        <li key={run.id} className={styles.item}>
          <RunItem run={run} onLeave={onLeave} />
        </li>
      ))}
    </ul>
  );
}

function RunItem({ run, onLeave }: { run: Run; onLeave: (() => void) | undefined }) {
  const nameOf = useRunName();
  const requesterOf = useRequester();
  return (
    <>
      <div className={styles.head}>
        <Link to={`/sync?open=${encodeURIComponent(run.id)}`} onClick={onLeave}>
          {nameOf(run)}
        </Link>
        <RunStateTag state={run.state} />
      </div>
      {isActive(run) && <RunProgress run={run} />}
      <div className={styles.quiet}>
        <TimeText at={run.created_at} /> · {requesterOf(run)} · <RunDuration run={run} />
      </div>
    </>
  );
}

/** How far a run is: a bar with the count, or a moving bar while the total is not known. */
export function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation('sync');
  const { done, total } = run.progress;
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  const words =
    total > 0
      ? `${done.toLocaleString()} / ${total.toLocaleString()}`
      : done > 0
        ? done.toLocaleString()
        : t('starting');
  return (
    <div className={styles.progress}>
      <Progress
        percent={percent}
        size="small"
        showInfo={false}
        status={percent < 100 ? 'active' : 'normal'}
        aria-label={words}
      />
      <span className={styles.quiet}>{words}</span>
    </div>
  );
}

/** How long it took, or has been taking. */
export function RunDuration({ run }: { run: Run }) {
  const now = useNow(1_000);
  if (!run.started_at) return <>–</>;
  const end = run.finished_at ? new Date(run.finished_at) : now;
  return <>{durationText(end.getTime() - new Date(run.started_at).getTime())}</>;
}
