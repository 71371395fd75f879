import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { Runs, RunView } from '../../../jobs';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { FindingService } from '../findings';
import type { MessageRange } from './message-range';
import type { RuleBook } from './rule-book';
import type { RuleJudge } from './rule-judge';
import { ruleError } from './rules.errors';
import type { StartRuleScan } from './rules.schema';
import type { RuleStore } from './rules.store';

const kind = 'rule-scan';

interface Deps {
  db: Database;
  runs: Runs;
  audit: Pick<AuditService, 'record'>;
  findings: Pick<FindingService, 'raise'>;
  store: RuleStore;
  book: Pick<RuleBook, 'prepare'>;
  judge: Pick<RuleJudge, 'judge'>;
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
  found: number;
}

export type RuleScans = ReturnType<typeof createRuleScans>;

/**
 * Judges messages of a time again by one rule: a changed rule looks ahead, this looks back. What it finds waits in the
 * list and is told to nobody one by one; that the run has ended is.
 */
export function createRuleScans({ db, runs, audit, findings, store, book, judge, range }: Deps) {
  runs.define<Params, Checkpoint, { looked_at: number; found: number }>(kind, {
    serialKey: kind,
    async execute({ params, checkpoint, signal, save }) {
      const ready = await book.prepare([await store.at(params.rule_id, params.version)]);
      const time = { from: new Date(params.from), to: new Date(params.to) };
      const total = await range.count(time);
      let at = checkpoint ?? { after: 0, done: 0, found: 0 };
      for (let next = await range.next(time, at.after); next.ids.length > 0; next = await range.next(time, at.after)) {
        signal.throwIfAborted();
        const { found, write } = await judge.judge(ready, await next.read(), { backscan: true });
        const { found: before, done: sofar } = at;
        const done = sofar + next.ids.length;
        const after = next.ids.at(-1) as number;
        at = await db.transact(async () => {
          let fresh = 0;
          for (const { by, draft } of found) fresh += await findings.raise(by, [draft], { quietly: true });
          await write?.();
          const reached = { after, done, found: before + fresh };
          await save(reached, { done, total: Math.max(total, done) });
          return reached;
        });
      }
      return { looked_at: at.done, found: at.found };
    },
  });

  return {
    /** By the version that is judged by. @throws rule.not_found, rule.not_on */
    async start(ruleId: string, range: StartRuleScan, { viewer, address }: By): Promise<RunView> {
      const rule = await store.find(ruleId);
      if (!rule) throw ruleError('not_found', { id: ruleId });
      if (rule.state !== 'on' || rule.live_version === null) throw ruleError('not_on', { id: ruleId });
      const params: Params = { rule_id: ruleId, version: rule.live_version, ...range };
      return db.transact(async () => {
        const run = await runs.start(kind, params, viewer.name);
        const act = { actor: actorOf(viewer), action: 'rule.scan_started', target: `rule:${ruleId}`, address };
        await audit.record({ ...act, result: 'ok', detail: { run_id: run.id, ...params } });
        return run;
      });
    },
  };
}
