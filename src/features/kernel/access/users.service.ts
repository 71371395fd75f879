import type { z } from 'zod';
import { days } from '../../../core/clock';
import { httpError } from '../../../http/errors';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { RoleKey } from '../../../http/roles';
import { iso, isoOrNull } from '../../../http/schema';
import { conflictIn } from '../../../http/separation';
import type { ApprovalService } from '../approvals';
import type { Account } from './access.entity';
import { accessError } from './access.errors';
import { accountRepository } from './access.repository';
import type { AccessService } from './access.service';
import { assertKnownRoles, grantsOf } from './role-book';
import { type Grant, isActive, needsSecondPerson } from './second-person';
import type { AccessDeps } from './sessions';
import { signInPath } from './sign-in';
import { defineUserActs, type UserAct } from './user-acts';
import type { createdUser, NewUser, RolesBody, tokenView, userView } from './users.schema';
import { packRoles, unpackRoles } from './viewer';

type UserView = z.input<typeof userView>;
type TokenView = z.input<typeof tokenView>;

export type UserService = ReturnType<typeof createUserService>;

/** Of these one person holds one (S11): who runs the server, who gives the roles, who reads what others wrote. */
const duties: readonly RoleKey[] = ['system_admin', 'security_admin', 'compliance_officer', 'auditor'];
/** Without these nobody could let anybody in, or mend the server. */
const indispensable: readonly RoleKey[] = ['system_admin', 'security_admin'];

type Given = { roles: readonly RoleKey[]; expires_at?: Date | null | undefined };

interface UserDeps extends AccessDeps {
  approvals: Pick<ApprovalService, 'define' | 'required'>;
}

