import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';

/** Whoever and whatever of the trail has a name that readers of it may see. Of external contacts they may not. */
const tables = {
  account: { table: 'account', key: 'id' },
  token: { table: 'api_token', key: 'id' },
  staff: { table: 'staff', key: 'id' },
  role: { table: 'custom_role', key: 'role_key' },
} as const;

/**
 * Today's names of those who acted and of what they acted upon, by actor and target as the trail spells them. Who is
 * gone has none, and names are no evidence: the trail proves the id.
 */
export async function namesOf(db: Database, spelled: readonly string[]): Promise<Map<string, string>> {
  const all = [...new Set(spelled)];
  const names = await Promise.all(
    Object.entries(tables).map(async ([kind, { table, key }]) => {
      const prefix = `${kind}:`;
      const ids = all.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
      if (ids.length === 0) return [];
      const [where, ...params] = isIn(key, ids);
      const sql = `SELECT ${key} AS id, name FROM ${table} WHERE ${where}`;
      const rows = await db.query<{ id: string; name: string }>(sql, params);
      return rows.map(({ id, name }) => [`${prefix}${id}`, name] as const);
    }),
  );
  return new Map(names.flat());
}
