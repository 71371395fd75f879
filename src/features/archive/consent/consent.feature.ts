import type { Database } from '../../../db/database';
import type { Runs } from '../../../jobs';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import { createConsentSink } from './consent.sink';
import { createConsentStore } from './consent.store';
import { createConsentViews } from './consent.views';
import { createNotices } from './notices';
import { type ConsentApi, createConsentPolling } from './polling';
import { supervisionReport } from './supervision.report';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  runs: Pick<Runs, 'define' | 'start'>;
  scopes: ScopeService;
  api: ConsentApi;
  /** Whether WeCom can be asked at all. */
  isConfigured: () => boolean;
}

/** `msg_audit_approved`: somebody outside agreed in a single chat. */
interface Approved {
  userid: string;
  external_userid: string;
  at: Date;
  /** Too far off to be believed. */
  stale: boolean;
}

export type Consent = ReturnType<typeof createConsent>;

/** Who is in the archive, and who agreed to it: as WeCom tells it, as events and messages tell it, and what staff were told. */
export function createConsent(deps: Deps) {
  const { db } = deps;
  const store = createConsentStore(db);
  return {
    ...createConsentViews(deps),
    sink: createConsentSink(store),
    polling: createConsentPolling({ ...deps, store }),
    notices: createNotices(deps),
    supervision: async () => supervisionReport(db, await store.seats()),

    /** Who may be archived at all; null while WeCom was never asked. */
    presence: {
      seats: () => store.seatsHeld(),
      consents: () => store.consents(),
    },

    /** Must run inside a transaction. */
    async onApproved({ userid, external_userid, at, stale }: Approved): Promise<void> {
      if (stale) return;
      await store.record([{ userid, external_userid, chat_id: null, status: 'agreed', changed_at: at }], 'event');
    },
  };
}
