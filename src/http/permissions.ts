/** The role keys of design §5.1. Until roles are enforced, every role may read; working the machinery is for operators. */
export const roleKeys = [
  'system_admin',
  'security_admin',
  'compliance_officer',
  'auditor',
  'sales',
  'sales_manager',
  'service',
  'marketing',
  'finance',
] as const;
export type Role = (typeof roleKeys)[number];

const reads = ['directory:read', 'relations:read', 'inbox:read', 'runs:read', 'settings:read', 'audit:read'] as const;
const operations = ['sync:start', 'reconciliation:start', 'inbox:replay', 'runs:cancel', 'settings:test'] as const;
/** What changes how the whole server works. */
const administration = ['settings:write'] as const;

/** `public` needs nobody, `self` needs somebody, the rest a role that grants it. */
export type Permission =
  | 'public'
  | 'self'
  | (typeof reads)[number]
  | (typeof operations)[number]
  | (typeof administration)[number];

const operators: readonly Role[] = ['system_admin', 'security_admin', 'compliance_officer', 'sales_manager'];

const grantsOf = (role: Role): readonly Permission[] => [
  ...reads,
  ...(operators.includes(role) ? operations : []),
  ...(role === 'system_admin' ? administration : []),
];

export const permissionsOf = (roles: readonly Role[]): Set<Permission> => new Set(roles.flatMap(grantsOf));

/** Who asks: a signed-in account or an API token. */
export interface Viewer {
  kind: 'account' | 'token';
  id: string;
  name: string;
  roles: readonly Role[];
  permissions: ReadonlySet<Permission>;
}

/** How the audit trail names a viewer. */
export const actorOf = (viewer: Viewer): string => `${viewer.kind}:${viewer.id}`;

export const isAllowed = (viewer: Viewer | undefined, can: Permission): boolean =>
  can === 'public' || (viewer !== undefined && (can === 'self' || viewer.permissions.has(can)));
