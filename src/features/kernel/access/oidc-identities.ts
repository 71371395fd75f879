import type { Clock } from '../../../core/clock';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { isUniqueViolation } from '../../../jobs/sql';
import type { AuditService } from '../audit';
import type { Account } from './access.entity';
import { accessError } from './access.errors';
import { oidcIdentityRepository } from './access.repository';
import type { AccessService } from './access.service';
import { Refused } from './journeys';
import type { Identified } from './oidc-provider';

type Identity = Pick<Identified, 'issuer' | 'sub'>;

interface Deps {
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
  vault: Vault;
  access: Pick<AccessService, 'accounts' | 'sessions'>;
  /** The provider of the settings; identities of an earlier one stand for nobody. */
  issuer: string | undefined;
}

/** Which account an identity at the provider opens: the one its owner connected it to, never one of the same name. */
export function createOidcIdentities({ db, clock, audit, vault, access, issuer }: Deps) {
  const { accounts, sessions } = access;
  const identities = () => oidcIdentityRepository(db.em);

  const hashOf = (identity: Identity): string =>
    vault.fingerprint('oidc identity', JSON.stringify([identity.issuer, identity.sub]));

  async function remove(accountId: string, actor: string, from: { address?: string } = {}): Promise<void> {
    if (!(await identities().remove(accountId))) throw accessError('sso_not_connected');
    await audit.record({ actor, action: 'sso.removed', target: `account:${accountId}`, result: 'ok', ...from });
  }

  return {
    /** @throws Refused */
    async accountOf(identity: Identity): Promise<Account> {
      const bound = await identities().findByHash(hashOf(identity));
      const account = bound && (await accounts.find(bound.account_id));
      if (!account) throw new Refused('not_connected');
      if (!(await sessions.mayOpen(account))) throw new Refused('account_disabled');
      return account;
    },

    /** @throws Refused when the identity or the account is connected already */
    bind: (accountId: string, identity: Identity, address: string): Promise<void> =>
      db
        .transact(async () => {
          await identities().removeOtherThan(accountId, identity.issuer);
          const row = { account_id: accountId, issuer: identity.issuer, identity_hash: hashOf(identity) };
          await identities().add({ ...row, connected_at: clock.now() });
          const who = `account:${accountId}`;
          await audit.record({ actor: who, action: 'sso.connected', target: who, result: 'ok', address });
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new Refused('identity_taken') : error;
        }),

    /** Since when the account is connected to the provider of the settings; null: it is not. */
    async connectedAt(accountId: string): Promise<Date | null> {
      const found = issuer === undefined ? null : await identities().ofAccount(accountId, issuer);
      return found?.connected_at ?? null;
    },

    /** The account's other sessions end: one of them may have been opened by it. @throws access.sso_not_connected */
    removeOwn: (accountId: string, from: { sessionId: string; address: string }): Promise<void> =>
      db.transact(async () => {
        await remove(accountId, `account:${accountId}`, { address: from.address });
        await sessions.endOthersOf(accountId, from);
      }),

    /** Ends the account's sessions. @throws access.unknown_account, sso_not_connected */
    removeOf: (accountId: string, actor: string): Promise<void> =>
      db.transact(async () => {
        if (!(await accounts.find(accountId))) throw accessError('unknown_account');
        await remove(accountId, actor);
        await sessions.endAllOf(accountId, actor);
      }),
  };
}
