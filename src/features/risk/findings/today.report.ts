import { days, shanghaiDay } from '../../../core/clock';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { type FindingState, type Severity, severities } from './finding.entity';
import type { TodayView } from './findings.schema';

interface Standing {
  state: FindingState;
  severity: Severity;
  n: unknown;
  oldest_at: unknown;
}

const daysShown = 7;

/** How many wait, and how many came on each of the last days. */
export async function todayFigures(
  db: Database,
  visible: readonly Condition[],
): Promise<Pick<TodayView, 'open' | 'reviewing' | 'escalated' | 'days'>> {
  const { where, params } = allOf([["c.state IN ('open', 'reviewing', 'escalated')"], ...visible]);
  const rows = await db.query<Standing>(
    `SELECT c.state, f.severity, COUNT(*) AS n, MIN(f.detected_at) AS oldest_at
     FROM finding_case c JOIN finding f ON f.id = c.finding_id WHERE ${where} GROUP BY c.state, f.severity`,
    params,
  );
  const count = (wanted: FindingState) =>
    rows.filter(({ state }) => state === wanted).reduce((sum, { n }) => sum + Number(n), 0);
  return {
    open: severities.map((severity) => {
      const row = rows.find((one) => one.state === 'open' && one.severity === severity);
      return { severity, count: Number(row?.n ?? 0), oldest_at: row ? toDate(row.oldest_at).toISOString() : null };
    }),
    ...{ reviewing: count('reviewing'), escalated: count('escalated') },
    days: await foundByDay(db, visible),
  };
}

/** Day by day: what a day is, the two databases would spell differently. */
async function foundByDay(db: Database, visible: readonly Condition[]): Promise<TodayView['days']> {
  const today = new Date(`${shanghaiDay(db.now())}T00:00:00.000+08:00`).getTime();
  const found: TodayView['days'] = [];
  for (let back = daysShown - 1; back >= 0; back--) {
    const from = new Date(today - days(back));
    const span: Condition = ['f.detected_at >= ? AND f.detected_at < ?', from, new Date(from.getTime() + days(1))];
    const { where, params } = allOf([span, ...visible]);
    const rows = await db.query<{ severity: Severity; n: unknown }>(
      `SELECT f.severity, COUNT(*) AS n FROM finding f WHERE ${where} GROUP BY f.severity`,
      params,
    );
    const by_severity = { lead: 0, low: 0, medium: 0, high: 0, critical: 0 };
    for (const { severity, n } of rows) by_severity[severity] = Number(n);
    found.push({ day: shanghaiDay(from), by_severity });
  }
  return found;
}
