import { defineDetector, type Ground } from '../detector';
import { leaverOf, takenOverFrom } from '../handed-over';
import { type PairLine, pairHistory } from '../pair-history';
import { factAt, lineAt } from '../relation-fact';

/** Of a failed transfer: not that the successor's list is full. */
const refused = 'customer_refused';

/**
 * A leaver's external contact does not arrive: refuses the successor, or deletes them within a quarter. Perhaps somebody
 * leads them away. Named is the leaver, for that is who may.
 */
export const departureLeak = defineDetector({
  code: 'DEPARTURE_LEAK',
  version: 1,
  hears: ['relation.changed', 'relation.deleted_by_external'],
  async detect({ occurred_at: at, data }, ground) {
    const { relation_id, external_userid, kind } = data;
    if (kind !== 'transfer_failed' && kind !== 'external_deleted') return [];
    const lines = await pairHistory(ground, relation_id, [kind]);
    const line = lineAt(lines, kind, at);
    const leak = line && (await leakOf(ground, line, data));
    if (!leak?.leaver) return [];
    const { leaver, successor } = leak;
    return [
      {
        key: `${external_userid}:${kind}:${at.getTime()}`,
        evidenceLevel: 'DERIVED',
        severity: 'medium',
        ...{ userid: leaver, externalUserid: external_userid, occurredAt: at },
        features: { named_as: 'leaver', how: kind === 'transfer_failed' ? 'refused' : 'deleted', successor },
        evidence: factAt(lines, kind, at),
      },
    ];
  },
});

async function leakOf(
  ground: Ground,
  { kind, at, detail }: PairLine,
  who: { userid: string; external_userid: string },
) {
  if (kind === 'external_deleted') {
    const leaver = await takenOverFrom(ground, who.userid, who.external_userid, at);
    return { leaver, successor: who.userid };
  }
  if (detail.reason !== refused) return undefined;
  return { leaver: await leaverOf(ground, who.external_userid), successor: String(detail.takeover) };
}
