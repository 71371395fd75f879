import type { Database } from '../../../db/database';
import type { JobQueue, Runs } from '../../../jobs';
import type { Wecom } from '../../../wecom';
import type { ApprovalService } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { DomainEvents } from '../../kernel/events';
import type { ScopeService } from '../../kernel/scope';
import type { ExternalContactService } from '../../relations/external-contacts';
import type { GroupChatService } from '../../relations/group-chats';
import { createBatches } from './batches';
import { type BriefingDeps, createBriefings } from './briefing';
import { createCallStore } from './calls.store';
import { createCarryOver } from './carry-over';
import { createFollowing, defineHandoverRuns } from './follow';
import { createHandoverService } from './handovers.service';
import { createHandoverStore } from './handovers.store';
import { createItemStore } from './items.store';
import { createLookup } from './lookup';
import { createOutcomes } from './outcome.report';
import { createHandoverReport } from './report';
import { createResults } from './results';
import { createSubmission } from './submission';
import { createWork } from './work';

interface Deps extends BriefingDeps {
  db: Database;
  wecom: Pick<Wecom, 'transfers' | 'externalContacts' | 'groupChats'>;
  queue: Pick<JobQueue, 'add'>;
  runs: Pick<Runs, 'define' | 'start'>;
  audit: Pick<AuditService, 'record' | 'names'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  scopes: ScopeService;
  events: Pick<DomainEvents, 'publish' | 'listen'>;
  externalContacts: ExternalContactService;
  groupChats: GroupChatService;
  /** After how long a call that nobody heard the answer to is looked up. */
  lookupMs: number;
  secondPersonFrom: number;
}

export type HandoverService = ReturnType<typeof createHandovers>;

/** Handovers as people plan them, and what takes them to their end. */
export function createHandovers({ db, wecom, externalContacts, groupChats, lookupMs, ...deps }: Deps) {
  const store = createHandoverStore(db);
  const items = createItemStore(db);
  const calls = createCallStore(db);
  const batches = createBatches({ db, items });
  const api = wecom.transfers;
  const lookup = createLookup({ db, api, groupChats: wecom.groupChats, items, calls, lookupMs });
  const work = createWork({
    ...{ db, store, items, batches, lookup, events: deps.events },
    submission: createSubmission({ db, api, items, calls, batches, lookupMs }),
    results: createResults({ db, groupChatApi: wecom.groupChats, items, lookup, externalContacts, groupChats }),
    carryOver: createCarryOver({ db, api: wecom.externalContacts, items, externalContacts }),
  });
  defineHandoverRuns({ db, runs: deps.runs, work });
  const following = createFollowing({ db, queue: deps.queue, work });
  deps.events.listen(following.listener());
  const plans = createHandoverService({ ...deps, db, store, items });
  const { views } = plans;
  return {
    plans,
    reports: createHandoverReport({ ...deps, db, views }),
    outcomes: createOutcomes({ ...deps, db, views }),
    briefings: createBriefings({ ...deps, db, views }),
    handler: following.handler,

    /** Every minute: what is due by its schedule is let go, and what is under way goes on. */
    async wake(): Promise<void> {
      await following.wake();
      await plans.releaseDue();
    },
  };
}
