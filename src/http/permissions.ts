import { createMongoAbility, type MongoAbility } from '@casl/ability';
import {
  builtInRoles,
  type FieldAccess,
  type FieldRules,
  fieldAccesses,
  isBuiltIn,
  type Reach,
  type RoleDefinition,
  type RoleKey,
} from './roles';

/** What a role may be given. `public` needs nobody, `self` needs somebody. */
export const permissions = [
  'directory:read',
  'relations:read',
  'collaborators:write',
  'inbox:read',
  'inbox:replay',
  'runs:read',
  'runs:cancel',
  'sync:start',
  'reconciliation:start',
  'reconciliation:read',
  'settings:read',
  'settings:test',
  'settings:write',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
  'audit:export',
  'exports:approve',
  'access:read',
  'access:write',
  'access:approve',
  'reporting:read',
  'reporting:write',
  'keys:rotate',
  'fields:reveal',
  'privacy:export',
  'privacy:erase',
  'archive:status',
  'archive:read',
  'archive:verify',
  'archive:keys',
  'archive:review',
  'archive:hold',
  'archive:export',
  'findings:read',
  'findings:decide',
  'spot_checks:run',
  'connectors:manage',
  'security_records:read',
  'rules:read',
  'rules:manage',
  'findings:except',
  'reply_quality:read',
  'handovers:read',
  'handovers:manage',
  'customers:read',
  'customers:write',
  'customers:all',
  'contacts:read',
  'contacts:write',
  'leads:read',
  'leads:write',
  'crm:configure',
  'pay:read',
  'pay:configure',
] as const;
export type GrantablePermission = (typeof permissions)[number];
export type Permission = 'public' | 'self' | GrantablePermission;

/** Who asks: a signed-in account or an API token. */
export interface Viewer {
  kind: 'account' | 'token';
  id: string;
  name: string;
  roles: readonly RoleKey[];
  /** What the custom ones among them are called. */
  roleNames: Readonly<Record<string, string>>;
  /** Our id of the staff member who asks; null: nobody of the directory. */
  staffId: string | null;
  /** The widest reach of the roles. */
  reach: Reach;
  /**
   * Whose line the viewer stands at the head of: their own id, or the whole company for a sales manager whom nobody
   * is above; null when no role has a line.
   */
  line: 'company' | string | null;
  permissions: ReadonlySet<GrantablePermission>;
  ability: MongoAbility;
}

/** Whom roles are looked up for. */
export interface Identity extends Pick<Viewer, 'kind' | 'id' | 'name' | 'roles' | 'staffId'> {
  /** Whether anybody stands above the staff member. */
  hasSuperior: boolean;
  /** What the roles are now; the built-in ones need not be named. One that is nowhere grants nothing. */
  definitions?: ReadonlyMap<RoleKey, RoleDefinition>;
}

const reaches: readonly Reach[] = ['nobody', 'line', 'company'];

/** What the roles amount to together: for each thing the most that one of them gives. */
export function viewerOf({ hasSuperior, definitions: known, ...identity }: Identity): Viewer {
  const definitions = identity.roles.flatMap((role) => known?.get(role) ?? (isBuiltIn(role) ? builtInRoles[role] : []));
  const line = lineOf(identity, definitions, hasSuperior);
  const granted = new Set(
    definitions.flatMap(({ grants, atTheTop = [] }) => [...grants, ...(line === 'company' ? atTheTop : [])]),
  );
  return {
    ...identity,
    roleNames: Object.fromEntries(identity.roles.flatMap((role) => nameIn(known, role))),
    reach: most(
      reaches,
      definitions.map((role) => role.reach),
    ),
    line,
    permissions: granted,
    ability: abilityOf(
      granted,
      definitions.map(({ fields }) => fields),
    ),
  };
}

const nameIn = (known: Identity['definitions'], role: RoleKey): [string, string][] => {
  const name = known?.get(role)?.name;
  return name === undefined ? [] : [[role, name]];
};

type Placed = Pick<Viewer, 'roles' | 'staffId'>;

function lineOf({ roles, staffId }: Placed, definitions: RoleDefinition[], hasSuperior: boolean): Viewer['line'] {
  if (!definitions.some(({ reach }) => reach === 'line')) return null;
  return roles.includes('sales_manager') && !hasSuperior ? 'company' : staffId;
}

/** The permission `relations:read` is the action `read` on the subject `relations`; fields are rules of their own. */
function abilityOf(granted: ReadonlySet<Permission>, rules: FieldRules[]): MongoAbility {
  const actions = [...granted].map((permission) => {
    const [subject, action] = permission.split(':') as [string, string];
    return { action, subject };
  });
  const fields = [...new Set(rules.flatMap((rule) => Object.keys(rule)))].flatMap((path) => {
    const [subject, field] = path.split('.') as [string, string];
    const access = most(
      fieldAccesses,
      rules.map((rule) => rule[path as keyof FieldRules] ?? 'none'),
    );
    return access === 'none' ? [] : [{ action: access, subject: `${subject}.${field}` }];
  });
  return createMongoAbility([...actions, ...fields]);
}

function most<T>(ascending: readonly T[], values: T[]): T {
  const top = Math.max(0, ...values.map((value) => ascending.indexOf(value)));
  return ascending[top] as T;
}

/** What the viewer's roles make of a guarded field, whoever's record it is. */
export const fieldAccess = ({ ability }: Pick<Viewer, 'ability'>, path: keyof FieldRules): FieldAccess =>
  fieldAccesses.findLast((access) => ability.can(access, path)) ?? 'none';

/** How the audit trail names a viewer. */
export const actorOf = (viewer: Pick<Viewer, 'kind' | 'id'>): string => `${viewer.kind}:${viewer.id}`;

export const isAllowed = (viewer: Viewer | undefined, can: Permission): boolean => {
  if (can === 'public') return true;
  if (viewer === undefined) return false;
  if (can === 'self') return true;
  const [subject, action] = can.split(':') as [string, string];
  return viewer.ability.can(action, subject);
};
