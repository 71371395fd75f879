// Stands on its own, so that it needs nothing of the console around it.

const groups = {
  customers: [
    'directory:read',
    'relations:read',
    'collaborators:write',
    'fields:reveal',
    'privacy:export',
    'privacy:erase',
    'handovers:read',
    'handovers:manage',
    'customers:read',
    'customers:write',
    'customers:all',
    'contacts:read',
    'contacts:write',
    'leads:read',
    'leads:write',
  ],
  mirror: [
    'inbox:read',
    'inbox:replay',
    'runs:read',
    'runs:cancel',
    'sync:start',
    'reconciliation:start',
    'reconciliation:read',
  ],
  money: ['pay:read', 'pay:configure'],
  archive: [
    'archive:status',
    'archive:read',
    'archive:review',
    'archive:hold',
    'archive:export',
    'archive:verify',
    'archive:keys',
  ],
  risk: [
    'findings:read',
    'findings:decide',
    'findings:except',
    'rules:read',
    'rules:manage',
    'reply_quality:read',
    'spot_checks:run',
    'connectors:manage',
    'security_records:read',
  ],
  system: [
    'settings:read',
    'settings:test',
    'settings:write',
    'crm:configure',
    'webhooks:read',
    'webhooks:write',
    'audit:read',
    'audit:export',
    'exports:approve',
    'keys:rotate',
  ],
  access: ['access:read', 'access:write', 'access:approve', 'reporting:read', 'reporting:write'],
} as const;

export type GroupKey = keyof typeof groups | 'other';

export interface PermissionGroup {
  key: GroupKey;
  permissions: string[];
}

/** The permissions that any role gives, by what they are about; what has no place yet comes last. */
export function permissionGroups(roles: readonly { permissions: readonly string[] }[]): PermissionGroup[] {
  const given = new Set(roles.flatMap(({ permissions }) => permissions));
  const placed = Object.entries(groups).map(([key, permissions]) => ({
    key: key as GroupKey,
    permissions: permissions.filter((permission) => given.has(permission)),
  }));
  const known = new Set<string>(Object.values(groups).flat());
  const other = { key: 'other' as const, permissions: [...given].filter((permission) => !known.has(permission)) };
  return [...placed, other].filter(({ permissions }) => permissions.length > 0);
}

export const fields = [
  'relation.remark_mobiles',
  'relation.description',
  'external_contact.unionid',
  'party.channels',
  'party.personal',
  'party.sensitive',
  'party.bank_account',
] as const;

/** Power over the powers of others: the server leaves it to the built-in roles. */
const reserved: readonly string[] = ['access:write', 'access:approve', 'exports:approve'];

/** Whether a role of one's own may have it. */
export const givable = (permission: string): boolean => !reserved.includes(permission);
