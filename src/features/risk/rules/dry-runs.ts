import { days } from '../../../core/clock';
import { insertRows } from '../../../db/bulk';
import { allOf, isIn } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { Runs, RunView } from '../../../jobs';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { JudgedMessage } from '../detection';
import type { Hit } from './hit';
import type { MessageRange } from './message-range';
import type { RuleBook } from './rule-book';
import type { RuleJudge } from './rule-judge';
import { ruleError } from './rules.errors';
import type { DryRunView } from './rules.schema';
import type { RuleStore } from './rules.store';
import { createTally, type Tally } from './tally';

const kind = 'rule-dry-run';
/** What comes together within a window is said within a day: of what lies further back nothing comes any more. */
const openMs = days(2);

interface Deps {
  db: Database;
  runs: Runs;
  audit: Pick<AuditService, 'record'>;
  scopes: ScopeService;
  store: RuleStore;
  book: Pick<RuleBook, 'prepare'>;
  judge: Pick<RuleJudge, 'look'>;
  range: MessageRange;
}

interface Params {
  rule_id: string;
  version: number;
  from: string;
  to: string;
  [more: string]: string | number;
}

interface Checkpoint {
  after: number;
  done: number;
  tally: Tally;
  /** What may yet be part of something. */
  open: Hit[];
}

type Result = NonNullable<DryRunView['result']>;

export type DryRuns = ReturnType<typeof createDryRuns>;

/** What a rule would have found in the last thirty days. Nothing is written down as found. */
export function createDryRuns({ db, runs, audit, scopes, store, book, judge, range }: Deps) {
  async function add(runId: string, { rule_id, version }: Params, tally: Tally): Promise<void> {
    const columns = ['run_id', 'rule_id', 'version', 'result', 'ended_at'];
    const into = { table: 'risk_rule_dry_run', columns, onConflict: { keys: ['run_id'] } };
    await insertRows(db, into, [[runId, rule_id, version, JSON.stringify(tally), db.now()]]);
  }

  runs.define<Params, Checkpoint, { looked_at: number; found: number }>(kind, {
    serialKey: kind,
    async execute({ id, params, checkpoint, signal, save }) {
      const rule = await store.at(params.rule_id, params.version);
      const ready = await book.prepare([rule]);
      const time = { from: new Date(params.from), to: new Date(params.to) };
      const total = await range.count(time);
      const tally = createTally(rule, checkpoint?.tally);
      let at = { after: checkpoint?.after ?? 0, done: checkpoint?.done ?? 0, open: datedOf(checkpoint?.open ?? []) };
      for (let next = await range.next(time, at.after); next.ids.length > 0; next = await range.next(time, at.after)) {
        signal.throwIfAborted();
        const read = await next.read();
        const hits = await judge.look(ready, read);
        const open = stillOpen(tally.add(hits, at.open), read);
        at = { after: next.ids.at(-1) as number, done: at.done + next.ids.length, open };
        await save({ ...at, tally: tally.now() }, { done: at.done, total: Math.max(total, at.done) });
      }
      const result = { ...tally.now(), looked_at: at.done };
      await db.transact(() => add(id, params, result));
      return { looked_at: at.done, found: result.found };
    },
  });

  /** Whose numbers a viewer may see: none of their own, and of nobody above them. */
  async function visibleTo(viewer: Viewer, userids: readonly string[]): Promise<(userid: string | null) => boolean> {
    const barred = new Set(await scopes.barred(viewer));
    const within = (await scopes.of(viewer)).userid('userid');
    if (within === null) return (userid) => userid === null || !barred.has(userid);
    const { where, params } = allOf([within, isIn('userid', userids)]);
    const rows = await db.query<{ userid: string }>(`SELECT userid FROM staff WHERE ${where}`, params);
    const line = new Set(rows.map(({ userid }) => userid));
    return (userid) => userid !== null && line.has(userid) && !barred.has(userid);
  }

  /** Where they were said; of what is gone nothing is left. */
  async function placed(ids: number[]): Promise<Result['examples']> {
    if (ids.length === 0) return [];
    const sql = `SELECT id, conversation_id FROM archive_message WHERE id IN (${placeholders(ids.length)})`;
    const rows = await db.query<{ id: unknown; conversation_id: string }>(sql, ids);
    const conversations = new Map(rows.map(({ id, conversation_id }) => [Number(id), conversation_id]));
    return ids.flatMap((id) => {
      const conversation_id = conversations.get(id);
      return conversation_id === undefined ? [] : [{ message_id: String(id), conversation_id }];
    });
  }

  async function shown({ by_staff, by_day, examples, ...counts }: Tally, viewer: Viewer): Promise<Result> {
    const isVisible = await visibleTo(viewer, Object.keys(by_staff));
    const byCount = Object.entries(by_staff).sort(([, a], [, b]) => b - a);
    const byDay = Object.entries(by_day).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ...counts,
      by_day: byDay.map(([day, found]) => ({ day, found })),
      by_staff: byCount.flatMap(([userid, found]) => (isVisible(userid) ? [{ userid, found }] : [])),
      examples: await placed(examples.flatMap(({ message_id, userid }) => (isVisible(userid) ? [message_id] : []))),
    };
  }

  return {
    async wasTried(ruleId: string, version: number): Promise<boolean> {
      const sql = 'SELECT run_id FROM risk_rule_dry_run WHERE rule_id = ? AND version = ? LIMIT 1';
      return (await db.query(sql, [ruleId, version])).length > 0;
    },

    /** Of the newest version. @throws rule.not_found */
    async start(ruleId: string, { viewer, address }: By): Promise<RunView> {
      const rule = await store.find(ruleId);
      if (!rule) throw ruleError('not_found', { id: ruleId });
      const to = db.now();
      const from = new Date(to.getTime() - days(30));
      const params: Params = {
        ...{ rule_id: ruleId, version: rule.version, from: from.toISOString(), to: to.toISOString() },
      };
      return db.transact(async () => {
        const run = await runs.start(kind, params, viewer.name);
        const act = { actor: actorOf(viewer), action: 'rule.dry_run_started', target: `rule:${ruleId}`, address };
        await audit.record({ ...act, result: 'ok', detail: { run_id: run.id, version: rule.version } });
        return run;
      });
    },

    /** That its result was seen is recorded before it is shown. @throws rule.no_dry_run, run.not_found */
    async get(ruleId: string, runId: string, { viewer, address }: By): Promise<DryRunView> {
      const run = await runs.get(runId);
      if (run.kind !== kind || run.params.rule_id !== ruleId) throw ruleError('no_dry_run', { id: runId });
      const version = Number(run.params.version);
      const sql = 'SELECT result FROM risk_rule_dry_run WHERE run_id = ?';
      const [row] = await db.query<{ result: string }>(sql, [runId]);
      if (!row) return { run, version, result: null };
      const act = { actor: actorOf(viewer), action: 'rule.dry_run_opened', target: `rule:${ruleId}`, address };
      await audit.record({ ...act, result: 'ok', detail: { run_id: runId, version } });
      return { run, version, result: await shown(JSON.parse(row.result), viewer) };
    },
  };
}

/** A checkpoint keeps instants as text. */
const datedOf = (hits: readonly Hit[]): Hit[] => hits.map((hit) => ({ ...hit, sent_at: new Date(hit.sent_at) }));

function stillOpen(hits: readonly Hit[], read: readonly JudgedMessage[]): Hit[] {
  const newest = Math.max(0, ...read.map(({ sent_at }) => sent_at.getTime()));
  return hits.filter(({ sent_at }) => sent_at.getTime() >= newest - openMs);
}
