import { defineDetector } from '../detector';
import { endedBefore, relationFact } from '../relation-fact';

/**
 * A member of staff deleted an external contact (`del_external_contact`). What a transfer removed is another fact in the
 * history and never comes here (violations §2.2 trap 1). Who was deleted by the other side first loses little.
 */
export const customerDeletedByStaff = defineDetector({
  code: 'CUSTOMER_DELETED_BY_STAFF',
  version: 1,
  hears: ['relation.deleted_by_staff'],
  async detect({ occurred_at, data }, ground) {
    const { relation_id, userid, external_userid } = data;
    const before = await endedBefore(ground, relation_id, 'external_deleted', occurred_at);
    return [
      {
        key: `${relation_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'OFFICIAL',
        severity: before ? 'low' : 'high',
        ...{ userid, externalUserid: external_userid, occurredAt: occurred_at },
        features: { deleted_by_external_before: before !== null },
        evidence: await relationFact(ground, relation_id, 'staff_deleted', occurred_at),
      },
    ];
  },
});
