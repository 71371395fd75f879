import type { Clock } from '../../../core/clock';
import { AppError } from '../../../core/errors';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import { isUniqueViolation } from '../../../jobs/sql';
import type { AuditService } from '../audit';
import type { Account } from './access.entity';
import { accessError } from './access.errors';
import type { AccessService } from './access.service';
import { createFactors, type RightCode } from './factors';
import { assertStrong, nameKey, passwords as standardPasswords } from './passwords';
import type { OpenedSession } from './sessions';
import { parseName } from './viewer';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  clock: Clock;
  vault: Vault;
  access: Pick<AccessService, 'accounts' | 'sessions' | 'useSignInLink'>;
  passwords?: typeof standardPasswords;
}

interface Credentials {
  name: string;
  password: string;
  code: string;
}

interface LinkCode {
  token: string;
  /** As it was typed; undefined: none yet. */
  code?: string | undefined;
}

/** Who asks: the session, and from where. */
interface Browser {
  sessionId: string;
  address: string;
}

interface Stored {
  account_id: string;
  name: string;
  hash: string;
}

export type LocalSignIn = ReturnType<typeof createLocalSignIn>;

/** Name, password and second factor, for the day WeCom cannot be reached (S7); and second factors shown again (S12). */
export function createLocalSignIn(deps: Deps) {
  const { db, audit, clock, access, passwords = standardPasswords } = deps;
  const { accounts, sessions } = access;
  const factors = createFactors(deps);

  const passwordOf = async (column: 'name_key' | 'account_id', value: string): Promise<Stored | undefined> => {
    const sql = `SELECT account_id, name, hash FROM local_password WHERE ${column} = ?`;
    return (await db.query<Stored>(sql, [value]))[0];
  };

  /** No upsert: on MySQL one that meets a taken name would change the row of whoever has it. */
  const write = (accountId: string, name: string, hash: string): Promise<void> =>
    db.transact(async () => {
      const row = [name, nameKey(name), hash, clock.now(), accountId];
      const sql = 'UPDATE local_password SET name = ?, name_key = ?, hash = ?, set_at = ? WHERE account_id = ?';
      if ((await db.execute(sql, row)) > 0) return;
      await insertRows(db, { table: 'local_password', columns: ['name', 'name_key', 'hash', 'set_at', 'account_id'] }, [
        row,
      ]);
    });

  /** Whose credentials these are. Does the same work whatever is wrong with them. */
  async function judge({ name, password, code }: Credentials): Promise<[Stored, RightCode] | undefined> {
    const stored = await passwordOf('name_key', nameKey(name));
    const fits = await passwords.fits(stored?.hash, password);
    const right = await factors.look(stored?.account_id ?? '', code);
    return stored && fits && right ? [stored, right] : undefined;
  }

  async function open(accountId: string, right: RightCode, address: string): Promise<OpenedSession | undefined> {
    const account = await accounts.find(accountId);
    if (!account || !(await sessions.mayOpen(account)) || !(await factors.spend(accountId, right))) return undefined;
    return sessions.open(account, { address, method: 'password', withFactor: true });
  }

  const record = (accountId: string, action: string, address: string): Promise<void> => {
    const who = `account:${accountId}`;
    return audit.record({ actor: who, action, target: who, result: 'ok', address });
  };

  const recordShown = (accountId: string, isRight: boolean, address: string): Promise<void> => {
    const who = `account:${accountId}`;
    const result = isRight ? 'ok' : 'refused';
    return audit.record({ actor: who, action: 'factor.shown', target: who, result, address });
  };

  /** Takes a means of signing in away; every session ends with it. */
  const forget = (
    { accountId, actor, action }: { accountId: string; actor: string; action: string },
    remove: () => Promise<unknown>,
  ): Promise<void> =>
    db.transact(async () => {
      if (!(await accounts.find(accountId))) throw accessError('unknown_account');
      await remove();
      await audit.record({ actor, action, target: `account:${accountId}`, result: 'ok' });
      await sessions.endAllOf(accountId, actor);
    });

  return {
    /** @throws access.bad_credentials, the same in text and time whatever is wrong */
    async signIn(given: Credentials, { address, replaces }: { address: string; replaces?: string | undefined }) {
      const judged = await judge(given);
      const opened = await db.transact(async () => {
        const session = judged && (await open(judged[0].account_id, judged[1], address));
        if (session) return session;
        const target = `name:${nameKey(given.name)}`;
        const action = 'session.opened';
        await audit.record({ actor: 'anonymous', action, target, result: 'refused', reason: 'credentials', address });
        return undefined;
      });
      if (!opened || !judged) throw accessError('bad_credentials');
      const [{ account_id, name, hash }] = judged;
      if (passwords.isStale(hash)) await write(account_id, name, await passwords.hash(given.password));
      if (replaces) await sessions.end(replaces, address);
      return opened;
    },

    /**
     * A one-time link, with the code it asks for where its account has power over others and an app.
     * @throws access.bad_link, code_required, bad_code
     */
    async signInByLink({ token, code }: LinkCode, from: { address: string; replaces?: string | undefined }) {
      if (code === undefined) return access.useSignInLink(token, from);
      let tried = '';
      const spendCode = async (accountId: string): Promise<boolean> => {
        tried = accountId;
        const right = await factors.look(accountId, code);
        return right !== undefined && factors.spend(accountId, right);
      };
      return access.useSignInLink(token, { ...from, spendCode }).catch(async (error: unknown) => {
        if (error instanceof AppError && error.code === 'access.bad_code')
          await recordShown(tried, false, from.address);
        throw error;
      });
    },

    /** What the account may be asked for. */
    async standing(accountId: string) {
      return {
        password_name: (await passwordOf('account_id', accountId))?.name ?? null,
        totp: await factors.isEnrolled(accountId),
        recovery_codes_left: await factors.recoveryLeft(accountId),
      };
    },

    /** Who changes a password proves to know the one in use; who has none yet need not. @throws access.wrong_password */
    async assertCurrent(accountId: string, given: string | undefined): Promise<void> {
      const stored = await passwordOf('account_id', accountId);
      if (!stored) return;
      if (given === undefined || !(await passwords.fits(stored.hash, given))) throw accessError('wrong_password');
    },

    /** After `assertCurrent`. The account's other sessions end. @throws access.weak_password, bad_name, name_taken */
    async setPassword(account: Pick<Account, 'id' | 'name'>, given: Omit<Credentials, 'code'>, from: Browser) {
      const name = parseName(given.name);
      await assertStrong(given.password, [name, account.name]);
      const hash = await passwords.hash(given.password);
      await db
        .transact(async () => {
          const taken = await passwordOf('name_key', nameKey(name));
          if (taken && taken.account_id !== account.id) throw accessError('name_taken');
          await write(account.id, name, hash);
          await sessions.endOthersOf(account.id, from);
          await record(account.id, 'password.set', from.address);
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? accessError('name_taken') : error;
        });
    },

    /** @returns the secret, shown this once */
    beginTotp: (account: Pick<Account, 'id' | 'name'>, address: string) =>
      db.transact(async () => {
        await record(account.id, 'totp.begun', address);
        return factors.begin(account.id, account.name);
      }),

    /**
     * The account's other sessions end, and this one gets another id.
     * @returns recovery codes, shown this once. @throws access.bad_code
     */
    async confirmTotp(accountId: string, code: string, { sessionId: shownIn, address }: Browser) {
      const confirmed = await db.transact(async () => {
        const recoveryCodes = await factors.confirm(accountId, code);
        const sessionId = await sessions.showFactor(shownIn);
        await sessions.endOthersOf(accountId, { sessionId, address });
        await record(accountId, 'totp.enrolled', address);
        return { recoveryCodes, sessionId };
      });
      sessions.forget();
      return confirmed;
    },

    renewRecovery: (accountId: string, address: string): Promise<string[]> =>
      db.transact(async () => {
        await record(accountId, 'recovery_codes.renewed', address);
        return factors.renewRecovery(accountId);
      }),

    /**
     * A code for the acts that ask for a fresh one.
     * @returns the id that the session has from now on @throws access.no_factor, bad_code
     */
    async showFactor(accountId: string, code: string, { sessionId, address }: Browser): Promise<string> {
      if (!(await factors.isEnrolled(accountId))) throw accessError('no_factor');
      const right = await factors.look(accountId, code);
      const next = await db.transact(async () => {
        const isRight = right !== undefined && (await factors.spend(accountId, right));
        await recordShown(accountId, isRight, address);
        return isRight ? sessions.showFactor(sessionId) : undefined;
      });
      if (next === undefined) throw accessError('bad_code');
      sessions.forget();
      return next;
    },

    /** For a lost device: the account signs in by link and enrols again. @throws access.unknown_account */
    resetFactor: (accountId: string, actor: string): Promise<void> =>
      forget({ accountId, actor, action: 'factor.reset' }, () => factors.remove(accountId)),

    /** For a forgotten password: the account signs in by link or WeCom and sets another. @throws access.unknown_account */
    resetPassword: (accountId: string, actor: string): Promise<void> =>
      forget({ accountId, actor, action: 'password.reset' }, () =>
        db.execute('DELETE FROM local_password WHERE account_id = ?', [accountId]),
      ),
  };
}
