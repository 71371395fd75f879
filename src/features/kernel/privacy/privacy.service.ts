import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { ExternalContactService } from '../../relations/external-contacts';
import type { AuditEventView, AuditQuery, AuditService } from '../audit';
import { createErasures, type ErasureDeps } from './erasures';
import { privacyReport } from './privacy.report';
import type { ExportBody, PersonalData } from './privacy.schema';

interface Deps extends ErasureDeps {
  db: Database;
  audit: Pick<AuditService, 'list' | 'record'>;
  externalContacts: Pick<ExternalContactService, 'personRecord' | 'erasure'>;
}

export type PrivacyService = ReturnType<typeof createPrivacyService>;

const targetOf = (externalUserid: string): string => `external_contact:${externalUserid}`;

/** What persons may ask of whoever keeps data about them (S23). */
export function createPrivacyService(deps: Deps) {
  const { db, audit, externalContacts, views } = deps;
  const erasures = createErasures(deps);
  const elsewhere = privacyReport(db);

  async function allViews(externalUserid: string): Promise<AuditEventView[]> {
    const found: AuditEventView[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query: AuditQuery = { target: targetOf(externalUserid), limit: 200, ...(cursor ? { cursor } : {}) };
      const page = await audit.list(query);
      found.push(...page.items);
      cursor = page.next_cursor;
    }
    return found;
  }

  return {
    erasures,

    /** Who did what with the record of a person, newest first. @throws external_contact.not_found, paging.bad_cursor */
    async views(externalUserid: string, query: Pick<AuditQuery, 'limit' | 'cursor'>, viewer: Viewer) {
      await views.assertVisible(externalUserid, viewer);
      return audit.list({ ...query, target: targetOf(externalUserid) });
    },

    /**
     * Everything about a person, made when it is asked for and kept nowhere: a stored copy would be one more to guard.
     * @throws external_contact.not_found
     */
    async export({ external_userid, reason }: ExportBody, { viewer, address }: { viewer: Viewer; address?: string }) {
      await views.assertVisible(external_userid, viewer);
      const own = await externalContacts.personRecord(external_userid);
      const document = {
        about: { external_userid, exported_at: db.now().toISOString() },
        ...own,
        external_contact: { ...own.external_contact },
        ...(await elsewhere(external_userid)),
        seen_by: await allViews(external_userid),
      };
      await audit.record({
        actor: actorOf(viewer),
        action: 'person.exported',
        target: targetOf(external_userid),
        result: 'ok',
        reason,
        address,
        detail: { relations: own.relations.length, history: own.history.length },
      });
      return document as unknown as PersonalData;
    },
  };
}
