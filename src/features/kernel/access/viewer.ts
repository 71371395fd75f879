import type { Clock } from '../../../core/clock';
import type { Database } from '../../../db/database';
import { type Viewer, viewerOf } from '../../../http/permissions';
import { isBuiltIn, isCustom, type RoleKey, roleKeys } from '../../../http/roles';
import type { ReportingService } from '../scope';
import type { Account } from './access.entity';
import { accessError } from './access.errors';
import { definitionsOf } from './role-book';

export const isRoleKey = (value: string): value is RoleKey => isBuiltIn(value) || isCustom(value);

/** Role keys as somebody typed them, each once. @throws access.unknown_role */
export function parseRoles(values: readonly string[]): RoleKey[] {
  const roles = [...new Set(values)].filter(isRoleKey);
  if (roles.length === 0 || !values.every(isRoleKey)) throw accessError('unknown_role', { known: roleKeys });
  return roles;
}

/** @throws access.bad_name */
export function parseName(value: string): string {
  const name = value.trim();
  if (name.length < 1 || name.length > 128) throw accessError('bad_name');
  return name;
}

/** The roles column and back. A role this version does not know grants nothing. */
export const packRoles = (roles: readonly RoleKey[]): string => roles.join(',');
export const unpackRoles = (packed: string): RoleKey[] => packed.split(',').filter(isRoleKey);

interface Standings {
  db: Database;
  reporting: Pick<ReportingService, 'standing'>;
  clock: Clock;
}

/** The viewer an account stands for; undefined while it is disabled, expired, or its staff member is gone. */
export async function viewerOfAccount(account: Account, { clock, ...reading }: Standings): Promise<Viewer | undefined> {
  const isOver = account.disabled_at !== null || (account.expires_at !== null && account.expires_at <= clock.now());
  return isOver ? undefined : toViewer('account', account, reading);
}

/** What an account and an API token have in common. */
interface Holder {
  id: string;
  name: string;
  roles: string;
  staff_id: string | null;
}

/** The viewer a row stands for; undefined when its staff member left or is disabled. */
export async function toViewer(
  kind: Viewer['kind'],
  { id, name, roles, staff_id }: Holder,
  { reporting, db }: Omit<Standings, 'clock'>,
): Promise<Viewer | undefined> {
  const standing = staff_id === null ? undefined : await reporting.standing(staff_id);
  if (staff_id !== null && !standing?.isServing) return undefined;
  const held = unpackRoles(roles);
  return viewerOf({
    ...{ kind, id, name, staffId: staff_id, roles: held, definitions: await definitionsOf(db, held) },
    hasSuperior: standing?.hasSuperior ?? false,
  });
}
