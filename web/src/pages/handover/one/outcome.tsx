import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type HandoverOutcome, useOutcome } from '../../../api/handovers';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import { Sentence } from '../../../components/sentence';
import { Tile } from '../../../components/tile';
import { TimeText } from '../../../components/time-text';
import { percentText } from '../../../lib/percent';
import { useNow } from '../../../lib/use-now';
import { Wait } from '../../risk/wait';
import styles from './one.module.css';
import { lossOf } from './outcome-figures';
import { OutcomeTable } from './outcome-table';
import type { Plan } from './types';

/** What the handover came to: who declined, who was lost afterwards, how soon the successors wrote, and with whom. */
export function Outcome({ plan }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const { data, error, refetch } = useOutcome(plan.id);
  if (!data) {
    return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={8} />}</Panel>;
  }
  const { external_contacts: all, group_chats, by_successor, by_giver } = data;
  if (all.taken_over + all.refused + all.over_limit + all.failed + group_chats.taken_over + group_chats.failed === 0) {
    return (
      <Panel>
        <Note title={t('outcomeNone')}>{t('outcomeNoneHint')}</Note>
      </Panel>
    );
  }
  return (
    <div className={styles.column}>
      <Panel>
        <Verdict outcome={data} />
        <Figures outcome={data} />
        <Watch plan={plan} outcome={data} />
      </Panel>
      {by_successor.length > 0 && <OutcomeTable title={t('outcomeBySuccessor')} lines={by_successor} />}
      {by_giver.length > 1 && <OutcomeTable title={t('outcomeByGiver')} lines={by_giver} />}
    </div>
  );
}

/** In a sentence first. */
function Verdict({ outcome: { external_contacts: all } }: { outcome: HandoverOutcome }) {
  const { t } = useTranslation('handoverPlans');
  const lost = lossOf(all);
  const params = { taken: all.taken_over.toLocaleString(), total: all.total.toLocaleString() };
  if (all.total === 0) return <p className={styles.doneOf}>{t('outcomeGroupsOnly')}</p>;
  return (
    <p className={styles.doneOf}>
      {t('outcomeTaken', params)}
      {all.refused > 0 && t('outcomeRefused', { count: all.refused })}
      {all.taken_over > 0 && (
        <>
          {t('causeComma')}
          <span className={lost > 0 ? styles.lostWords : undefined}>
            {lost > 0 ? t('outcomeLost', { count: lost }) : t('outcomeNoLoss')}
          </span>
        </>
      )}
      {t('fullStop')}
    </p>
  );
}

function Figures({ outcome: { external_contacts: all, group_chats: groups } }: { outcome: HandoverOutcome }) {
  const { t } = useTranslation('handoverPlans');
  const { deleted_by_external, deleted_by_staff, missing } = all.lost;
  const lostAs = { external: deleted_by_external, staff: deleted_by_staff, missing };
  const median = all.median_hours_to_first_message;
  const rateOf = (rate: number | null) => (rate === null ? '–' : percentText(rate, 1));
  const notTaken = [
    ...(all.open > 0 ? [t('outcomeOpen', { count: all.open })] : []),
    ...(all.over_limit > 0 ? [t('outcomeFull', { count: all.over_limit })] : []),
    ...(all.failed > 0 ? [t('outcomeFailed', { count: all.failed })] : []),
    ...(all.cancelled > 0 ? [t('outcomeHeld', { count: all.cancelled })] : []),
  ];
  return (
    <div className={styles.figures}>
      <Tile
        label={t('figure.taken')}
        value={percentText(all.taken_over, all.total)}
        note={notTaken.join(t('dot')) || t('outcomeOf', { part: all.taken_over, whole: all.total })}
      />
      <Tile
        label={t('figure.refusal')}
        value={rateOf(all.refusal_rate)}
        note={all.refused > 0 ? t('refusedOnce', { count: all.refused }) : t('refusedNobody')}
      />
      <Tile
        label={t('figure.loss')}
        value={rateOf(all.loss_rate)}
        note={lossOf(all) > 0 ? t('lostAs', lostAs) : t('lostNobody')}
      />
      <Tile
        label={t('figure.first')}
        value={median === null ? '–' : <Wait minutes={median * 60} />}
        note={all.written_to > 0 ? t('writtenTo', { count: all.written_to }) : t('writtenToNobody')}
      />
      {groups.total > 0 && (
        <Tile
          label={t('figure.groups')}
          value={percentText(groups.taken_over, groups.total)}
          note={t('outcomeOf', { part: groups.taken_over, whole: groups.total })}
        />
      )}
    </div>
  );
}

/** Until when customers are watched, what the watch found, and what nobody can know yet. */
function Watch({ plan: { from }, outcome }: { plan: Plan; outcome: HandoverOutcome }) {
  const { t } = useTranslation('handoverPlans');
  const { watched_until, leak_findings, revenue } = outcome;
  const now = useNow();
  const hasLeaver = from.some(({ departed_at }) => departed_at !== null);
  const search = new URLSearchParams({ detector: 'DEPARTURE_LEAK' });
  const [giver] = from;
  if (giver && from.length === 1) search.set('userid', giver.userid);
  const isOver = watched_until !== null && Date.parse(watched_until) <= now.getTime();
  return (
    <ul className={styles.watch}>
      {watched_until !== null && (
        <li>
          <Sentence
            text={t(isOver ? 'watchedUntil' : 'watchingUntil')}
            parts={{ at: <TimeText at={watched_until} /> }}
          />
        </li>
      )}
      {leak_findings !== null && leak_findings > 0 && (
        <li>
          <Link className={styles.lostWords} to={`/findings?${search}`}>
            {t('leaksFound', { count: leak_findings })}
          </Link>
        </li>
      )}
      {leak_findings === 0 && hasLeaver && <li>{t('leaksNone')}</li>}
      {revenue.after === null && <li>{t('revenueUnknown')}</li>}
    </ul>
  );
}