/** Users and API tokens, as a security administrator gives them out. */
export function createUserService(access: AccessService, { db, audit, clock, reporting, approvals }: UserDeps) {
  const accounts = () => accountRepository(db.em);

  /** What watches each other is not one person's (S11). @throws http.validation, access.unknown_role */
  async function assertApart(roles: readonly RoleKey[]): Promise<void> {
    await assertKnownRoles(db, roles);
    const held = roles.filter((role) => duties.includes(role));
    if (held.length > 1) throw fault('roles', 'separation', `one person cannot be ${held.join(' and ')}`);
    const conflict = conflictIn(await grantsOf(db, roles));
    if (conflict) throw fault('roles', 'separation', `one person cannot have ${conflict.join(' and ')}`);
  }

  /** @throws http.validation, access.unknown_role */
  async function assertRoles({ roles, expires_at }: Given): Promise<void> {
    await assertApart(roles);
    const end = expires_at?.getTime();
    if (end !== undefined && end <= clock.now().getTime()) throw fault('expires_at', 'range', 'lies in the past');
    if (roles.includes('auditor') && (end === undefined || end > clock.now().getTime() + days(366))) {
      throw fault('expires_at', 'required', 'an auditor comes for a time: at most a year');
    }
  }

  /** @throws access.unknown_account */
  async function known(id: string): Promise<Account> {
    const account = await accounts().find(id);
    if (!account || account.disabled_at) throw accessError('unknown_account');
    return account;
  }

  /** @throws access.last_administrator when nobody but this account would be left with an indispensable role */
  async function assertSomebodyLeft(account: Account, keeps: readonly RoleKey[]): Promise<void> {
    const others = (await accounts().list()).filter((one) => one.id !== account.id && isActive(one, clock.now()));
    const lost = unpackRoles(account.roles).filter((role) => indispensable.includes(role) && !keeps.includes(role));
    const missing = lost.filter((role) => !others.some((one) => unpackRoles(one.roles).includes(role)));
    if (missing.length > 0) throw accessError('last_administrator', { roles: missing });
  }

  async function setRoles(account: Account, body: RolesBody, actor: string): Promise<void> {
    const roles = packRoles(body.roles);
    await accounts().setRoles(account.id, roles, body.expires_at === undefined ? account.expires_at : body.expires_at);
    const detail = { before: account.roles, after: roles };
    await audit.record({
      actor,
      action: 'account.roles_changed',
      target: `account:${account.id}`,
      result: 'ok',
      detail,
    });
    await access.endSessionsOf(account.id, actor);
  }

  /**
   * Whoever set the server up holds every duty until somebody else takes it: handing one over takes it away (S11).
   */
  async function handOver(to: string, roles: readonly RoleKey[], actor: string): Promise<void> {
    const taken = roles.filter((role) => duties.includes(role));
    for (const account of await accounts().list()) {
      const held = unpackRoles(account.roles);
      const isOverloaded = held.filter((role) => duties.includes(role)).length > 1;
      const kept = held.filter((role) => !taken.includes(role));
      if (account.id === to || !isOverloaded || kept.length === held.length) continue;
      await setRoles(account, { roles: kept }, actor);
    }
  }

  async function views(
    rows: Pick<Account, 'staff_id'>[],
  ): Promise<Map<string, { userid: string; name: string | null }>> {
    const ids = rows.flatMap(({ staff_id }) => staff_id ?? []);
    return reporting.names([...new Set(ids)]);
  }

  async function list(): Promise<UserView[]> {
    const rows = await accounts().list();
    const names = await views(rows);
    return rows.map((row) => userViewOf(row, names.get(row.staff_id ?? '')));
  }

  async function one(id: string): Promise<UserView> {
    const account = await accounts().find(id);
    if (!account) throw accessError('unknown_account');
    return userViewOf(account, (await views([account])).get(account.staff_id ?? ''));
  }

  async function create(body: NewUser, viewer: Viewer): Promise<z.input<typeof createdUser>> {
    await assertRoles(body);
    const actor = actorOf(viewer);
    const { id, token } = await db.transact(async () => {
      const { name, roles, userid, expires_at } = body;
      const created = await access.createUser({ name, roles, userid, expiresAt: expires_at, actor });
      await handOver(created.id, roles, actor);
      return created;
    });
    return { ...(await one(id)), sign_in_path: signInPath(token) };
  }

  async function changeRoles(id: string, body: RolesBody, viewer: Viewer): Promise<UserView> {
    assertNotSelf(viewer, id);
    await assertRoles(body);
    await db.transact(async () => {
      const account = await known(id);
      await assertSomebodyLeft(account, body.roles);
      await setRoles(account, body, actorOf(viewer));
      await handOver(id, body.roles, actorOf(viewer));
    });
    return one(id);
  }

  async function issueToken(body: NewUser, viewer: Viewer): Promise<{ id: string; token: string }> {
    await assertRoles(body);
    const { name, roles, userid, expires_at } = body;
    return access.issueToken({ name, roles, userid, expiresAt: expires_at, actor: actorOf(viewer) });
  }

  /** @throws approval.required when the viewer alone may not give this */
  async function assertEnough(act: UserAct, { payload, ...grant }: Grant & { payload: object }, viewer: Viewer) {
    if (await needsSecondPerson({ db, clock }, grant, viewer)) throw approvals.required(act, payload);
  }

  const staffIdOf = async (userid: string | undefined) => (userid ? reporting.staffIdOf(userid) : null);

  defineUserActs(approvals, { assertRoles, known, staffIdOf, create, changeRoles, issueToken });

  return {
    /** Oldest first, disabled ones too. */
    list,

    /** @throws http.validation, approval.required */
    async create(body: NewUser, viewer: Viewer): Promise<z.input<typeof createdUser>> {
      await assertRoles(body);
      const grant = { roles: body.roles, staffId: await staffIdOf(body.userid), payload: body };
      await assertEnough('user.create', grant, viewer);
      return create(body, viewer);
    },

    /**
     * Ends the account's sessions.
     * @throws access.own_roles, unknown_account, last_administrator, http.validation, approval.required
     */
    async changeRoles(id: string, body: RolesBody, viewer: Viewer): Promise<UserView> {
      assertNotSelf(viewer, id);
      await assertRoles(body);
      const grant = { roles: body.roles, account: await known(id), payload: { id, ...body } };
      await assertEnough('user.change_roles', grant, viewer);
      return changeRoles(id, body, viewer);
    },

    /** @throws access.own_roles, unknown_account, last_administrator */
    async disable(id: string, viewer: Viewer): Promise<void> {
      assertNotSelf(viewer, id);
      await db.transact(async () => {
        await assertSomebodyLeft(await known(id), []);
        await access.disableUser(id, actorOf(viewer));
      });
    },

    /** @throws access.own_roles, unknown_account */
    async signInLink(id: string, viewer: Viewer): Promise<{ sign_in_path: string }> {
      assertNotSelf(viewer, id);
      const token = await access.issueSignInLink({ accountId: id, actor: actorOf(viewer) });
      return { sign_in_path: signInPath(token) };
    },

    async tokens(): Promise<TokenView[]> {
      const rows = await access.listTokens();
      const names = await views(rows);
      return rows.map(({ staff_id, ...row }) => ({
        ...row,
        userid: names.get(staff_id ?? '')?.userid ?? null,
        created_at: iso(row.created_at),
        last_used_at: isoOrNull(row.last_used_at),
        expires_at: isoOrNull(row.expires_at),
        revoked_at: isoOrNull(row.revoked_at),
      }));
    },

    /** The token is shown this once. @throws http.validation, approval.required */
    async issueToken(body: NewUser, viewer: Viewer): Promise<{ id: string; token: string }> {
      await assertRoles(body);
      const grant = { roles: body.roles, staffId: await staffIdOf(body.userid), payload: body };
      await assertEnough('api_token.issue', grant, viewer);
      return issueToken(body, viewer);
    },

    /** @throws access.unknown_token */
    revokeToken: (id: string, viewer: Viewer): Promise<void> => access.revokeToken(id, actorOf(viewer)),
  };
}

const fault = (path: string, rule: string, message: string) => httpError('validation', [{ path, rule, message }]);

function assertNotSelf(viewer: Viewer, id: string): void {
  if (viewer.kind === 'account' && viewer.id === id) throw accessError('own_roles');
}

const userViewOf = (account: Account, staff: { userid: string; name: string | null } | undefined): UserView => ({
  id: account.id,
  name: account.name,
  roles: unpackRoles(account.roles),
  userid: staff?.userid ?? null,
  staff_name: staff?.name ?? null,
  disabled_at: isoOrNull(account.disabled_at),
  expires_at: isoOrNull(account.expires_at),
  created_at: iso(account.created_at),
});
