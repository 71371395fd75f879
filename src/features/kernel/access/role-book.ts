import { inChunks } from '../../../db/bulk';
import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { GrantablePermission } from '../../../http/permissions';
import { builtInRoles, isBuiltIn, type RoleDefinition, type RoleKey } from '../../../http/roles';
import { parseStored } from '../../../jobs/sql';
import { accessError } from './access.errors';

interface Row {
  role_key: RoleKey;
  name: string;
  definition: string;
}

/** What the keys stand for now. A key that stands for nothing, or a role that was removed, is left out: it grants nothing. */
export async function definitionsOf(
  db: Database,
  keys: readonly RoleKey[],
): Promise<ReadonlyMap<RoleKey, RoleDefinition>> {
  const found = new Map<RoleKey, RoleDefinition>();
  for (const key of keys) if (isBuiltIn(key)) found.set(key, builtInRoles[key]);
  const custom = keys.filter((key) => !isBuiltIn(key));
  const rows = await inChunks(custom, (chunk) => {
    const [among, ...params] = isIn('role_key', chunk);
    return db.query<Row>(
      `SELECT role_key, name, definition FROM custom_role WHERE removed_at IS NULL AND ${among}`,
      params,
    );
  });
  for (const { role_key, name, definition } of rows) found.set(role_key, { ...parseStored(definition), name });
  return found;
}

/** Everything the roles grant together. */
export async function grantsOf(db: Database, keys: readonly RoleKey[]): Promise<Set<GrantablePermission>> {
  const definitions = [...(await definitionsOf(db, keys)).values()];
  return new Set(definitions.flatMap(({ grants, atTheTop = [] }) => [...grants, ...atTheTop]));
}

/** @throws access.unknown_role when one of them stands for nothing */
export async function assertKnownRoles(db: Database, keys: readonly RoleKey[]): Promise<void> {
  const known = await definitionsOf(db, keys);
  const unknown = keys.filter((key) => !known.has(key));
  if (unknown.length > 0) throw accessError('unknown_role', { unknown });
}
