import { createHash } from 'node:crypto';
import type { Condition } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import { isoOrNull } from '../../../http/schema';
import type { JsonObject, Leases, RunContext, Runs, RunView } from '../../../jobs';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { Holds } from '../holds';
import { countWhere, expired, idsWhere, onlyHeld, withoutHeld } from './due.report';
import type { Purger } from './purger';
import { retentionError } from './retention.errors';
import { type PurgePayload, purgePayload } from './retention.schema';
import type { RetentionRules } from './rules';
import { emptyLog, underOpenersLease } from './under-lease';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  runs: Pick<Runs, 'define' | 'start'>;
  leases: Leases;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  holds: Pick<Holds, 'held'>;
  rules: Pick<RetentionRules, 'active'>;
  purger: Purger;
}

interface Params extends JsonObject {
  dry_run: boolean;
  as_of: string;
  asked_by: string;
  approved_by: string | null;
  ground: string;
}

interface Checkpoint {
  after: number;
  messages: number;
  keys: number;
}

const kind = 'archive-retention';
const act = 'archive.purge';
const chunk = 500;
const nothingYet: Checkpoint = { after: 0, messages: 0, keys: 0 };

export type RetentionRuns = ReturnType<typeof createRetentionRuns>;

/** Counts, or purges, what no rule keeps any longer and no hold keeps at all (A7, S17). The result is the report. */
export function createRetentionRuns(deps: Deps) {
  const { db, audit, runs, leases, approvals, holds, rules, purger } = deps;

  const expiredAt = async (asOf: string): Promise<Condition> => expired(db, await rules.active(), new Date(asOf));
  const due = async (asOf: string): Promise<Condition> => withoutHeld(await expiredAt(asOf), await holds.held('m'));

  /** As `hashOfIds`, of more ids than one list should hold. */
  async function idsHash(due: Condition, signal: AbortSignal): Promise<string> {
    const ids = createHash('sha256');
    for (let after = 0; ; ) {
      signal.throwIfAborted();
      const page = await idsWhere(db, due, { after, limit: 5000 });
      const last = page.at(-1);
      if (last === undefined) return ids.digest('hex');
      ids.update(`${after === 0 ? '' : ','}${page.join(',')}`);
      after = last;
    }
  }

  async function report(asOf: string, signal: AbortSignal) {
    const [gone, held] = [await expiredAt(asOf), await holds.held('m')];
    const free = withoutHeld(gone, held);
    const { oldest, newest, ...counted } = await countWhere(db, free);
    const ids_sha256 = await idsHash(free, signal);
    const byRule = [];
    for (const rule of await rules.active()) {
      const alone = withoutHeld(await expired(db, [rule], new Date(asOf)), held);
      byRule.push({ rule: rule.id, name: rule.name, years: rule.years, over: (await countWhere(db, alone)).messages });
    }
    return {
      ...{ dry_run: true, as_of: asOf, ...counted, held: (await countWhere(db, onlyHeld(gone, held))).messages },
      ...{ oldest: isoOrNull(toDateOrNull(oldest)), newest: isoOrNull(toDateOrNull(newest)) },
      ...{ ids_sha256, by_rule: byRule },
    };
  }

  async function purgeAll(ctx: RunContext<Params, Checkpoint>) {
    const { as_of, asked_by, approved_by, ground } = ctx.params;
    const order = { cause: 'retention', ground, askedBy: asked_by, approvedBy: approved_by, runId: ctx.id } as const;
    const { messages: total } = await countWhere(db, await due(as_of));
    let at = ctx.checkpoint ?? nothingYet;
    const begun = at.messages;
    await underOpenersLease(leases, ctx.signal, async (lease, signal) => {
      for (let last = false; !last; ) {
        signal.throwIfAborted();
        const before = at;
        // The checkpoint is written with what it counts, so it is put together inside.
        const next = { ...before };
        await ctx.save(next, { done: next.messages, total: begun + total, phase: 'purging' }, () =>
          lease.step(async () => {
            const limit = { after: before.after, limit: chunk };
            const purged = await purger.purge(async () => idsWhere(db, await due(as_of), limit), order);
            last = purged.ids.length === 0;
            next.after = purged.ids.at(-1) ?? before.after;
            next.messages = before.messages + purged.messages;
            next.keys = before.keys + purged.keys;
          }),
        );
        at = next;
      }
    });
    const held = (await countWhere(db, onlyHeld(await expiredAt(as_of), await holds.held('m')))).messages;
    const log_emptied = await emptyLog(db, ctx.signal);
    return { dry_run: false, as_of, asked_by, approved_by, messages: at.messages, keys: at.keys, held, log_emptied };
  }

  runs.define<Params, Checkpoint, object>(kind, {
    exclusive: true,
    execute: (ctx) => (ctx.params.dry_run ? report(ctx.params.as_of, ctx.signal) : purgeAll(ctx)),
  });

  async function begin(params: Params, { viewer, address }: By): Promise<RunView> {
    return db.transact(async () => {
      const run = await runs.start(kind, params, viewer.name);
      const { dry_run, as_of, approved_by } = params;
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'archive.retention_started', target: `run:${run.id}`, result: 'ok' },
        ...{ address, detail: { dry_run, as_of, approved_by } },
      });
      return run;
    });
  }

  approvals.define<PurgePayload>({
    ...{ key: act, asks: 'archive:hold', decides: 'archive:hold', payload: purgePayload },
    async describe({ as_of }) {
      const { messages, conversations } = await countWhere(db, await due(as_of));
      if (messages === 0) throw retentionError('nothing_due');
      return { target: `purge:${as_of}`, subject: `${messages} / ${conversations}` };
    },
    execute: ({ as_of }, by, decided) => {
      const two = { asked_by: actorOf(by.viewer), approved_by: decided.by };
      return begin({ dry_run: false, as_of, ...two, ground: decided.reason }, by);
    },
  });

  return {
    /**
     * A dry run at once; a purge once a second person has agreed to it, of what is due as of now.
     * @throws approval.required, run.in_progress
     */
    async start({ dry_run }: { dry_run: boolean }, by: By): Promise<RunView> {
      const as_of = db.now().toISOString();
      if (!dry_run) throw approvals.required(act, { dry_run, as_of });
      return begin({ dry_run, as_of, asked_by: actorOf(by.viewer), approved_by: null, ground: '' }, by);
    },
  };
}
