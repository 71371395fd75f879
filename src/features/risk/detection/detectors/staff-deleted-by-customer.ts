import { defineDetector } from '../detector';
import { relationFact } from '../relation-fact';

/** An external contact deleted a member of staff (`del_follow_user`): a customer at risk, and no fault of anybody. */
export const staffDeletedByCustomer = defineDetector({
  code: 'STAFF_DELETED_BY_CUSTOMER',
  version: 1,
  hears: ['relation.deleted_by_external'],
  async detect({ occurred_at, data }, ground) {
    const { relation_id, userid, external_userid } = data;
    return [
      {
        key: `${relation_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'OFFICIAL',
        severity: 'low',
        ...{ userid, externalUserid: external_userid, occurredAt: occurred_at },
        evidence: await relationFact(ground, relation_id, 'external_deleted', occurred_at),
      },
    ];
  },
});
