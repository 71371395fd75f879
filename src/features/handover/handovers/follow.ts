import { seconds } from '../../../core/clock';
import { isIn } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import type { JobHandler, JobQueue, JsonObject, RunContext, Runs } from '../../../jobs';
import type { DomainEvent, EventListener, EventType } from '../../kernel/events';
import type { Hands } from './submission';
import type { Work } from './work';

export const submitKind = 'handover.submit';
export const refreshKind = 'handover.refresh';
const followKind = 'handover.follow';
/** One after the other: the limits of WeCom are the company's, and nobody is submitted twice at once. */
const serialKey = 'handover';
/** What arrives together is asked about together. */
const gatherMs = seconds(3);

interface Deps {
  db: Database;
  runs: Pick<Runs, 'define'>;
  queue: Pick<JobQueue, 'add'>;
  work: Work;
}

type Params = { handover_id: string } & JsonObject;
interface Checkpoint {
  steps: number;
}

/** Runs that a person starts. */
export function defineHandoverRuns({ db, runs, work }: Pick<Deps, 'db' | 'runs' | 'work'>): void {
  const progressOf = async (id: string): Promise<{ done: number; total: number }> => {
    const [row] = await db.query<{ done: unknown; total: unknown }>(
      `SELECT COUNT(*) AS total, SUM(CASE WHEN state IN ('planned', 'submitted', 'unknown') THEN 0 ELSE 1 END) AS done
       FROM handover_item WHERE handover_id = ?`,
      [id],
    );
    return { done: Number(row?.done ?? 0), total: Number(row?.total ?? 0) };
  };

  async function handsOf(ctx: RunContext<Params, Checkpoint>): Promise<Hands> {
    const { total } = await progressOf(ctx.params.handover_id);
    let steps = ctx.checkpoint?.steps ?? 0;
    let done = 0;
    return {
      signal: ctx.signal,
      async step<T>(apply: () => Promise<T>): Promise<T> {
        steps += 1;
        if (steps % 5 === 1) ({ done } = await progressOf(ctx.params.handover_id));
        const given: { value?: T } = {};
        await ctx.save({ steps }, { done, total }, async () => {
          given.value = await apply();
        });
        return given.value as T;
      },
    };
  }

  for (const kind of [submitKind, refreshKind]) {
    runs.define<Params, Checkpoint, object>(kind, {
      // Behind thousands of callbacks, and it would not begin for minutes.
      lane: 'event',
      serialKey,
      async execute(ctx) {
        await work(ctx.params.handover_id, await handsOf(ctx), { askAll: kind === refreshKind });
        return progressOf(ctx.params.handover_id);
      },
    });
  }
}

/** Follows every handover to its end by itself. */
export function createFollowing({ db, queue, work }: Pick<Deps, 'db' | 'queue' | 'work'>) {
  const follow = (ids: readonly string[], runAt = db.now()): Promise<void> =>
    queue.add(
      ids.map((id) => ({
        ...{ kind: followKind, lane: 'event', payload: { handover_id: id }, runAt, serialKey },
        dedupeKey: `${followKind}:${id}`,
      })),
    );

  /** Those of whom a job is ready or at work. */
  async function followed(): Promise<string[]> {
    const rows = await db.query<{ payload: string }>(
      "SELECT payload FROM job WHERE kind = ? AND state IN ('ready', 'running')",
      [followKind],
    );
    return rows.map(({ payload }) => String(JSON.parse(payload).handover_id));
  }

  /** Those of whom it is time that something is done. */
  async function dueNow(): Promise<string[]> {
    const now = db.now();
    const rows = await db.query<{ id: string }>(
      `SELECT h.id FROM handover h WHERE h.submitted_at IS NOT NULL AND h.state IN ('under_way', 'done') AND (
         (h.state = 'under_way' AND NOT EXISTS (SELECT 1 FROM handover_item o WHERE o.handover_id = h.id
           AND o.state IN ('planned', 'submitted', 'unknown', 'waiting')))
         OR EXISTS (SELECT 1 FROM handover_call c WHERE c.handover_id = h.id
           AND (c.state = 'intended' OR (c.state = 'lost' AND c.look_at <= ?)))
         OR EXISTS (SELECT 1 FROM handover_item i WHERE i.handover_id = h.id AND (
           (i.state = 'planned' AND i.to_staff_id IS NOT NULL AND (i.not_before IS NULL OR i.not_before <= ?))
           OR (i.state = 'waiting' AND i.ask_at <= ?) OR (i.carry = 'pending' AND i.carry_at <= ?))))`,
      [now, now, now, now],
    );
    return rows.map(({ id }) => id);
  }

  return {
    /** Every minute: whatever is due goes on. */
    async wake(): Promise<void> {
      const begun = new Set(await followed());
      await follow((await dueNow()).filter((id) => !begun.has(id)));
    },

    handler: (): JobHandler => ({
      kind: followKind,
      resumable: true,
      handle: (job) => work(String(job.payload.handover_id), job, { askAll: false }),
    }),

    /** News of somebody who waits is a reason to ask: WeCom's results have the last word. */
    listener: (): EventListener => ({
      wanted: async (types) => types.filter((type) => heard.includes(type)),
      async hear(events) {
        const subjects = events.flatMap(subjectOf);
        for (let i = 0; i < subjects.length; i += 500) await askSoon(subjects.slice(i, i + 500));
      },
    }),
  };

  async function askSoon(subjects: string[]): Promise<void> {
    const [sql, ...params] = isIn('subject_id', subjects);
    const rows = await db.query<{ id: number; handover_id: string }>(
      `SELECT id, handover_id FROM handover_item WHERE ${sql} AND state = 'waiting'`,
      params,
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await db.execute(`UPDATE handover_item SET ask_at = ? WHERE id IN (${placeholders(ids.length)})`, [
      db.now(),
      ...ids,
    ]);
    await follow([...new Set(rows.map(({ handover_id }) => handover_id))], new Date(db.now().getTime() + gatherMs));
  }
}

const heard: readonly EventType[] = ['relation.added', 'relation.changed', 'relation.ended', 'group_chat.changed'];
const telling: readonly string[] = ['added', 'transfer_failed', 'transferred_out', 'owner_changed', 'status_changed'];

/** What we wrote ourselves is no news. */
function subjectOf({ data }: DomainEvent): string[] {
  if (!('source' in data) || data.source === 'own_write' || !telling.includes(data.kind)) return [];
  return ['chat_id' in data ? data.chat_id : data.external_userid];
}
