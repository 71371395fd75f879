import { days } from '../../../core/clock';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Scope } from '../../kernel/scope';
import type { Severity } from '../findings';
import { coverageOf } from './coverage.report';
import type { WeeklyReport } from './desk.schema';
import { mondayOf, peopleAtRisk, severities } from './standing.report';

interface Row {
  detector: string;
  severity: Severity;
  state: string;
  reason: string | null;
  detected_at: unknown;
  looked_at: unknown;
}

interface Asked {
  /** A Monday, Shanghai time; the last whole week when not given. */
  from: string | undefined;
  visible: readonly Condition[];
  scope: Scope;
}

const dayStart = (day: string): Date => new Date(`${day}T00:00:00.000+08:00`);
const dayAfter = (day: string, n: number): string =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() + days(n)).toISOString().slice(0, 10);

/** What was detected in a week and what became of it, beside the week before. */
export async function weeklyReport(db: Database, { from, visible, scope }: Asked): Promise<WeeklyReport> {
  const monday = mondayOf(from === undefined ? new Date(db.now().getTime() - days(7)) : dayStart(from));
  const span = (first: string): Condition => [
    'f.detected_at >= ? AND f.detected_at < ?',
    ...[dayStart(first), dayStart(dayAfter(first, 7))],
  ];
  const rows = await rowsOf(db, [span(monday), ...visible]);
  const before = await rowsOf(db, [span(dayAfter(monday, -7)), ...visible]);
  const count = (which: (row: Row) => boolean) => rows.filter(which).length;
  const codes = [...new Set([...rows, ...before].map(({ detector }) => detector))].sort();
  const [confirmed, cleared] = [count(({ state }) => state === 'confirmed'), count(({ state }) => state === 'cleared')];
  return {
    ...{ from: monday, to: dayAfter(monday, 6), found: rows.length, found_before: before.length },
    by_severity: severities(rows.map(({ severity }) => ({ severity, n: 1 }))),
    by_detector: codes.map((detector) => ({
      ...{ detector, count: count((row) => row.detector === detector) },
      before: before.filter((row) => row.detector === detector).length,
    })),
    ...{ decided: confirmed + cleared, confirmed, cleared },
    false_positives: count(({ state, reason }) => state === 'cleared' && reason === 'false_positive'),
    median_hours_to_first_look: medianWait(rows),
    unseen_high: count(
      ({ severity, looked_at, state }) =>
        (severity === 'high' || severity === 'critical') && looked_at === null && state === 'open',
    ),
    people: await peopleAtRisk(db, { conditions: [span(monday), ...visible], limit: 10 }),
    coverage: await coverageOf(db, scope),
  };
}

/** A first look is the first step somebody took: who merely opened one stands in the audit trail. */
async function rowsOf(db: Database, conditions: readonly Condition[]): Promise<Row[]> {
  const { where, params } = allOf(conditions);
  return db.query<Row>(
    `SELECT f.detector, f.severity, c.state, s.reason, f.detected_at,
       (SELECT MIN(t.at) FROM finding_step t WHERE t.finding_id = f.id) AS looked_at
     FROM finding f JOIN finding_case c ON c.finding_id = f.id
     LEFT JOIN finding_step s ON s.id = (SELECT MAX(id) FROM finding_step WHERE finding_id = f.id)
     WHERE ${where} ORDER BY f.id LIMIT 50000`,
    params,
  );
}

function medianWait(rows: readonly Row[]): number | null {
  const waits = rows.flatMap(({ detected_at, looked_at }) => {
    const seen = toDateOrNull(looked_at);
    return seen ? [seen.getTime() - toDate(detected_at).getTime()] : [];
  });
  waits.sort((a, b) => a - b);
  const median = waits[Math.floor((waits.length - 1) / 2)];
  return median === undefined ? null : Math.round(median / 36_000) / 100;
}
