import { useTranslation } from 'react-i18next';
import { useHandoverRun } from '../../../api/handovers';
import { Panel } from '../../../components/panel';
import { RunProgress } from '../../../components/run-list';
import { useRunName } from '../../../components/run-words';
import { TimeText } from '../../../components/time-text';
import { ItemStateTag, itemStates } from '../parts/plan-tags';
import { StateBar } from '../parts/state-bar';
import styles from './one.module.css';
import type { Plan } from './types';
import { useItemFilter } from './use-item-filter';

/** How many are how far; each figure leads to those it counts. */
export function Progress({ plan: { id, summary, submitted_at, ended_at } }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const { shown, show } = useItemFilter();
  const { by_state, total, next_ask_at, calls } = summary;
  // Those that are, and those that everybody looks for.
  const states = itemStates.filter((state) => (by_state[state] ?? 0) > 0 || ['taken_over', 'waiting'].includes(state));
  return (
    <Panel>
      <div className={styles.progressHead}>
        <strong className={styles.doneOf}>
          {t('doneOf', { done: (by_state.taken_over ?? 0).toLocaleString(), total: total.toLocaleString() })}
        </strong>
        <span className={styles.times}>
          <span>
            {t('sinceAt')} <TimeText at={submitted_at} />
          </span>
          {ended_at !== null && (
            <span>
              {t('endedAt')} <TimeText at={ended_at} />
            </span>
          )}
          {ended_at === null && (
            <span>
              {t('nextAsk')} <TimeText at={next_ask_at} none={t('nextAskNone')} />
            </span>
          )}
          <span>
            {t('calls')} {t('callsOf', { count: calls })}
          </span>
        </span>
      </div>
      <StateBar byState={by_state} total={total} wide />
      <div className={styles.foot}>
        <ul className={styles.legend} aria-label={t('ledgerHint')}>
          <li>
            <button type="button" className={styles.count} aria-pressed={!shown.state} onClick={() => show({})}>
              {t('showAll', { count: total.toLocaleString() })}
            </button>
          </li>
          {states.map((state) => (
            <li key={state}>
              <button
                type="button"
                className={styles.count}
                aria-pressed={shown.state === state}
                onClick={() => show(shown.state === state ? {} : { state })}
              >
                <ItemStateTag state={state} /> {(by_state[state] ?? 0).toLocaleString()}
              </button>
            </li>
          ))}
        </ul>
        <Running id={id} />
      </div>
    </Panel>
  );
}

/** What a person started, while it runs. */
function Running({ id }: { id: string }) {
  const run = useHandoverRun(id);
  const nameOf = useRunName();
  return (
    <div className={styles.running} aria-live="polite">
      {run && (
        <>
          <span>{nameOf(run)}</span>
          <span className={styles.runBar}>
            <RunProgress run={run} />
          </span>
        </>
      )}
    </div>
  );
}
