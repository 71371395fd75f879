import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { Runs } from '../../../jobs';
import type { WordListService } from '../../archive/words';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { JudgedMessage } from '../detection';
import type { FindingService } from '../findings';
import { createDryRuns } from './dry-runs';
import { createMessageRange } from './message-range';
import { createRuleBook } from './rule-book';
import { createRuleJudge } from './rule-judge';
import { createRuleService } from './rules.service';
import { createRuleStore } from './rules.store';
import { createRuleScans } from './scans';

interface JudgingDeps {
  db: Database;
  vault: Vault;
  wordLists: Pick<WordListService, 'get'>;
  facts: Parameters<typeof createRuleJudge>[0]['facts'];
}

type RuleJudging = ReturnType<typeof createRuleJudging>;

/** What detection asks of every message. */
export function createRuleJudging(deps: JudgingDeps) {
  const store = createRuleStore(deps);
  const book = createRuleBook({ ...deps, store });
  return { store, book, judge: createRuleJudge({ ...deps, book }) };
}

interface Deps extends RuleJudging {
  db: Database;
  runs: Runs;
  audit: Pick<AuditService, 'record' | 'names'>;
  scopes: ScopeService;
  findings: Pick<FindingService, 'raise'>;
  messages: { read(ids: readonly number[]): Promise<JudgedMessage[]> };
}

export type Rules = ReturnType<typeof createRules>;

/** Rules as people keep them: written, tried, switched on, and let look back. */
export function createRules(deps: Deps) {
  const range = createMessageRange(deps);
  const dryRuns = createDryRuns({ ...deps, range });
  return {
    book: createRuleService({ ...deps, dryRuns }),
    dryRuns,
    scans: createRuleScans({ ...deps, range }),
  };
}
