import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { sha256 } from '../../../core/ids';
import { insertRows } from '../../../db/bulk';
import { httpError } from '../../../http/errors';
import { actorOf, type GrantablePermission, type Viewer } from '../../../http/permissions';
import { builtInRoles, type CustomRoleKey, type RoleDefinition, roleKeys } from '../../../http/roles';
import { iso } from '../../../http/schema';
import { conflictIn, reserved, weighty } from '../../../http/separation';
import { isUniqueViolation, parseStored } from '../../../jobs/sql';
import { accessError } from './access.errors';
import { accountRepository, apiTokenRepository } from './access.repository';
import { CustomRole, CustomRoleVersion } from './custom-role.entity';
import type { ChangedRole, NewRole, roleVersionView, roleView } from './custom-roles.schema';
import { grantsOf } from './role-book';
import { isActive, weightOf } from './second-person';
import type { AccessDeps } from './sessions';
import { unpackRoles } from './viewer';

type View = z.input<typeof roleView>;
type Definition = Pick<RoleDefinition, 'reach' | 'grants' | 'fields'>;

export type CustomRoles = ReturnType<typeof createCustomRoles>;

const nameKey = (name: string): string => sha256(name.normalize('NFKC').toLowerCase());
const definitionOf = ({ reach, permissions, fields }: NewRole): Definition => ({
  reach,
  grants: [...new Set(permissions)].sort(),
  fields,
});

/**
 * Roles that a company puts together itself (PLT-02). A change counts in every process within 5 s, for whoever holds
 * the role: viewers are kept no longer.
 */
