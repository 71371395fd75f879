/** Worst first. */
export const severitiesDown = ['critical', 'high', 'medium', 'low', 'lead'] as const;
type Severity = (typeof severitiesDown)[number];
type BySeverity = Record<Severity, number>;

/** What each counts in the sum of points, as the server counts it. */
const weights: Readonly<Record<Severity, number>> = { critical: 8, high: 4, medium: 2, low: 1, lead: 0 };

export const totalOf = (by: BySeverity): number => severitiesDown.reduce((sum, severity) => sum + by[severity], 0);

/** Those there are, worst first. */
export const presentIn = (by: BySeverity): { severity: Severity; count: number }[] =>
  severitiesDown.map((severity) => ({ severity, count: by[severity] })).filter(({ count }) => count > 0);

/** "2×8 + 1×4 = 20", with `wordOf` before each: how the points come about. */
export function pointsSum(by: BySeverity, wordOf: (severity: Severity) => string): string {
  const present = presentIn(by);
  const terms = present.map(({ severity, count }) => `${wordOf(severity)} ${count}×${weights[severity]}`);
  const sum = present.reduce((all, { severity, count }) => all + count * weights[severity], 0);
  return `${terms.join(' + ')} = ${sum}`;
}

const nothing = (): BySeverity => ({ critical: 0, high: 0, medium: 0, low: 0, lead: 0 });

const dayMs = 86_400_000;
/** Calendar days are counted without any zone. */
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const dayAfter = (day: string, count: number): string =>
  new Date(midnight(day) + count * dayMs).toISOString().slice(0, 10);

/** Every day from the first to the last. */
export const daysBetween = (first: string, last: string): string[] =>
  Array.from({ length: Math.round((midnight(last) - midnight(first)) / dayMs) + 1 }, (_, at) => dayAfter(first, at));

/** The Monday of its week. */
export const mondayOf = (day: string): string => dayAfter(day, -((new Date(midnight(day)).getUTCDay() + 6) % 7));

/** Today in Shanghai, where weeks are counted. */
export const shanghaiDay = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

const weeksShown = 13;

/** The last 13 weeks to this one, those without findings too; an earlier one only where something was found in it. */
export function weeksThrough(found: readonly { week: string; by_severity: BySeverity }[], today: string) {
  const first = dayAfter(mondayOf(today), -7 * (weeksShown - 1));
  const weeks = Array.from({ length: weeksShown }, (_, place) => dayAfter(first, 7 * place));
  const earlier = found.map(({ week }) => week).filter((week) => week < first);
  return [...earlier.sort(), ...weeks].map((week) => ({
    week,
    by: found.find((one) => one.week === week)?.by_severity ?? nothing(),
  }));
}
