import { days, shanghaiDay } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import type { Severity } from '../findings';
import type { BySeverity, CustomerRisk, PersonProfile, PersonRisk } from './desk.schema';

const weights: Readonly<Record<Severity, number>> = { lead: 0, low: 1, medium: 2, high: 4, critical: 8 };

interface Sum {
  who: string;
  severity: Severity;
  state: string;
  n: unknown;
  last_at: unknown;
}

type Standing = Omit<PersonRisk, 'userid' | 'name'> & { who: string };

/** Ids and words of ours: never what a viewer gives. */
type Whom = 'f.userid' | 'f.external_userid';

/** Those with the most points first. What was cleared counts nothing. */
async function standings(
  db: Database,
  whom: Whom,
  conditions: readonly Condition[],
  limit: number,
): Promise<Standing[]> {
  const { where, params } = allOf([[`${whom} IS NOT NULL`], ...conditions]);
  const rows = await db.query<Sum>(
    `SELECT ${whom} AS who, f.severity, c.state, COUNT(*) AS n, MAX(f.occurred_at) AS last_at
     FROM finding f JOIN finding_case c ON c.finding_id = f.id
     WHERE ${where} AND c.state <> 'cleared' GROUP BY ${whom}, f.severity, c.state`,
    params,
  );
  const all = [...groupBy(rows, ({ who }) => who)].map(([who, own]) => standing(who, own));
  return all.sort((a, b) => b.points - a.points || (a.last_at < b.last_at ? 1 : -1)).slice(0, limit);
}

function standing(who: string, rows: readonly Sum[]): Standing {
  const by_severity = severities(rows);
  const points = rows.reduce((sum, { severity, n }) => sum + weights[severity] * Number(n), 0);
  const open = rows.filter(({ state }) => state !== 'confirmed').reduce((sum, { n }) => sum + Number(n), 0);
  const last = Math.max(...rows.map(({ last_at }) => toDate(last_at).getTime()));
  return { who, points, by_severity, open, last_at: new Date(last).toISOString() };
}

export function severities(rows: readonly { severity: Severity; n: unknown }[]): BySeverity {
  const sums: BySeverity = { lead: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity, n } of rows) sums[severity] += Number(n);
  return sums;
}

const since = (db: Database, n: number): Condition => ['f.occurred_at >= ?', new Date(db.now().getTime() - days(n))];

interface Asked {
  /** Whose findings the viewer may see, and what else limits them. */
  conditions: readonly Condition[];
  limit: number;
}

/** Staff by their findings. */
export async function peopleAtRisk(db: Database, { conditions, limit }: Asked): Promise<PersonRisk[]> {
  const rows = await standings(db, 'f.userid', conditions, limit);
  const names = await namesOf(db);
  return rows.map(({ who, ...rest }) => ({ userid: who, name: names.get(who) ?? null, ...rest }));
}

/** External contacts by the findings about them. */
export async function customersAtRisk(db: Database, { conditions, limit }: Asked): Promise<CustomerRisk[]> {
  const rows = await standings(db, 'f.external_userid', conditions, limit);
  return rows.map(({ who, ...rest }) => ({ external_userid: who, ...rest }));
}

async function namesOf(db: Database): Promise<Map<string, string | null>> {
  const rows = await db.query<{ userid: string; name: string | null }>('SELECT userid, name FROM staff');
  return new Map(rows.map(({ userid, name }) => [userid, name]));
}

const weeksShown = 13;

/** One of the staff: what was found, week by week, and how their relations came and went in 90 days. */
export async function personProfile(
  db: Database,
  { userid, name, id }: { userid: string; name: string | null; id: string },
  visible: readonly Condition[],
): Promise<PersonProfile> {
  const { where, params } = allOf([['f.userid = ?', userid], since(db, weeksShown * 7), ...visible]);
  const rows = await db.query<{ detector: string; severity: Severity; state: string; occurred_at: unknown }>(
    `SELECT f.detector, f.severity, c.state, f.occurred_at FROM finding f JOIN finding_case c ON c.finding_id = f.id
     WHERE ${where} ORDER BY f.occurred_at`,
    params,
  );
  const at = rows.map((row) => ({ ...row, at: toDate(row.occurred_at), n: 1 }));
  return {
    ...{ userid, name },
    by_detector: [...groupBy(at, ({ detector }) => detector)].map(([detector, own]) => ({
      ...{ detector, count: own.length, open: own.filter(({ state }) => state === 'open').length },
      last_at: (own.at(-1) as (typeof own)[number]).at.toISOString(),
    })),
    by_week: [...groupBy(at, (row) => mondayOf(row.at))].map(([week, own]) => ({ week, by_severity: severities(own) })),
    relations: await relationsOf(db, id),
  };
}

/** The Monday of its week in Shanghai, `YYYY-MM-DD`. */
export function mondayOf(at: Date): string {
  const day = new Date(`${shanghaiDay(at)}T00:00:00Z`);
  return new Date(day.getTime() - days((day.getUTCDay() + 6) % 7)).toISOString().slice(0, 10);
}

async function relationsOf(db: Database, staffId: string): Promise<PersonProfile['relations']> {
  const [living] = await db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM relation WHERE staff_id = ? AND state IN ('active', 'half', 'deleted_by_external')",
    [staffId],
  );
  const rows = await db.query<{ kind: string; n: unknown }>(
    `SELECT h.kind, COUNT(*) AS n FROM relation_history h JOIN relation r ON r.id = h.relation_id
     WHERE r.staff_id = ? AND h.occurred_at >= ? GROUP BY h.kind`,
    [staffId, new Date(db.now().getTime() - days(90))],
  );
  const of = (...kinds: string[]) =>
    rows.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { n }) => sum + Number(n), 0);
  return {
    living: Number(living?.n ?? 0),
    ...{ deleted: of('staff_deleted'), added: of('added'), lost: of('external_deleted', 'missing') },
  };
}

export { since };
