import { hours } from '../../../../core/clock';
import { burstAround, deletionsOf } from '../bursts';
import { defineDetector, type Ground } from '../detector';
import { pairHistory, readdsAt } from '../pair-history';
import { leftBefore, lineAt, lineFact, toldBefore } from '../relation-fact';

interface Deleted {
  userid: string;
  at: Date;
  leftBefore: boolean;
  /** `Source`, where WeCom gave one that we do not know. */
  said: string | undefined;
}

const kinds = ['staff_deleted', 'external_deleted', 'added', 'half_added'];

/** A word that WeCom does not document says that something else than a hand on the phone may have done it. */
async function severityOf({ userid, at, leftBefore, said }: Deleted, ground: Ground) {
  if (said !== undefined) return 'medium';
  if (await burstAround(ground, { userid, at, deletions: await deletionsOf(ground, userid, at) })) return 'critical';
  return leftBefore ? 'low' : 'high';
}

/**
 * A member of staff deleted an external contact (`del_external_contact`). What a transfer removed is another fact in the
 * history and never comes here (violations §2.2 trap 1). Who was deleted by the other side first loses little. A pair
 * that is connected again within a day was a slip of the hand (WCM-06).
 */
export const customerDeletedByStaff = defineDetector({
  code: 'CUSTOMER_DELETED_BY_STAFF',
  version: 3,
  hears: ['relation.deleted_by_staff', 'relation.added'],
  async detect({ type, occurred_at: at, data }, ground) {
    if (type !== 'relation.deleted_by_staff') return [];
    const { relation_id, userid, external_userid } = data;
    const lines = await pairHistory(ground, relation_id, kinds);
    const line = lineAt(lines, 'staff_deleted', at);
    // Placed by us, or told by an event before: it was found then.
    if (!line || toldBefore(lines, 'staff_deleted', at)) return [];
    const said = line.detail.source === undefined ? undefined : String(line.detail.source);
    const deleted = { userid, at, leftBefore: leftBefore(lines, at), said };
    return [
      {
        key: `${relation_id}:${at.getTime()}`,
        evidenceLevel: 'OFFICIAL',
        severity: await severityOf(deleted, ground),
        ...{ userid, externalUserid: external_userid, occurredAt: at },
        features: {
          deleted_by_external_before: deleted.leftBefore,
          ...(said === undefined ? {} : { source: said }),
        },
        evidence: [lineFact(line)],
      },
    ];
  },
  async explained({ occurred_at, data: { relation_id } }, ground) {
    const lines = await pairHistory(ground, relation_id, ['staff_deleted', 'added']);
    return readdsAt(lines, occurred_at, hours(24)).map(({ deleted }) => ({
      ...{ key: `${relation_id}:${deleted.at.getTime()}`, by: 'readded' as const },
    }));
  },
});
