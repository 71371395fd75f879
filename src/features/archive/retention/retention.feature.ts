import type { Database } from '../../../db/database';
import type { JobQueue, Leases, Runs } from '../../../jobs';
import type { ApprovalService } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { Holds } from '../holds';
import { createArchiveErasures } from './erasures';
import { createPurger, type Traces } from './purger';
import { listPurges } from './purges.views';
import { createRetentionRules } from './rules';
import { createRetentionRuns } from './runs';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  evidence: Pick<Evidence, 'append'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  queue: Pick<JobQueue, 'add'>;
  runs: Runs;
  leases: Leases;
  holds: Holds;
  traces: Traces;
}

export type Retention = ReturnType<typeof createRetention>;

/** How long what was said is kept, and how it goes (compliance-archive A7, A15, A16). */
export function createRetention(deps: Deps) {
  const purger = createPurger(deps);
  const rules = createRetentionRules(deps);
  return {
    rules,
    runs: createRetentionRuns({ ...deps, rules, purger }),
    erasures: createArchiveErasures({ ...deps, purger }),
    purges: listPurges(deps),
  };
}
