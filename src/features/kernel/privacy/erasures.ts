import { minutes } from '../../../core/clock';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { ActiveJob, JobHandler, JobQueue } from '../../../jobs';
import type { ArchiveErasures } from '../../archive/retention';
import type { Contacts } from '../../party/contacts';
import type { Leads } from '../../party/leads';
import type { ExternalContactService, ExternalContactViews } from '../../relations/external-contacts';
import type { GroupChatService } from '../../relations/group-chats';
import type { InboxStore } from '../../relations/inbox';
import type { Differences } from '../../relations/reconciliation';
import type { ApprovalService, By } from '../approvals';
import type { AuditService } from '../audit';
import { type ErasureBody, type ErasureView, erasureBody } from './privacy.schema';

export interface ErasureDeps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  queue: Pick<JobQueue, 'add'>;
  views: Pick<ExternalContactViews, 'assertVisible'>;
  externalContacts: Pick<ExternalContactService, 'erasure'>;
  groupChats: Pick<GroupChatService, 'forget'>;
  inbox: Pick<InboxStore, 'forget'>;
  differences: Pick<Differences, 'forget'>;
  archive: Pick<ArchiveErasures, 'forget'>;
  leads: Pick<Leads, 'forget'>;
  contacts: Contacts;
}

const act = 'person.erase';
const secondLook = 'privacy.erase_again';
/** Longer than any transaction that read the person before the erasure and writes after it. */
const secondLookMs = minutes(2);

const targetOf = (externalUserid: string): string => `external_contact:${externalUserid}`;

/** Forgetting a person, by two who agree (S23). */
export function createErasures(deps: ErasureDeps) {
  const { db, audit, approvals, queue, views, externalContacts, groupChats, inbox, differences, archive, leads } = deps;
  const { erasure } = externalContacts;

  /** Wherever something personal of them stands. Must run inside `transact`. */
  async function forget(id: string) {
    const { erased_at, relations } = await erasure.erase(id);
    const group_chats = await groupChats.forget(id);
    return {
      erased_at,
      relations,
      group_chats,
      callbacks: await inbox.forget(id),
      differences: await differences.forget(id),
      leads: await leads.forget(id),
      contacts: await deps.contacts.records.forget('external_userid', id),
    };
  }

  async function done(external_userid: string): Promise<ErasureView | undefined> {
    const at = await erasure.erasedAt(external_userid);
    return at ? { external_userid, erased_at: iso(at), already_erased: true, archive: null } : undefined;
  }

  /** The trail keeps who, why and how much, by ids alone: after a restore it tells whom to erase again. */
  async function erase(
    { external_userid, reason }: ErasureBody,
    { viewer, address }: By,
    decided: { by: string },
  ): Promise<ErasureView> {
    await views.assertVisible(external_userid, viewer);
    return db.transact(async () => {
      const before = await done(external_userid);
      if (before) return before;
      const { erased_at, ...forgotten } = await forget(external_userid);
      const said = await archive.forget(external_userid, { reason, askedBy: actorOf(viewer), approvedBy: decided.by });
      const detail = { ...forgotten, archive: said };
      const row = { actor: actorOf(viewer), action: 'person.erased', target: targetOf(external_userid) };
      await audit.record({ ...row, result: 'ok', reason, address, detail });
      const runAt = new Date(db.now().getTime() + secondLookMs);
      await queue.add([{ kind: secondLook, lane: 'bulk', payload: { external_userid }, runAt }]);
      return { external_userid, erased_at: iso(erased_at), already_erased: false, archive: said };
    });
  }

  approvals.define<ErasureBody>({
    ...{ key: act, asks: 'privacy:erase', decides: 'privacy:erase', payload: erasureBody },
    // By id: the request outlives the name.
    describe: async ({ external_userid }) => ({ target: targetOf(external_userid), subject: external_userid }),
    execute: erase,
  });

  /** What a transaction wrote that was already open then; and SQLite's log, which holds what was overwritten. */
  async function lookAgain(job: ActiveJob): Promise<void> {
    const person = String(job.payload.external_userid);
    await job.step(async () => {
      await forget(person);
      await archive.forget(person);
    });
    if (!(await db.emptyLog())) job.defer(minutes(1));
  }

  return {
    /**
     * Nobody erases alone. Whoever is erased already is answered with since when.
     * @throws approval.required, external_contact.not_found
     */
    async start(body: ErasureBody, { viewer }: By): Promise<ErasureView> {
      await views.assertVisible(body.external_userid, viewer);
      const before = await done(body.external_userid);
      if (!before) throw approvals.required(act, body);
      return before;
    },

    handler: (): JobHandler => ({ kind: secondLook, resumable: true, handle: lookAgain }),
  };
}
