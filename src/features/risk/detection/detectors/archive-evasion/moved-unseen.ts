import { days } from '../../../../../core/clock';
import { toDate } from '../../../../../db/database';
import type { EvidenceRef } from '../../../findings';
import { defineDetector, type Ground } from '../../detector';
import { pairHistory } from '../../pair-history';
import { factAt } from '../../relation-fact';
import { seatsOf } from '../../seats';

/** The two ends of a transfer come in either order, about a day after it was asked for (violations §2.2 trap 3). */
const apartMs = days(2);

interface Told {
  relation_id: string;
  external_userid: string;
  kind: string;
  at: Date;
}

/** One end of a transfer. */
interface End {
  relation_id: string;
  userid: string;
  at: Date;
}

/**
 * A customer whose chats were archived was moved to a colleague without a seat: whatever is said from now on is not heard.
 * Where nobody knows of seats, nobody lacks one.
 */
export const movedUnseen = defineDetector({
  ...{ code: 'ARCHIVE_EVASION', version: 1, hears: ['relation.ended', 'relation.added'] },
  async detect({ occurred_at, data: { userid, ...data } }, ground) {
    const told = { ...data, at: occurred_at };
    const own = { relation_id: data.relation_id, userid, at: occurred_at };
    const others = await otherEnds(ground, told);
    if (others.length === 0) return [];
    const seats = await seatsOf(ground);
    const moves = others.map((other) =>
      data.kind === 'transferred_out' ? { from: own, to: other } : { from: other, to: own },
    );
    const unseen = moves.filter(({ from, to }) => seats.hadAt(from.userid, from.at) && !seats.has(to.userid));
    return Promise.all(
      unseen.map(async ({ from, to }) => ({
        key: `moved:${from.relation_id}:${to.relation_id}:${from.at.getTime()}`,
        ...{ evidenceLevel: 'DERIVED' as const, severity: 'high' as const },
        ...{ userid: to.userid, externalUserid: data.external_userid, occurredAt: from.at },
        features: { how: 'moved_to_unseen', moved_from: from.userid },
        evidence: [...(await endFact(ground, from, 'transferred_out')), ...(await endFact(ground, to, 'added'))],
      })),
    );
  },
});

const endFact = async (ground: Ground, { relation_id, at }: End, kind: string): Promise<EvidenceRef[]> =>
  factAt(await pairHistory(ground, relation_id, [kind]), kind, at);

/** Relations of the same external contact in which the other end of the transfer stands. */
async function otherEnds({ db }: Ground, { relation_id, external_userid, kind, at }: Told): Promise<End[]> {
  const sought = { transferred_out: 'added', added: 'transferred_out' }[kind];
  if (sought === undefined) return [];
  const rows = await db.query<{ relation_id: string; userid: string; occurred_at: unknown }>(
    `SELECT h.relation_id, s.userid, h.occurred_at FROM relation r
       JOIN relation_history h ON h.relation_id = r.id JOIN staff s ON s.id = r.staff_id
     WHERE r.external_userid = ? AND r.id <> ? AND h.kind = ? AND h.occurred_at BETWEEN ? AND ? ORDER BY h.id`,
    [external_userid, relation_id, sought, new Date(at.getTime() - apartMs), new Date(at.getTime() + apartMs)],
  );
  return rows.map((row) => ({ relation_id: row.relation_id, userid: row.userid, at: toDate(row.occurred_at) }));
}
