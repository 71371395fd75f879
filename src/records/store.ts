import type { Vault } from '../core/vault';
import { insertRows } from '../db/bulk';
import { allOf, type Condition, isIn } from '../db/conditions';
import type { Database, Row, Value } from '../db/database';
import { baseColumns, type Codec, codecOf } from './codec';
import { columnOf, type RecordData, type RecordType, type Values } from './record-type';

interface Deps {
  db: Database;
  vault: Vault;
}

export interface Change {
  object: string;
  record_id: string;
  actor: string;
  kind: string;
  changes: Record<string, unknown>;
  reason?: string | undefined;
}

/** What people wrote, and not chose. */
const written = new Set(['text', 'long_text', 'object', 'url', 'email']);

export type RecordStore = ReturnType<typeof createRecordStore>;

/** The rows of one type. */
export function createRecordStore(type: RecordType, { db, vault }: Deps) {
  const codec: Codec = codecOf(type, vault);

  return {
    codec,

    async find(id: string, conditions: readonly Condition[] = []): Promise<RecordData | undefined> {
      const { where, params } = allOf([['t.id = ?', id], ...conditions]);
      const [row] = await db.query<Row>(`SELECT t.* FROM ${type.table} t WHERE ${where}`, params);
      return row && codec.fromRow(row);
    },

    async findAll(ids: readonly string[], conditions: readonly Condition[]): Promise<RecordData[]> {
      if (ids.length === 0) return [];
      const { where, params } = allOf([isIn('t.id', ids), ...conditions]);
      return (await db.query<Row>(`SELECT t.* FROM ${type.table} t WHERE ${where}`, params)).map(codec.fromRow);
    },

    async insert(record: RecordData): Promise<void> {
      const base = baseColumns.map((column) => record[column] as Value);
      const into = { table: type.table, columns: [...baseColumns, ...codec.columns] };
      await insertRows(db, into, [[...base, ...codec.toRow(record, record.id)]]);
    },

    /** @returns whether the record was still at `version` */
    async update(id: string, version: number, values: RecordData): Promise<boolean> {
      const columns = [...codec.columns, 'updated_at', 'updated_by', 'deleted_at', 'deleted_by'];
      const set = [...columns.map((column) => `${column} = ?`), 'version = version + 1'].join(', ');
      const row = [...codec.toRow(values, id), values.updated_at, values.updated_by];
      const sql = `UPDATE ${type.table} SET ${set} WHERE id = ? AND version = ?`;
      const params = [...row, values.deleted_at, values.deleted_by, id, version];
      return (await db.execute(sql, params)) === 1;
    },

    /**
     * Empties whatever was written of the person behind these records: texts, what is sealed, history, what they are found
     * by (S23). That there was a record, whose, and in which state stays. Inside `transact`. @returns how many records
     */
    async forget(ids: readonly string[]): Promise<number> {
      const texts = codec.plain.filter(({ type: kind, system }) => written.has(kind) && !system);
      const blank = texts.map((field) => `${columnOf(field)} = ${field.required ? "''" : 'NULL'}`);
      const [which, ...params] = isIn('id', ids);
      const set = [...blank, 'sealed = NULL', 'updated_at = ?', 'version = version + 1'].join(', ');
      const [of, ...records] = isIn('record_id', ids);
      for (const table of ['record_change', 'record_key', 'record_lookup']) {
        await db.execute(`DELETE FROM ${table} WHERE ${of}`, records);
      }
      return db.execute(`UPDATE ${type.table} SET ${set} WHERE ${which}`, [db.now(), ...params]);
    },

    async note({ object, record_id, actor, kind, changes, reason }: Change): Promise<void> {
      const columns = ['object', 'record_id', 'at', 'actor', 'kind', 'changes', 'reason'];
      const row = [object, record_id, db.now(), actor, kind, JSON.stringify(changes), reason ?? null];
      await insertRows(db, { table: 'record_change', columns }, [row]);
    },
  };
}

/** `{field: [before, after]}` of what differs; of what is sealed only that it does. */
export function differences({ codec }: Pick<RecordStore, 'codec'>, before: Values, after: Values): Values {
  const changed = (key: string) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null);
  const open = codec.columns.filter((column) => column !== 'sealed' && changed(column));
  const hidden = codec.sealed.filter(({ key }) => changed(key));
  return Object.fromEntries([
    ...open.map((column) => [column, [before[column] ?? null, after[column] ?? null]]),
    ...hidden.map(({ key }) => [key, '***']),
  ]);
}
