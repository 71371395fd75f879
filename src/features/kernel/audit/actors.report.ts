import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';

const tables = { account: 'account', token: 'api_token' } as const;

/**
 * Today's names of those who acted, by the actor as the trail spells it. Who is gone has none, and names are no
 * evidence: the trail proves the id.
 */
export async function namesOfActors(db: Database, actors: readonly string[]): Promise<Map<string, string>> {
  const names = await Promise.all(
    Object.entries(tables).map(async ([kind, table]) => {
      const prefix = `${kind}:`;
      const ids = [...new Set(actors)].filter((actor) => actor.startsWith(prefix)).map((a) => a.slice(prefix.length));
      if (ids.length === 0) return [];
      const [where, ...params] = isIn('id', ids);
      const rows = await db.query<{ id: string; name: string }>(`SELECT id, name FROM ${table} WHERE ${where}`, params);
      return rows.map(({ id, name }) => [`${prefix}${id}`, name] as const);
    }),
  );
  return new Map(names.flat());
}
