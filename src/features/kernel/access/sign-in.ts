import { days, hours } from '../../../core/clock';
import { randomToken, sha256 } from '../../../core/ids';
import type { Database } from '../../../db/database';
import type { Account, SignInLink } from './access.entity';
import { accessError } from './access.errors';
import { signInLinkRepository } from './access.repository';
import type { Accounts } from './accounts';
import { isEnrolled } from './factors';
import { weightOf } from './second-person';
import type { AccessDeps, OpenedSession, Sessions } from './sessions';
import { unpackRoles, viewerOfAccount } from './viewer';

interface NewSignInLink {
  /** Whose link; without it, the link makes the owner account. */
  accountId?: string;
  /** Milliseconds it stays good, if it may: never longer than `longestLife`, which it is when not given. */
  ttl?: number;
  actor?: string;
}

interface SignInFrom {
  address: string;
  /** The session the browser came with. It ends, so that no id outlives a sign-in (S6). */
  replaces?: string | undefined;
  /** Spends the code that came with the link, inside the transaction. @returns false when it is not right */
  spendCode?: ((accountId: string) => Promise<boolean>) | undefined;
}

/** Where a link leads. What stands behind `#` the browser keeps to itself: no server, proxy or referrer sees it. */
export const signInPath = (token: string): string => `/sign-in#token=${token}`;

/**
 * Milliseconds: an hour for whoever watches others or is watched, a day for everybody else, and for the first link of
 * all, which stands in the output of a start that nobody may be looking at.
 */
async function longestLife(db: Database, account: Account | undefined): Promise<number> {
  return account && (await isWeighty(db, account)) ? hours(1) : days(1);
}

const isWeighty = async (db: Database, { roles }: Account): Promise<boolean> =>
  (await weightOf(db, unpackRoles(roles))).length > 0;

/** Whether a link alone is too little: whoever has power over others, and an app to prove who they are, shows a code. */
const asksForCode = async (db: Database, account: Account): Promise<boolean> =>
  (await isWeighty(db, account)) && isEnrolled(db, account.id);

/** Why a link was refused: told to the audit trail, never to the caller. */
type Refusal = 'unknown' | 'used' | 'expired' | 'account_disabled';

/**
 * Whoever sets the server up does everything until others are named. Giving roles is checked: nobody else may hold
 * all of these at once (S11).
 */
const ownerRoles = ['system_admin', 'security_admin', 'compliance_officer', 'sales_manager'];

/** One-time sign-in links (S6): 256 random bits, stored hashed, spent by one conditional update. */
export function createSignIn({ db, audit, clock, reporting }: AccessDeps, accounts: Accounts, sessions: Sessions) {
  /** The owner's account is made once: the first owner link that is used closes the others. */
  async function makeOwner(now: Date): Promise<Account> {
    await signInLinkRepository(db.em).closeOwnerLinks(now);
    return accounts.create({ name: '管理员', roles: ownerRoles, actor: 'anonymous' });
  }

  /** The account the link signs in, or why it does not. */
  async function spend(link: SignInLink, now: Date): Promise<Account | Refusal> {
    // Whatever was read above, the update decides: of two callers one wins.
    if (!(await signInLinkRepository(db.em).spend(link.token_hash, now))) return 'used';
    if (link.account_id === null) return makeOwner(now);
    const account = await accounts.find(link.account_id);
    if (!account || !(await viewerOfAccount(account, { db, reporting, clock }))) return 'account_disabled';
    // Made for a day, for somebody who was given power over others since.
    const end = link.created_at.getTime() + (await longestLife(db, account));
    return end <= now.getTime() ? 'expired' : account;
  }

  async function accountOf(link: SignInLink | null): Promise<Account | Refusal> {
    const now = clock.now();
    if (!link) return 'unknown';
    if (link.used_at) return 'used';
    return link.expires_at <= now ? 'expired' : spend(link, now);
  }

  /** @returns whether a code was asked for, and shown */
  async function proven(account: Account, spendCode: SignInFrom['spendCode']): Promise<boolean> {
    if (!(await asksForCode(db, account))) return false;
    if (!spendCode) throw accessError('code_required');
    if (!(await spendCode(account.id))) throw accessError('bad_code');
    return true;
  }

  const refuse = (link: SignInLink | null, reason: Refusal, address: string): Promise<void> =>
    audit.record({
      actor: 'anonymous',
      action: 'session.opened',
      target: link?.account_id ? `account:${link.account_id}` : 'account:',
      result: 'refused',
      reason,
      address,
    });

  return {
    /** @returns the token, which is not kept. @throws access.unknown_account, owner_exists */
    issue: ({ accountId, ttl = days(1), actor = 'host' }: NewSignInLink): Promise<string> =>
      db.transact(async (em) => {
        const account = await (accountId === undefined ? assertNoOwner(accounts) : activeOf(accounts, accountId));
        const token = randomToken();
        const now = clock.now();
        const expires_at = new Date(now.getTime() + Math.min(ttl, await longestLife(db, account)));
        await signInLinkRepository(em).add({
          token_hash: sha256(token),
          account_id: accountId ?? null,
          expires_at,
          used_at: null,
          created_at: now,
        });
        const target = accountId === undefined ? 'account:' : `account:${accountId}`;
        await audit.record({ actor, action: 'sign_in_link.issued', target, result: 'ok', detail: { expires_at } });
        return token;
      }),

    /** Whose link it is, where it asks for a code as well; undefined for any other, and for one that is no good. */
    async asksCodeOf(token: string): Promise<string | undefined> {
      const link = await signInLinkRepository(db.em).find(sha256(token));
      const isOpen = link !== null && link.used_at === null && link.expires_at > clock.now();
      const account = isOpen && link.account_id !== null ? await accounts.find(link.account_id) : null;
      return account && (await asksForCode(db, account)) ? account.id : undefined;
    },

    /**
     * Trades a link for a session, once. A link that asks for a code stays open until it is shown.
     * @throws access.bad_link, the same whatever is wrong with it; code_required, bad_code
     */
    async use(token: string, { address, replaces, spendCode }: SignInFrom): Promise<OpenedSession> {
      const opened = await db.transact(async (em) => {
        const link = await signInLinkRepository(em).find(sha256(token));
        const account = await accountOf(link);
        if (typeof account === 'string') {
          await refuse(link, account, address);
          return undefined;
        }
        return sessions.open(account, { address, method: 'link', withFactor: await proven(account, spendCode) });
      });
      if (!opened) throw accessError('bad_link');
      if (replaces) await sessions.end(replaces, address);
      return opened;
    },
  };
}

async function assertNoOwner(accounts: Accounts): Promise<undefined> {
  if (await accounts.any()) throw accessError('owner_exists');
}

async function activeOf(accounts: Accounts, id: string): Promise<Account> {
  const account = await accounts.find(id);
  if (!account || account.disabled_at) throw accessError('unknown_account');
  return account;
}
