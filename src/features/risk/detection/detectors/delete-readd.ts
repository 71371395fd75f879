import { days } from '../../../../core/clock';
import { defineDetector } from '../detector';
import { earlierFindings } from '../earlier-findings';
import { pairHistory, readdsAt } from '../pair-history';
import { lineFact } from '../relation-fact';

/** So often in a month it looks like work for the sake of the figures (刷业绩). */
const often = 3;

/** A member deletes an external contact and has them again within a week. */
export const deleteReadd = defineDetector({
  code: 'DELETE_READD',
  version: 1,
  hears: ['relation.added', 'relation.deleted_by_staff'],
  async detect({ occurred_at, data: { relation_id, userid, external_userid } }, ground) {
    const lines = await pairHistory(ground, relation_id, ['staff_deleted', 'added']);
    const readds = readdsAt(lines, occurred_at, days(7));
    if (readds.length === 0) return [];
    const from = new Date(occurred_at.getTime() - days(30));
    const earlier = await earlierFindings(ground, { userid, detectors: ['DELETE_READD'], from, to: occurred_at });
    return readds.map(({ deleted, added }, n) => {
      const times = earlier.length + n + 1;
      return {
        key: `${relation_id}:${deleted.at.getTime()}`,
        evidenceLevel: 'DERIVED',
        severity: times >= often ? 'medium' : 'low',
        ...{ userid, externalUserid: external_userid, occurredAt: added.at },
        features: { times, hours_between: Math.round((added.at.getTime() - deleted.at.getTime()) / 360_000) / 10 },
        evidence: [lineFact(deleted), lineFact(added)],
      };
    });
  },
});
