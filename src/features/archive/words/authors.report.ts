import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';

const kind = 'account:';

/** Today's names of those who wrote versions of lists, as the audit trail spells them; the product itself has none. */
export async function authorNames(db: Database, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = actors.flatMap((actor) => (actor.startsWith(kind) ? [actor.slice(kind.length)] : []));
  const [where, ...params] = isIn('id', [...new Set(ids)]);
  const rows = await db.query<{ id: string; name: string }>(`SELECT id, name FROM account WHERE ${where}`, params);
  return new Map(rows.map(({ id, name }) => [kind + id, name]));
}