export function createCustomRoles({ db, audit, clock }: Pick<AccessDeps, 'db' | 'audit' | 'clock'>) {
  const rows = () => db.em.getRepository(CustomRole);

  const record = (what: string, key: string, viewer: Viewer, detail: object): Promise<void> =>
    audit.record({ actor: actorOf(viewer), action: `role.${what}`, target: `role:${key}`, result: 'ok', detail });

  async function keepVersion({ role_key, version, name, about, definition }: CustomRole, made_by: string) {
    const into = {
      table: 'custom_role_version',
      columns: ['role_key', 'version', 'name', 'about', 'definition', 'made_at', 'made_by'],
    };
    await insertRows(db, into, [[role_key, version, name, about, definition, clock.now(), made_by]]);
  }

  /** @throws access.no_such_role for a built-in one, too: those never change */
  async function known(key: string): Promise<CustomRole> {
    const row = await rows().findOneBy({ role_key: key });
    if (!row || row.removed_at) throw accessError('no_such_role');
    return row;
  }

  /** Whether an account that is not shut out, or a token that is not revoked, has the role. */
  async function isHeld(key: CustomRoleKey): Promise<boolean> {
    const accounts = (await accountRepository(db.em).list()).filter((one) => isActive(one, clock.now()));
    const tokens = (await apiTokenRepository(db.em).list()).filter(({ revoked_at }) => revoked_at === null);
    return [...accounts, ...tokens].some(({ roles }) => unpackRoles(roles).includes(key));
  }

  /** Nobody gets a weighty permission by a change of their role: they are given another role, by two persons. */
  async function assertNoHeavier(row: CustomRole, next: Definition): Promise<void> {
    const key = row.role_key as CustomRoleKey;
    const before = await weightOf(db, [key]);
    const heavier = next.grants.filter((one) => weighty.includes(one) && !before.includes(one));
    if (heavier.length > 0 && (await isHeld(key))) throw accessError('role_in_use', { permissions: heavier });
  }

  /** @throws http.validation when holders who have other roles, too, would then have what is kept apart */
  async function assertHoldersApart(row: CustomRole, next: Definition): Promise<void> {
    for (const account of await accountRepository(db.em).list()) {
      const roles = unpackRoles(account.roles);
      if (!roles.includes(row.role_key as CustomRoleKey)) continue;
      const others = await grantsOf(
        db,
        roles.filter((role) => role !== row.role_key),
      );
      assertApart(new Set([...others, ...next.grants]));
    }
  }

  const refuseTakenName = (error: unknown): never => {
    throw isUniqueViolation(error) ? accessError('role_name_taken') : error;
  };

  return {
    /** The built-in ones first, then by name. */
    async list(): Promise<View[]> {
      const custom = (await rows().find({ order: { name: 'ASC' } })).filter(({ removed_at }) => removed_at === null);
      return [...roleKeys.map(builtInView), ...custom.map(toView)];
    },

    /** Newest first. */
    async versions(key: string): Promise<z.input<typeof roleVersionView>[]> {
      const found = await db.em
        .getRepository(CustomRoleVersion)
        .find({ where: { role_key: key }, order: { version: 'DESC' } });
      return found.map(({ role_key: _, definition, made_at, ...row }) => ({
        ...row,
        ...shown(definition),
        made_at: iso(made_at),
      }));
    },

    /** @throws http.validation, access.role_name_taken */
    async create(body: NewRole, viewer: Viewer): Promise<View> {
      const definition = checked(body);
      const key: CustomRoleKey = `custom_${randomBytes(6).toString('hex')}`;
      const now = clock.now();
      const row: CustomRole = {
        ...{ role_key: key, name: body.name, name_key: nameKey(body.name), about: body.about, version: 1 },
        ...{ definition: JSON.stringify(definition), created_at: now, updated_at: now, removed_at: null },
      };
      const work = async () => {
        await rows().insert(row);
        await keepVersion(row, actorOf(viewer));
        await record('created', key, viewer, { name: body.name, ...definition });
      };
      await db.transact(work).catch(refuseTakenName);
      return toView(row);
    },

    /** @throws http.validation, access.no_such_role, role_changed, role_in_use, role_name_taken */
    async change(key: string, body: ChangedRole, viewer: Viewer): Promise<View> {
      const definition = checked(body);
      const work = async () => {
        const before = await known(key);
        await assertNoHeavier(before, definition);
        await assertHoldersApart(before, definition);
        const next = { name: body.name, name_key: nameKey(body.name), about: body.about };
        const more = { definition: JSON.stringify(definition), version: body.version + 1, updated_at: clock.now() };
        const { affected } = await rows().update({ role_key: key, version: body.version }, { ...next, ...more });
        if (affected !== 1) throw accessError('role_changed');
        const row = { ...before, ...next, ...more };
        await keepVersion(row, actorOf(viewer));
        const detail = { name: body.name, version: row.version, before: parseStored<Definition>(before.definition) };
        await record('changed', key, viewer, { ...detail, after: definition });
        return row;
      };
      return toView(await db.transact(work).catch(refuseTakenName));
    },

    /** @throws access.no_such_role, role_in_use */
    remove: (key: string, viewer: Viewer): Promise<void> =>
      db.transact(async () => {
        const row = await known(key);
        if (await isHeld(row.role_key as CustomRoleKey)) throw accessError('role_in_use');
        await rows().update({ role_key: key }, { removed_at: clock.now(), name_key: sha256(key) });
        await record('removed', key, viewer, { name: row.name });
      }),
  };
}

const fault = (rule: string, message: string) => httpError('validation', [{ path: 'permissions', rule, message }]);

/** @throws http.validation */
function assertApart(grants: ReadonlySet<GrantablePermission>): void {
  const conflict = conflictIn(grants);
  if (conflict) throw fault('separation', `one person cannot have ${conflict.join(' and ')}`);
}

/** What a role may be. @throws http.validation */
function checked(body: NewRole): Definition {
  const taken = body.permissions.filter((permission) => reserved.includes(permission));
  if (taken.length > 0) throw fault('reserved', `only built-in roles have ${taken.join(', ')}`);
  assertApart(new Set(body.permissions));
  return definitionOf(body);
}

const shown = (definition: string) => {
  const { grants, ...rest } = parseStored<Definition>(definition);
  return { ...rest, permissions: [...grants] };
};

const toView = ({ role_key, name, about, version, definition }: CustomRole): View => ({
  key: role_key as CustomRoleKey,
  ...{ name, about, version },
  ...shown(definition),
});

const builtInView = (key: (typeof roleKeys)[number]): View => {
  const { reach, grants, fields } = builtInRoles[key];
  return { key, name: null, about: '', version: 0, reach, permissions: [...grants], fields };
};
