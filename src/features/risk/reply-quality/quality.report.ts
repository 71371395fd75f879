import { groupBy } from '../../../core/collections';
import { type Database, toDate } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { ScopeService } from '../../kernel/scope';
import { coverageByStaff, together } from './coverage.report';
import type { ReplyDay } from './reply-quality.entity';
import type { ReplyQualityQuery, ReplyQualityView } from './reply-quality.schema';

interface Deps {
  db: Database;
  scopes: ScopeService;
  targetMinutes: number;
}

type Item = ReplyQualityView['items'][number];
type Key = ReplyQualityQuery['by'];

interface Member {
  userid: string;
  name: string | null;
  team: string;
}

/** How soon was answered from one day to another, both included, inside the viewer's reach; and how much of it was seen. */
export const qualityReport =
  ({ db, scopes, targetMinutes }: Deps) =>
  async ({ from, to, by }: ReplyQualityQuery, viewer: Viewer): Promise<ReplyQualityView> => {
    const scope = await scopes.of(viewer);
    const [inReach, ...reach] = scope.userid('d.userid') ?? ['1 = 1'];
    const rows = await db.query<ReplyDay>(
      `SELECT d.* FROM reply_day d WHERE d.day >= ? AND d.day <= ? AND ${inReach} ORDER BY d.day, d.userid`,
      [from, to, ...reach],
    );
    const coverage = await coverageByStaff(db, scope.userid('s.userid'));
    const keyOf = await keys(db, by);
    const days = groupBy(rows, (row) => keyOf.of(row));
    const covered =
      by === 'day' ? new Map<string, never[]>() : groupBy(coverage, ({ userid }) => keyOf.of({ userid, day: '' }));
    const items = [...new Set([...days.keys(), ...covered.keys()])].sort().map((key): Item => {
      const seen = by === 'day' ? null : together(covered.get(key) ?? []);
      return { key, name: keyOf.name(key), ...measured(days.get(key) ?? []), coverage: seen };
    });
    return {
      ...{ from, to, by, target_minutes: targetMinutes, computed_at: await computedAt(db) },
      ...{ items, total: { ...measured(rows), coverage: together(coverage) } },
    };
  };

interface Keys {
  of(row: Pick<ReplyDay, 'userid' | 'day'>): string;
  name(key: string): string | null;
}

/** By what rows belong together. Whoever is in several departments counts in the main one. */
async function keys(db: Database, by: Key): Promise<Keys> {
  if (by === 'day') return { of: ({ day }) => day, name: () => null };
  const members = await db.query<Omit<Member, 'team'> & { team: unknown }>(
    `SELECT s.userid, s.name, COALESCE(s.main_department_id,
       (SELECT MIN(p.department_id) FROM staff_department p WHERE p.staff_id = s.id)) AS team FROM staff s`,
  );
  const member = new Map(members.map((one) => [one.userid, { ...one, team: String(one.team ?? '') }]));
  if (by === 'person') return { of: ({ userid }) => userid, name: (key) => member.get(key)?.name ?? null };
  const departments = await db.query<{ id: unknown; name: string | null }>('SELECT id, name FROM department');
  const names = new Map(departments.map(({ id, name }) => [String(id), name]));
  return { of: ({ userid }) => member.get(userid)?.team ?? '', name: (key) => names.get(key) ?? null };
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function measured(rows: readonly ReplyDay[]): Omit<Item, 'key' | 'name' | 'coverage'> {
  const of = (column: 'questions' | 'answered' | 'within_target' | 'out_of_hours' | 'unanswered_at_end') =>
    sum(rows.map((row) => Number(row[column])));
  const answered = of('answered');
  const waits = rows.flatMap((row): number[] => JSON.parse(row.working_seconds)).sort((one, other) => one - other);
  const mean = (all: number) => (answered === 0 ? null : Math.round(all / answered));
  return {
    ...{ questions: of('questions'), answered, within_target: of('within_target') },
    ...{ out_of_hours: of('out_of_hours'), unanswered_at_end: of('unanswered_at_end') },
    first_reply_seconds: { mean: mean(sum(waits)), p50: percentile(waits, 0.5), p90: percentile(waits, 0.9) },
    wall_seconds_mean: mean(sum(rows.map((row) => Number(row.wall_seconds)))),
  };
}

/** The least value that so many of them do not exceed. */
const percentile = (ascending: readonly number[], share: number): number | null =>
  ascending[Math.ceil(ascending.length * share) - 1] ?? null;

async function computedAt(db: Database): Promise<string | null> {
  const [row] = await db.query<{ updated_at: unknown }>('SELECT updated_at FROM reply_progress WHERE id = 1');
  return row ? iso(toDate(row.updated_at)) : null;
}
