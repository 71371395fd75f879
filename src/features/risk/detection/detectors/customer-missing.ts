import { hours } from '../../../../core/clock';
import { defineDetector, type Ground } from '../detector';
import { wentToColleague } from '../handed-over';
import { type PairLine, pairHistory } from '../pair-history';
import { factAt, leftBefore, lineAt } from '../relation-fact';

/** What ends a pair, and so explains that a list lacks it. */
const ends: Readonly<Record<string, 'told_late' | 'transferred'>> = {
  staff_deleted: 'told_late',
  transferred_out: 'transferred',
  unassigned: 'transferred',
};
const begins: readonly string[] = ['added', 'half_added', 'reappeared'];

/**
 * Two reads, ten minutes apart or more, lacked an external contact whom nobody is known to have deleted
 * (RECONCILE_DIFF). Shrinking ranges and unreadable members are held back before (violations §2.2 traps 7 and 8); who
 * never confirmed a pair had none to lose (trap 6); a leaver's external contacts are in no list (trap 9); who
 * goes on under another id is still there (trap 11); whom a
 * colleague was just given went by a transfer, though nobody told of its end (trap 3). An end that is
 * told late explains it, and so does whoever comes back.
 */
export const customerMissing = defineDetector({
  code: 'CUSTOMER_MISSING',
  version: 3,
  hears: ['relation.ended', 'relation.deleted_by_staff', 'relation.added', 'relation.changed'],
  async detect({ occurred_at, data: { relation_id, userid, external_userid, kind } }, ground) {
    if (kind !== 'missing') return [];
    const lines = await pairHistory(ground, relation_id, ['missing', 'external_deleted', 'added', 'half_added']);
    if (lineAt(lines, 'missing', occurred_at)?.detail.became !== undefined) return [];
    if (wasHalf(lines, occurred_at) || (await hasLeft(ground, userid))) return [];
    if (await wentToColleague(ground, relation_id, external_userid, occurred_at)) return [];
    const before = leftBefore(lines, occurred_at);
    return [
      {
        key: `${relation_id}:${occurred_at.getTime()}`,
        evidenceLevel: 'DERIVED',
        severity: before ? 'low' : 'high',
        ...{ userid, externalUserid: external_userid, occurredAt: occurred_at },
        features: { deleted_by_external_before: before },
        evidence: factAt(lines, 'missing', occurred_at),
      },
    ];
  },
  async explained({ data: { relation_id, kind } }, ground) {
    if (kind === 'missing' || !(kind in ends || begins.includes(kind))) return [];
    const lines = await pairHistory(ground, relation_id, ['missing', ...Object.keys(ends), ...begins]);
    return lines.flatMap((line) => {
      const by = line.kind === 'missing' ? explanationOf(line, lines) : undefined;
      return by ? [{ key: `${relation_id}:${line.at.getTime()}`, by }] : [];
    });
  },
});

function explanationOf({ at }: PairLine, lines: readonly PairLine[]) {
  const start = lines.findLast((line) => begins.includes(line.kind) && line.at <= at)?.at ?? new Date(0);
  const next = lines.find((line) => begins.includes(line.kind) && line.at > at);
  const end = lines.find((line) => line.kind in ends && line.at >= start && (!next || line.at < next.at));
  if (end) return ends[end.kind];
  if (next?.kind === 'reappeared') return 'came_back' as const;
  const isSoon = next?.kind === 'added' && next.at.getTime() - at.getTime() <= hours(24);
  return isSoon ? ('readded' as const) : undefined;
}

const wasHalf = (lines: readonly PairLine[], at: Date): boolean =>
  lines.findLast((line) => line.kind.endsWith('added') && line.at <= at)?.kind === 'half_added';

async function hasLeft({ db }: Ground, userid: string): Promise<boolean> {
  return (await db.query('SELECT id FROM staff WHERE userid = ? AND departed_at IS NOT NULL', [userid])).length > 0;
}
