import { toDate } from '../../../db/database';
import type { DetectorCode } from '../findings';
import type { Ground } from './detector';
import { type Earlier, earlierFindings } from './earlier-findings';

/** What a member did, and what was found about them, in the weeks before they left. */
export interface Signs {
  /** How many, by what they are. */
  counts: Readonly<Record<string, number>>;
  /** How many of them speak against anybody: that customers were given away is the ordinary way to leave. */
  weight: number;
  findings: readonly Earlier[];
}

const named: Readonly<Partial<Record<DetectorCode, string>>> = {
  CUSTOMER_DELETED_BY_STAFF: 'deletions',
  CUSTOMER_MISSING: 'missing',
  RECALL: 'recalls',
  MASS_DELETE: 'mass_deletes',
};
/** What customers did or did not agree to, and what we make of a departure itself. */
const silent: readonly DetectorCode[] = [
  ...(['STAFF_DELETED_BY_CUSTOMER', 'GROUP_DARK', 'DEPARTURE_RISK', 'DEPARTURE_LEAK'] as const),
];

/** Signs that say little by themselves, or are findings already. */
const ordinary: readonly string[] = ['contacts_deleted', 'files_to_wecom', 'screens_captured'];

/** Looks back from a departure: at findings, at customers given away, and at what WeCom's logs hold. */
export async function signsOf(ground: Ground, userid: string, from: Date, to: Date): Promise<Signs> {
  const all = await earlierFindings(ground, { userid, from, to });
  // A lead says little by itself: everybody takes back what they mistyped.
  const findings = all.filter(({ detector, severity }) => !silent.includes(detector) && severity !== 'lead');
  const counts: Record<string, number> = {};
  for (const { detector } of findings) {
    const name = named[detector] ?? 'other_findings';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  const logged = Object.entries(await ground.securitySigns(userid, from)).filter(([, n]) => n > 0);
  return {
    counts: { ...counts, transfers_out: await givenAway(ground, userid, from, to), ...Object.fromEntries(logged) },
    weight: findings.length + logged.filter(([sign]) => !ordinary.includes(sign)).length,
    findings,
  };
}

async function givenAway({ db }: Ground, userid: string, from: Date, to: Date): Promise<number> {
  const [row] = await db.query<{ n: unknown }>(
    `SELECT COUNT(*) AS n FROM relation_history h JOIN relation r ON r.id = h.relation_id JOIN staff s ON s.id = r.staff_id
     WHERE s.userid = ? AND h.kind = 'transferred_out' AND h.occurred_at >= ? AND h.occurred_at <= ?`,
    [userid, from, to],
  );
  return Number(row?.n ?? 0);
}

/** When they left; null for whoever serves. */
export async function departureOf({ db }: Ground, userid: string): Promise<Date | null> {
  const [row] = await db.query<{ departed_at: unknown }>(
    'SELECT departed_at FROM staff WHERE userid = ? AND departed_at IS NOT NULL',
    [userid],
  );
  return row ? toDate(row.departed_at) : null;
}
