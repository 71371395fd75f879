import { defineDetector } from '../detector';
import { relationFact } from '../relation-fact';

/**
 * Two reads, ten minutes apart or more, lacked an external contact whom nobody is known to have deleted
 * (RECONCILE_DIFF). Shrinking ranges, half relations and unreadable members are held back before (violations §2.2
 * traps 6 to 10).
 */
export const customerMissing = defineDetector({
  code: 'CUSTOMER_MISSING',
  version: 1,
  hears: ['relation.ended'],
  async detect({ occurred_at, data }, ground) {
    const { relation_id, userid, external_userid, kind } = data;
    if (kind !== 'missing') return [];
    return [
      {
        key: `${relation_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'DERIVED',
        severity: 'high',
        ...{ userid, externalUserid: external_userid, occurredAt: occurred_at },
        evidence: await relationFact(ground, relation_id, 'missing', occurred_at),
      },
    ];
  },
});
