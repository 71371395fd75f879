import type { GrantablePermission } from './permissions';

/** The role keys of design §5.1. */
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

/** A role the company put together itself. No built-in key begins so, and the server makes the rest. */
export type CustomRoleKey = `custom_${string}`;
export type RoleKey = Role | CustomRoleKey;

export const isBuiltIn = (key: string): key is Role => roleKeys.some((role) => role === key);
export const isCustom = (key: string): key is CustomRoleKey => /^custom_[\da-f]{12}$/.test(key);

/**
 * Whose records a role sees: nobody's, those of the viewer and of everybody below in the reporting tree, or all of the
 * company's. Only records have an owner: settings, the directory and corp tags belong to the company.
 */
export type Reach = 'nobody' | 'line' | 'company';

/** Least first. */
export const fieldAccesses = ['none', 'masked', 'read', 'write'] as const;
export type FieldAccess = (typeof fieldAccesses)[number];

/** Fields that not everybody sees who sees the record. Of records outside the viewer's own line `read` is `masked`. */
export const guardedFields = [
  'relation.remark_mobiles',
  'relation.description',
  'external_contact.unionid',
  /** Phone numbers and mail addresses of customers, contacts and leads. */
  'party.channels',
  /** What else is personal of a contact (crm-features §3.2, class P). */
  'party.personal',
  /** Class S: off unless a custom role gives it, bank accounts of customers excepted. */
  'party.sensitive',
  'party.bank_account',
] as const;
export type GuardedField = (typeof guardedFields)[number];
export type FieldRules = Partial<Record<GuardedField, FieldAccess>>;

export interface RoleDefinition {
  /** Of a custom role; the built-in ones are named by the console. */
  name?: string;
  reach: Reach;
  grants: readonly GrantablePermission[];
  /** What comes on top for whoever has nobody above them: their line is the whole company. */
  atTheTop?: readonly GrantablePermission[];
  fields: FieldRules;
}

const ownLine: FieldRules = {
  'relation.remark_mobiles': 'read',
  'relation.description': 'read',
  'external_contact.unionid': 'read',
  'party.channels': 'write',
  'party.personal': 'write',
};
const everythingMasked: FieldRules = {
  'relation.remark_mobiles': 'masked',
  'relation.description': 'read',
  'external_contact.unionid': 'read',
  'party.channels': 'masked',
  'party.personal': 'masked',
};

/** Leads, customers and contacts, each inside the role's reach. */
const partyGrants = [
  ...(['customers:read', 'customers:write', 'contacts:read', 'contacts:write', 'leads:read', 'leads:write'] as const),
];

/**
 * Who may what (crm-features §4.6). No administrator sees business data, and whoever gives roles has none of the
 * others' powers.
 */
export const builtInRoles: Readonly<Record<Role, RoleDefinition>> = {
  system_admin: {
    reach: 'nobody',
    grants: [
      'directory:read',
      'inbox:read',
      'inbox:replay',
      'runs:read',
      'runs:cancel',
      'sync:start',
      'reconciliation:start',
      'settings:read',
      'settings:test',
      'settings:write',
      'webhooks:read',
      'webhooks:write',
      'access:read',
      'access:approve',
      'reporting:read',
      'archive:status',
      'rules:read',
      'crm:configure',
    ],
    fields: {},
  },
  security_admin: {
    reach: 'nobody',
    grants: [
      'directory:read',
      'access:read',
      'access:write',
      'access:approve',
      'reporting:read',
      'reporting:write',
      'audit:read',
      'runs:read',
      'settings:read',
      'keys:rotate',
      'archive:status',
      'archive:keys',
      'connectors:manage',
      'security_records:read',
    ],
    fields: {},
  },
  compliance_officer: {
    reach: 'company',
    grants: [
      'directory:read',
      'relations:read',
      'inbox:read',
      'runs:read',
      'runs:cancel',
      'sync:start',
      'reconciliation:start',
      'reconciliation:read',
      'audit:read',
      'audit:export',
      'exports:approve',
      'access:approve',
      'reporting:read',
      'fields:reveal',
      'privacy:export',
      'privacy:erase',
      'archive:status',
      'archive:read',
      'archive:verify',
      'archive:review',
      'archive:hold',
      'archive:export',
      'findings:read',
      'findings:decide',
      'spot_checks:run',
      'security_records:read',
      'rules:read',
      'rules:manage',
      'findings:except',
      'reply_quality:read',
      'handovers:read',
      'customers:read',
      'contacts:read',
      'leads:read',
    ],
    fields: everythingMasked,
  },
  auditor: {
    reach: 'company',
    grants: [
      'directory:read',
      'relations:read',
      'inbox:read',
      'runs:read',
      'reconciliation:read',
      'audit:read',
      'archive:status',
      'archive:read',
      'archive:verify',
      'findings:read',
      'rules:read',
      'handovers:read',
      'customers:read',
      'contacts:read',
      'leads:read',
    ],
    fields: everythingMasked,
  },
  sales: {
    reach: 'line',
    grants: ['directory:read', 'relations:read', 'collaborators:write', 'fields:reveal', ...partyGrants],
    fields: ownLine,
  },
  sales_manager: {
    reach: 'line',
    grants: [
      'directory:read',
      'relations:read',
      'collaborators:write',
      'fields:reveal',
      'reporting:read',
      'runs:read',
      'runs:cancel',
      'sync:start',
      'reconciliation:start',
      'reconciliation:read',
      'findings:read',
      'findings:decide',
      'spot_checks:run',
      'rules:read',
      'reply_quality:read',
      'handovers:read',
      'handovers:manage',
      ...partyGrants,
    ],
    atTheTop: ['inbox:read', 'inbox:replay'],
    fields: ownLine,
  },
  service: {
    reach: 'line',
    grants: ['directory:read', 'relations:read', 'fields:reveal', ...partyGrants],
    fields: ownLine,
  },
  marketing: {
    reach: 'line',
    grants: ['directory:read', 'relations:read', ...partyGrants],
    fields: { 'relation.remark_mobiles': 'masked', 'party.channels': 'masked', 'party.personal': 'masked' },
  },
  finance: {
    reach: 'nobody',
    grants: ['directory:read', 'customers:read', 'customers:all', 'contacts:read', 'pay:read', 'pay:configure'],
    fields: { 'party.channels': 'masked', 'party.personal': 'masked', 'party.bank_account': 'write' },
  },
};
