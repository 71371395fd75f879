import { newId } from '../../../core/ids';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { InterceptRange, InterceptType, Semantics } from '../../../wecom';
import type { Interception, InterceptionRule } from './interception.entity';

/** What is intercepted of a list, of whom. */
export interface Plan {
  id: string;
  list_id: string;
  type: InterceptType;
  semantics: Semantics[];
  range: InterceptRange;
  version: number;
  pushed: { version: number; list_version: number; enabled: boolean; at: Date } | null;
  removed_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export type PlanSettings = Pick<Plan, 'type' | 'semantics' | 'range'>;

export type InterceptionStore = ReturnType<typeof createInterceptionStore>;

/** What is to be intercepted, and the rules of ours. Everything that writes is called inside a transaction. */
export function createInterceptionStore(db: Database) {
  const valuesOf = ({ type, semantics, range }: PlanSettings) => [
    ...[type, JSON.stringify(semantics), JSON.stringify(range.userids), JSON.stringify(range.department_ids)],
  ];

  return {
    async find(id: string): Promise<Plan | undefined> {
      const [row] = await db.query<Interception>('SELECT * FROM interception WHERE id = ?', [id]);
      return row && toPlan(row);
    },

    all: async (): Promise<Plan[]> =>
      (await db.query<Interception>('SELECT * FROM interception ORDER BY id')).map(toPlan),

    async add(listId: string, settings: PlanSettings): Promise<string> {
      const id = newId();
      const columns = [
        ...['id', 'list_id', 'type', 'semantics', 'userids', 'department_ids', 'version', 'created_at', 'updated_at'],
      ];
      const row = [id, listId, ...valuesOf(settings), 1, db.now(), db.now()];
      await insertRows(db, { table: 'interception', columns }, [row]);
      return id;
    },

    /** @returns false when it has another version by now, or is to go */
    async change(id: string, version: number, settings: PlanSettings): Promise<boolean> {
      const changed = await db.execute(
        `UPDATE interception SET type = ?, semantics = ?, userids = ?, department_ids = ?, version = version + 1,
         updated_at = ? WHERE id = ? AND version = ? AND removed_at IS NULL`,
        [...valuesOf(settings), db.now(), id, version],
      );
      return changed === 1;
    },

    async markRemoved(id: string): Promise<void> {
      await db.execute('UPDATE interception SET removed_at = ? WHERE id = ? AND removed_at IS NULL', [db.now(), id]);
    },

    /** WeCom has it all. What changed meanwhile is pushed by the next run. */
    async pushed({ id, version }: Plan, list: { version: number; enabled: boolean }): Promise<void> {
      await db.execute(
        `UPDATE interception SET pushed_version = ?, pushed_list_version = ?, pushed_enabled = ?, pushed_at = ?
         WHERE id = ?`,
        [version, list.version, list.enabled, db.now(), id],
      );
    },

    async forget(id: string): Promise<void> {
      await db.execute('DELETE FROM interception WHERE id = ?', [id]);
    },

    /** By the part; of all plans where none is named. */
    rules: (planId?: string): Promise<InterceptionRule[]> =>
      planId === undefined
        ? db.query<InterceptionRule>('SELECT * FROM interception_rule ORDER BY interception_id, part')
        : db.query<InterceptionRule>('SELECT * FROM interception_rule WHERE interception_id = ? ORDER BY part', [
            planId,
          ]),

    async intend(planId: string, rules: readonly { part: number; name: string }[]): Promise<void> {
      const into = { table: 'interception_rule', columns: ['id', 'interception_id', 'part', 'name'] };
      await insertRows(
        db,
        into,
        rules.map(({ part, name }) => [newId(), planId, part, name]),
      );
    },

    async made(id: string, ruleId: string): Promise<void> {
      await db.execute('UPDATE interception_rule SET rule_id = ? WHERE id = ?', [ruleId, id]);
    },

    async drop(id: string): Promise<void> {
      await db.execute('DELETE FROM interception_rule WHERE id = ?', [id]);
    },
  };
}

const toPlan = (row: Interception): Plan => ({
  ...{ id: row.id, list_id: row.list_id, type: row.type, semantics: JSON.parse(row.semantics) },
  range: { userids: JSON.parse(row.userids), department_ids: JSON.parse(row.department_ids) },
  version: Number(row.version),
  pushed: row.pushed_at === null ? null : pushedOf(row),
  ...{ removed_at: toDateOrNull(row.removed_at), created_at: toDate(row.created_at) },
  updated_at: toDate(row.updated_at),
});

const pushedOf = (row: Interception): Plan['pushed'] => ({
  ...{ version: Number(row.pushed_version), list_version: Number(row.pushed_list_version) },
  ...{ enabled: Boolean(row.pushed_enabled), at: toDate(row.pushed_at) },
});
