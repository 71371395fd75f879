import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { JobQueue, Leases } from '../../../jobs';
import type { SecurityApi } from '../../../wecom';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { ScopeService } from '../../kernel/scope';
import type { DetectorCode, FindingService } from '../findings';
import { createDeletions } from './deletions';
import { createDeletionStore, type Losses } from './deletions.store';
import { createEvasion } from './evasion';
import { createExfiltration } from './exfiltration';
import { securityCheck } from './health';
import { createLogViews } from './logs.views';
import { createPolling } from './polling';
import { createRecordStore } from './records.store';
import { type SecuritySigns, securitySigns } from './signs';

interface Deps {
  db: Database;
  vault: Vault;
  logger: Pick<Logger, 'warn'>;
  queue: Pick<JobQueue, 'add'>;
  leases: Leases;
  audit: Pick<AuditService, 'record'>;
  evidence: Pick<Evidence, 'append'>;
  scopes: ScopeService;
  findings: Pick<FindingService, 'raise' | 'explain' | 'support'>;
  api: Pick<SecurityApi, 'rows'>;
}

export type SecurityLogs = ReturnType<typeof createSecurityLogs>;

/** WeCom's own logs: a second source beside callbacks and lists, and the only one for what is carried out. */
export function createSecurityLogs(deps: Deps) {
  const { db, findings } = deps;
  const now = () => db.now();
  const store = createRecordStore(deps);
  const ofDeletions = createDeletionStore(db);
  const deletions = createDeletions({ now, records: store, store: ofDeletions, findings });
  const evasion = createEvasion({ findings });
  const exfiltration = createExfiltration({ store, findings });
  const polling = createPolling({
    ...{ ...deps, store },
    conclude: {
      async ofLines(fresh) {
        await evasion.judge(fresh);
        await deletions.claim(fresh);
      },
      ofStretch: exfiltration.judge,
      afterwards: deletions.settle,
    },
  });

  /** Null while the members' log was never read. */
  async function losses(): Promise<Losses | null> {
    const { since, watermark } = (await store.sources()).find(({ source }) => source === 'member_log') ?? {};
    return since && watermark ? ofDeletions.losses({ since, until: watermark }) : null;
  }

  return {
    /** What nothing else finds. */
    finds: ['EXFILTRATION', 'ARCHIVE_EVASION'] as readonly DetectorCode[],
    ...createLogViews({ ...deps, store, losses }),
    ...polling,
    health: securityCheck({ sources: store.sources, losses, now }),
    securitySigns: (userid: string, since: Date): Promise<SecuritySigns> => securitySigns(db, userid, since),
  };
}
