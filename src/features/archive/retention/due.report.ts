import { groupBy } from '../../../core/collections';
import { allOf, anyOf, type Condition, isIn, never } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { RetentionRule } from './retention.entity';

/** The instant so many years before another. 29 February ends a day later. */
export const yearsBefore = (at: Date, years: number): Date => {
  const then = new Date(at);
  then.setUTCFullYear(then.getUTCFullYear() - years);
  return then;
};

/** A department and all below it. */
async function withBelow(db: Database, id: number): Promise<number[]> {
  const rows = await db.query<{ id: unknown; parent_id: unknown }>('SELECT id, parent_id FROM department');
  const below = groupBy(rows, ({ parent_id }) => Number(parent_id ?? 0));
  const found = [id];
  for (const one of found) {
    for (const row of below.get(one) ?? []) if (!found.includes(Number(row.id))) found.push(Number(row.id));
  }
  return found;
}

/** Messages (`m`) a rule speaks of. */
async function fits(db: Database, { department_id, kind, type }: RetentionRule): Promise<Condition> {
  const [inDepartments, ...departments] =
    department_id === null ? never : isIn('d.department_id', await withBelow(db, Number(department_id)));
  const { where, params } = allOf([
    ...(type === null ? [] : [['m.type = ?', type] as const]),
    ...(kind === null
      ? []
      : [['m.conversation_id IN (SELECT c.id FROM archive_conversation c WHERE c.kind = ?)', kind] as const]),
    ...(department_id === null
      ? []
      : [
          [
            `m.conversation_id IN (SELECT p.conversation_id FROM archive_participant p
               JOIN staff s ON s.userid = p.person JOIN staff_department d ON d.staff_id = s.id
               WHERE p.kind = 'staff' AND ${inDepartments})`,
            ...departments,
          ] as const,
        ]),
  ]);
  return [`(${where})`, ...params];
}

const not = ([sql, ...params]: Condition): Condition => [`NOT (${sql})`, ...params];
/** What is gone already. */
export const notPurged: Condition = ['NOT EXISTS (SELECT 1 FROM archive_purged x WHERE x.message_id = m.id)'];

/** Messages (`m`) whose time is over by every rule that speaks of them, and at least one does (A7). */
export async function expired(db: Database, rules: readonly RetentionRule[], asOf: Date): Promise<Condition> {
  if (rules.length === 0) return never;
  const spoken = await Promise.all(
    rules.map(async (rule) => ({ fit: await fits(db, rule), cutoff: yearsBefore(asOf, rule.years) })),
  );
  const both = ({ fit: [sql, ...params], cutoff }: (typeof spoken)[number], sign: string): Condition => [
    `(${sql} AND m.sent_at ${sign} ?)`,
    ...params,
    cutoff,
  ];
  const over = anyOf(spoken.map((one) => both(one, '<')));
  const lasting = anyOf(spoken.map((one) => both(one, '>=')));
  const { where, params } = allOf([over, not(lasting), notPurged]);
  return [`(${where})`, ...params];
}

/** Of these, what no hold keeps, or only what one keeps. */
export const withoutHeld = (due: Condition, held: Condition): Condition => {
  const { where, params } = allOf([due, not(held)]);
  return [`(${where})`, ...params];
};
export const onlyHeld = (due: Condition, held: Condition): Condition => {
  const { where, params } = allOf([due, held]);
  return [`(${where})`, ...params];
};

/** Ids of messages above `after`, ascending. */
export async function idsWhere(
  db: Database,
  [sql, ...params]: Condition,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const rows = await db.query<{ id: number | string }>(
    `SELECT m.id FROM archive_message m WHERE m.id > ? AND ${sql} ORDER BY m.id LIMIT ?`,
    [after, ...params, limit],
  );
  return rows.map(({ id }) => Number(id));
}

export async function countWhere(db: Database, [sql, ...params]: Condition) {
  const [row] = await db.query<{ n: unknown; c: unknown; oldest: unknown; newest: unknown }>(
    `SELECT COUNT(*) AS n, COUNT(DISTINCT m.conversation_id) AS c, MIN(m.sent_at) AS oldest, MAX(m.sent_at) AS newest
     FROM archive_message m WHERE ${sql}`,
    params,
  );
  return {
    messages: Number(row?.n ?? 0),
    conversations: Number(row?.c ?? 0),
    oldest: row?.oldest,
    newest: row?.newest,
  };
}
