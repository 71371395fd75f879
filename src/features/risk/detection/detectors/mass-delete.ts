import { hours, minutes, shanghaiDay } from '../../../../core/clock';
import { toDate } from '../../../../db/database';
import type { Draft } from '../../findings';
import { type Burst, burstAround, deletionsOf } from '../bursts';
import { defineDetector, type Ground, type Sweep } from '../detector';
import { findingFacts } from '../earlier-findings';

const finder = { code: 'MASS_DELETE', version: 1 } as const;

/** One for a burst, whatever became of it: the sixth and seventh deletion find the one of the fifth. */
async function isKnown({ db }: Ground, userid: string, at: Date, { rule }: Burst): Promise<boolean> {
  const around = rule === 'hour' ? hours(1) : hours(24);
  const rows = await db.query<{ occurred_at: unknown }>(
    'SELECT occurred_at FROM finding WHERE userid = ? AND detector = ? AND occurred_at >= ? AND occurred_at <= ?',
    [userid, finder.code, new Date(at.getTime() - around), new Date(at.getTime() + around)],
  );
  return rows.some((row) => rule === 'hour' || shanghaiDay(toDate(row.occurred_at)) === shanghaiDay(at));
}

async function massOf(ground: Ground, userid: string, at: Date): Promise<Draft[]> {
  const deletions = await deletionsOf(ground, userid, at);
  const burst = await burstAround(ground, { userid, at, deletions });
  if (!burst || (await isKnown(ground, userid, at, burst))) return [];
  const times = new Set(burst.deletions.map((one) => one.getTime()));
  return [
    {
      key: `${userid}:${burst.rule === 'hour' ? at.toISOString().slice(0, 13) : shanghaiDay(at)}`,
      evidenceLevel: 'DERIVED',
      severity: 'critical',
      ...{ userid, occurredAt: at },
      features: { deletions: burst.deletions.length, window: burst.rule, usual_per_day: burst.usual },
      evidence: findingFacts(deletions.filter((one) => times.has(one.at.getTime()))),
    },
  ];
}

/** A member deletes many external contacts within an hour, or far more in a day than they ever do. */
export const massDelete = defineDetector({
  ...finder,
  hears: ['finding.raised'],
  detect: async ({ occurred_at, data: { detector, userid } }, ground) =>
    detector === 'CUSTOMER_DELETED_BY_STAFF' && userid !== null ? massOf(ground, userid, occurred_at) : [],
});

/** Deletions that were stored at the same moment do not see each other: a moment later everybody does. */
export const massDeleteSweep: Sweep = {
  ...finder,
  every: 10,
  async sweep(ground) {
    const rows = await ground.db.query<{ userid: string; last: unknown }>(
      `SELECT userid, MAX(occurred_at) AS last FROM finding
       WHERE detector = 'CUSTOMER_DELETED_BY_STAFF' AND detected_at > ? AND userid IS NOT NULL GROUP BY userid`,
      [new Date(ground.db.now().getTime() - minutes(60))],
    );
    const drafts: Draft[] = [];
    for (const { userid, last } of rows) drafts.push(...(await massOf(ground, userid, toDate(last))));
    return { drafts, lookedAt: rows.length, unseen: {} };
  },
};
