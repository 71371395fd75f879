import { hours } from '../../../../core/clock';
import { defineDetector } from '../detector';
import { earlierFindings } from '../earlier-findings';
import { pairHistory } from '../pair-history';
import { factAt } from '../relation-fact';

/**
 * An external contact deleted a member of staff (`del_follow_user`): a customer at risk, and no fault of anybody; unless
 * what the two wrote in the day before was flagged by more than a lead.
 */
export const staffDeletedByCustomer = defineDetector({
  code: 'STAFF_DELETED_BY_CUSTOMER',
  version: 3,
  hears: ['relation.deleted_by_external'],
  async detect({ occurred_at, data: { relation_id, userid, external_userid } }, ground) {
    const found = await earlierFindings(ground, {
      ...{ userid, externalUserid: external_userid, detectors: ['FEIDAN', 'PRIVATE_PAYMENT', 'CONTENT_RULE'] },
      ...{ from: new Date(occurred_at.getTime() - hours(24)), to: occurred_at },
    });
    const flagged = found.filter(({ severity }) => severity !== 'lead');
    const lines = await pairHistory(ground, relation_id, ['external_deleted']);
    return [
      {
        key: `${relation_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'OFFICIAL',
        severity: flagged.length > 0 ? 'high' : 'low',
        ...{ userid, externalUserid: external_userid, occurredAt: occurred_at },
        features: { flagged_messages: flagged.length },
        evidence: factAt(lines, 'external_deleted', occurred_at),
      },
    ];
  },
});
