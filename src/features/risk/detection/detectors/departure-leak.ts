import type { Draft } from '../../findings';
import { departureOf } from '../departure-signs';
import { defineDetector, type Ground } from '../detector';
import { refusedFrom, takenOverFrom } from '../handed-over';
import { contactHistory, type PairLine, pairHistory } from '../pair-history';
import { lineAt, lineFact } from '../relation-fact';

/** Of a failed transfer: not that the successor's list is full. */
const refused = 'customer_refused';
const failings: readonly string[] = ['transfer_failed', 'external_deleted'];
const givenAway: readonly string[] = ['unassigned', 'transferred_out'];

type Told = PairLine & { userid: string };

/**
 * A leaver's external contact does not arrive: refuses the successor, or deletes them within a quarter. Perhaps somebody
 * leads them away. Named is the leaver, for that is who may. It may be told before we know that anybody left, so whoever
 * turns out to be a leaver's is looked at once more.
 */
export const departureLeak = defineDetector({
  code: 'DEPARTURE_LEAK',
  version: 1,
  hears: ['relation.changed', 'relation.deleted_by_external', 'relation.ended'],
  async detect({ occurred_at, data: { relation_id, userid, external_userid, kind } }, ground) {
    const lines: Told[] = [];
    if (failings.includes(kind)) {
      const line = lineAt(await pairHistory(ground, relation_id, [kind]), kind, occurred_at);
      if (line) lines.push({ ...line, userid });
    } else if (givenAway.includes(kind)) {
      const left = await departureOf(ground, userid);
      if (left) lines.push(...(await contactHistory(ground, external_userid, failings, left)));
    }
    const drafts: Draft[] = [];
    for (const line of lines) drafts.push(...(await leakIn(ground, line, external_userid)));
    return drafts;
  },
});

async function leakIn(ground: Ground, line: Told, externalUserid: string): Promise<Draft[]> {
  const { kind, at, detail } = line;
  if (kind === 'transfer_failed' && detail.reason !== refused) return [];
  const [successor, fromWhom] =
    kind === 'transfer_failed' ? [String(detail.takeover), refusedFrom] : [line.userid, takenOverFrom];
  const leaver = await fromWhom(ground, successor, externalUserid, at);
  if (leaver === undefined) return [];
  return [
    {
      key: `${externalUserid}:${kind}:${at.getTime()}`,
      evidenceLevel: 'DERIVED',
      severity: 'medium',
      ...{ userid: leaver, externalUserid, occurredAt: at },
      features: { named_as: 'leaver', how: kind === 'transfer_failed' ? 'refused' : 'deleted', successor },
      evidence: [lineFact(line)],
    },
  ];
}
