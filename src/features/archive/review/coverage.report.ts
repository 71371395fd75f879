import { days } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import type { ScopeService } from '../../kernel/scope';
import { actorNames, type Names } from './actors';
import { writtenToOutside } from './population.report';
import type { ReviewState } from './review.entity';
import type { CoverageQuery, CoverageView } from './review.schema';

interface Deps {
  db: Database;
  scopes: ScopeService;
  audit: Names;
}

interface Item {
  userid: string;
  message_id: number | string;
  queue: string;
  state: ReviewState;
  decided_by: string | null;
  decided_at: unknown;
  created_at: unknown;
  due_at: unknown;
}

type Line = CoverageView['items'][number];

/** A calendar day in Shanghai, as an instant. */
const dayStart = (day: string): Date => new Date(`${day}T00:00:00.000+08:00`);
const isDecided = ({ state }: Item): boolean => ['clean', 'question', 'violation', 'escalated'].includes(state);
const isLate = (item: Item, now: Date): boolean =>
  (isDecided(item) ? (toDateOrNull(item.decided_at) ?? now) : now) > toDate(item.due_at);

/**
 * Who was supervised, how much, by whom, and how soon (A14): of messages that staff sent to people outside from one day
 * to another, both included, Shanghai time; inside the viewer's reach.
 */
export const coverageReport =
  ({ db, scopes, audit }: Deps) =>
  async ({ from, to }: CoverageQuery, viewer: Viewer): Promise<CoverageView> => {
    const limit = (await scopes.of(viewer)).userid('m.sender');
    const [inReach, ...reach] = limit ?? ['1 = 1'];
    const span = [dayStart(from), new Date(dayStart(to).getTime() + days(1))];
    const written = await db.query<{ userid: string; messages: unknown }>(
      `SELECT m.sender AS userid, COUNT(*) AS messages FROM archive_message m
       WHERE m.sent_at >= ? AND m.sent_at < ? AND ${writtenToOutside} AND ${inReach} GROUP BY m.sender`,
      [...span, ...reach],
    );
    const items = await db.query<Item>(
      `SELECT m.sender AS userid, r.message_id, r.queue, r.state, r.decided_by, r.decided_at, r.created_at, r.due_at
       FROM archive_review r JOIN archive_message m ON m.id = r.message_id
       WHERE m.sent_at >= ? AND m.sent_at < ? AND ${writtenToOutside} AND ${inReach}`,
      [...span, ...reach],
    );
    const who = await actorNames(
      audit,
      items.map(({ decided_by }) => decided_by),
    );
    const names = await db.query<{ userid: string; name: string | null }>('SELECT userid, name FROM staff');
    const nameOf = new Map(names.map(({ userid, name }) => [userid, name]));
    const of = groupBy(items, ({ userid }) => userid);
    const lines = written.map(({ userid, messages }): Line => {
      const own = of.get(userid) ?? [];
      const reviewers = [...groupBy(own.filter(isDecided), ({ decided_by }) => decided_by ?? '')];
      return {
        ...{ userid, name: nameOf.get(userid) ?? null, messages: Number(messages), ...measured(own, db.now()) },
        reviewers: reviewers.map(([actor, decided]) => ({ ...who(actor), decided: decided.length })),
      };
    });
    lines.sort((a, b) => (a.userid < b.userid ? -1 : 1));
    return { from, to, items: lines, second_line: secondLine(items) };
  };

function measured(items: readonly Item[], now: Date): Pick<Line, 'reviewed' | 'outcomes' | 'median_hours' | 'late'> {
  const decided = items.filter(isDecided);
  const count = (state: ReviewState) => items.filter((item) => item.state === state).length;
  const waits = decided.map((item) => toDate(item.decided_at).getTime() - toDate(item.created_at).getTime());
  waits.sort((a, b) => a - b);
  const median = waits[Math.floor((waits.length - 1) / 2)];
  return {
    reviewed: new Set(decided.map(({ message_id }) => String(message_id))).size,
    outcomes: {
      ...{ clean: count('clean'), question: count('question'), violation: count('violation') },
      ...{ escalated: count('escalated'), open: items.length - decided.length },
    },
    median_hours: median === undefined ? null : Math.round(median / 36_000) / 100,
    late: items.filter((item) => isLate(item, now)).length,
  };
}

/** What the second line looked at had been found clean: whatever else it finds differs. */
function secondLine(items: readonly Item[]): CoverageView['second_line'] {
  const decided = items.filter((item) => item.queue === 'second_line' && isDecided(item));
  return { looked_at: decided.length, differed: decided.filter(({ state }) => state !== 'clean').length };
}
