import { normalPhone } from '../core/phone';
import type { Vault } from '../core/vault';
import { insertRows } from '../db/bulk';
import { type Condition, isIn } from '../db/conditions';
import type { Database } from '../db/database';
import { isUniqueViolation } from '../jobs/sql';
import { recordError } from './record.errors';
import type { Key, RecordType } from './record-type';

interface Deps {
  db: Database;
  vault: Vault;
}

export type RecordKeys = ReturnType<typeof createRecordKeys>;

/** What records have for themselves, and what they are found by. Nothing of it stands there readable. */
export function createRecordKeys({ db, vault }: Deps) {
  const hash = ({ kind, value }: Pick<Key, 'kind' | 'value'>): string => vault.fingerprint(kind, value);

  async function claim(type: RecordType, id: string, key: Key): Promise<void> {
    const hashed = hash(key);
    const into = { table: 'record_key', columns: ['object', 'kind', 'hash', 'record_id'] };
    const onConflict = { keys: ['object', 'kind', 'hash'] };
    await insertRows(db, { ...into, onConflict }, [[type.key, key.kind, hashed, id]]);
    const [found] = await db.query<{ record_id: string }>(
      'SELECT record_id FROM record_key WHERE object = ? AND kind = ? AND hash = ?',
      [type.key, key.kind, hashed],
    );
    if (found?.record_id === id) return;
    throw recordError('duplicate', [{ path: key.path, rule: 'duplicate', message: 'There is one already' }]);
  }

  return {
    hash,

    /** Gives up what the record had and takes these. Inside `transact`. @throws record.duplicate */
    async claim(type: RecordType, id: string, keys: readonly Key[]): Promise<void> {
      await db.execute('DELETE FROM record_key WHERE record_id = ?', [id]);
      // In one order for everybody: two who take the same keys then wait for each other instead of both failing.
      const sorted = [...keys].sort((a, b) => (`${a.kind}${a.value}` < `${b.kind}${b.value}` ? -1 : 1));
      for (const key of sorted) await claim(type, id, key).catch(rethrow(key));
    },

    /**
     * What a change brings and takes away; the rest stays as it is, also of a record that was made on purpose although there
     * is another. Inside `transact`. @throws record.duplicate
     */
    async reclaim(type: RecordType, id: string, before: readonly Key[], after: readonly Key[]): Promise<void> {
      const without = (keys: readonly Key[], others: readonly Key[]) =>
        keys.filter((key) => !others.some(({ kind, value }) => kind === key.kind && value === key.value));
      for (const key of without(before, after)) {
        const sql = 'DELETE FROM record_key WHERE record_id = ? AND kind = ? AND hash = ?';
        await db.execute(sql, [id, key.kind, hash(key)]);
      }
      for (const key of without(after, before)) await claim(type, id, key).catch(rethrow(key));
    },

    /** Inside `transact`. */
    async index(type: RecordType, id: string, keys: readonly Key[]): Promise<void> {
      await db.execute('DELETE FROM record_lookup WHERE record_id = ?', [id]);
      const rows = new Map(keys.map((key) => [`${key.kind} ${hash(key)}`, [id, key.kind, hash(key), type.key]]));
      const columns = ['record_id', 'kind', 'hash', 'object'];
      if (rows.size > 0) await insertRows(db, { table: 'record_lookup', columns }, [...rows.values()]);
    },

    /** The records of a type that are found by any of these, as a piece of WHERE. */
    foundBy(type: RecordType, column: string, keys: readonly Pick<Key, 'kind' | 'value'>[]): Condition {
      const [within, ...hashes] = isIn('k.hash', keys.map(hash));
      const [kinds, ...names] = isIn('k.kind', [...new Set(keys.map(({ kind }) => kind))]);
      const sql = `SELECT k.record_id FROM record_lookup k WHERE ${kinds} AND ${within} AND k.object = ?`;
      return [`${column} IN (${sql})`, ...names, ...hashes, type.key];
    },
  };
}

const rethrow =
  (key: Key) =>
  (error: unknown): never => {
    if (!isUniqueViolation(error)) throw error;
    throw recordError('duplicate', [{ path: key.path, rule: 'duplicate', message: 'There is one already' }]);
  };

/** A phone number as records are found by it: whole, and by its last four digits (CON-03). */
export function phoneKeys(path: string, numbers: readonly unknown[]): Key[] {
  const normal = numbers.flatMap((number) => (typeof number === 'string' ? (normalPhone(number) ?? []) : []));
  return normal.flatMap((value) => [
    { kind: 'phone', value, path },
    { kind: 'last4', value: value.slice(-4), path },
  ]);
}
