import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';

/** Today's names of those who acted, as the audit trail spells them. */
export async function actorNames(
  db: Database,
  actors: readonly (string | null)[],
): Promise<(actor: string) => { actor: string; name: string | null }> {
  const read = async (kind: string, table: string) => {
    const ids = actors.flatMap((actor) => (actor?.startsWith(`${kind}:`) ? [actor.slice(kind.length + 1)] : []));
    const [where, ...params] = isIn('id', [...new Set(ids)]);
    const rows = await db.query<{ id: string; name: string }>(`SELECT id, name FROM ${table} WHERE ${where}`, params);
    return rows.map(({ id, name }) => [`${kind}:${id}`, name] as const);
  };
  const names = new Map<string, string>([...(await read('account', 'account')), ...(await read('token', 'api_token'))]);
  return (actor) => ({ actor, name: names.get(actor) ?? null });
}
