import { permissionsOf, type Role, roleKeys, type Viewer } from '../../../http/permissions';
import { accessError } from './access.errors';

const isRole = (value: string): value is Role => roleKeys.some((key) => key === value);

/** Role keys as somebody typed them, each once. @throws access.unknown_role */
export function parseRoles(values: readonly string[]): Role[] {
  const roles = [...new Set(values)].filter(isRole);
  if (roles.length === 0 || !values.every(isRole)) throw accessError('unknown_role', { known: roleKeys });
  return roles;
}

/** @throws access.bad_name */
export function parseName(value: string): string {
  const name = value.trim();
  if (name.length < 1 || name.length > 128) throw accessError('bad_name');
  return name;
}

/** The roles column and back. A role this version does not know grants nothing. */
export const packRoles = (roles: readonly Role[]): string => roles.join(',');
export const unpackRoles = (packed: string): Role[] => packed.split(',').filter(isRole);

/** The viewer that an account or API token row stands for. */
export function toViewer(kind: Viewer['kind'], row: { id: string; name: string; roles: string }): Viewer {
  const roles = unpackRoles(row.roles);
  return { kind, id: row.id, name: row.name, roles, permissions: permissionsOf(roles) };
}
