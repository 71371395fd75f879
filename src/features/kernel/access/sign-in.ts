import { randomToken, sha256 } from '../../../core/ids';
import type { Account, SignInLink } from './access.entity';
import { accessError } from './access.errors';
import { signInLinkRepository } from './access.repository';
import type { Accounts } from './accounts';
import type { AccessDeps, OpenedSession, Sessions } from './sessions';
import { viewerOfAccount } from './viewer';

interface NewSignInLink {
  /** Whose link; without it, the link makes the owner account. */
  accountId?: string;
  /** Milliseconds it stays good. */
  ttl: number;
  actor?: string;
}

interface SignInFrom {
  address: string;
  /** The session the browser came with. It ends, so that no id outlives a sign-in (S6). */
  replaces?: string | undefined;
}

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
    return account && (await viewerOfAccount(account, { db, reporting, clock })) ? account : 'account_disabled';
  }

  async function accountOf(link: SignInLink | null): Promise<Account | Refusal> {
    const now = clock.now();
    if (!link) return 'unknown';
    if (link.used_at) return 'used';
    return link.expires_at <= now ? 'expired' : spend(link, now);
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
    issue: ({ accountId, ttl, actor = 'host' }: NewSignInLink): Promise<string> =>
      db.transact(async (em) => {
        await (accountId === undefined ? assertNoOwner(accounts) : assertActive(accounts, accountId));
        const token = randomToken();
        const now = clock.now();
        const expires_at = new Date(now.getTime() + ttl);
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

    /** Trades a link for a session, once. @throws access.bad_link, the same whatever is wrong with it */
    async use(token: string, { address, replaces }: SignInFrom): Promise<OpenedSession> {
      const opened = await db.transact(async (em) => {
        const link = await signInLinkRepository(em).find(sha256(token));
        const account = await accountOf(link);
        if (typeof account !== 'string') return sessions.open(account, { address, method: 'link', withFactor: false });
        await refuse(link, account, address);
        return undefined;
      });
      if (!opened) throw accessError('bad_link');
      if (replaces) await sessions.end(replaces, address);
      return opened;
    },
  };
}

async function assertNoOwner(accounts: Accounts): Promise<void> {
  if (await accounts.any()) throw accessError('owner_exists');
}

async function assertActive(accounts: Accounts, id: string): Promise<void> {
  const account = await accounts.find(id);
  if (!account || account.disabled_at) throw accessError('unknown_account');
}
