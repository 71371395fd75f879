import { newId } from '../../../core/ids';
import type { RoleKey } from '../../../http/roles';
import type { Account } from './access.entity';
import { accessError } from './access.errors';
import { accountRepository, oidcIdentityRepository, signInLinkRepository } from './access.repository';
import { assertKnownRoles } from './role-book';
import type { AccessDeps, Sessions } from './sessions';
import { packRoles, parseName, parseRoles, unpackRoles } from './viewer';

export interface AccountView {
  id: string;
  name: string;
  roles: RoleKey[];
  staff_id: string | null;
  disabled_at: Date | null;
  expires_at: Date | null;
  created_at: Date;
}

/** Whom to create, and who asked for it. */
interface NewAccount {
  /** A new one when not given. */
  id?: string;
  name: string;
  roles: readonly string[];
  /** Whose account it is; nobody's of the directory when not given. */
  userid?: string | undefined;
  /** From then on nobody signs in with it. */
  expiresAt?: Date | undefined;
  actor: string;
}

export function createAccounts({ db, audit, clock, reporting }: AccessDeps, sessions: Sessions) {
  return {
    any: () => accountRepository(db.em).any(),
    find: (id: string) => accountRepository(db.em).find(id),

    /** Those that stand for a staff member, oldest first. */
    ofStaff: (staffId: string) => accountRepository(db.em).ofStaff(staffId),

    /** How the audit trail names whoever acts for a staff member: their accounts, and tokens that stand for them. */
    async actorsOf(staffId: string): Promise<string[]> {
      const rows = await db.query<{ kind: string; id: string }>(
        `SELECT 'account' AS kind, id FROM account WHERE staff_id = ?
         UNION ALL SELECT 'token' AS kind, id FROM api_token WHERE staff_id = ?`,
        [staffId, staffId],
      );
      return rows.map(({ kind, id }) => `${kind}:${id}`);
    },

    /** Oldest first. */
    list: async (): Promise<AccountView[]> => (await accountRepository(db.em).list()).map(toView),

    /** @throws access.unknown_role, bad_name, http.validation */
    async create({ id, name, roles, userid, expiresAt, actor }: NewAccount): Promise<Account> {
      const account: Account = {
        id: id ?? newId(),
        name: parseName(name),
        roles: packRoles(parseRoles(roles)),
        staff_id: userid === undefined ? null : await reporting.staffIdOf(userid),
        disabled_at: null,
        expires_at: expiresAt ?? null,
        created_at: clock.now(),
      };
      await db.transact(async (em) => {
        await assertKnownRoles(db, unpackRoles(account.roles));
        await accountRepository(em).add(account);
        await audit.record({
          actor,
          action: 'account.created',
          target: `account:${account.id}`,
          result: 'ok',
          detail: { name: account.name, roles: account.roles, staff_id: account.staff_id },
        });
      });
      return account;
    },

    /** Shuts an account out: its sessions end its open sign-in links close and its single sign-on goes. @throws access.unknown_account */
    disable: (id: string, actor: string): Promise<void> =>
      db.transact(async (em) => {
        if (!(await accountRepository(em).disable(id, clock.now()))) throw accessError('unknown_account');
        await signInLinkRepository(em).closeOf(id, clock.now());
        await oidcIdentityRepository(em).remove(id);
        await audit.record({ actor, action: 'account.disabled', target: `account:${id}`, result: 'ok' });
        await sessions.endAllOf(id, actor);
      }),
  };
}

export type Accounts = ReturnType<typeof createAccounts>;

export const toView = ({ roles, ...account }: Account): AccountView => ({
  ...account,
  roles: unpackRoles(roles),
});
