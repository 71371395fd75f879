import { type EntityManager, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { Account, ApiToken, Session, SignInLink } from './access.entity';
import { OidcIdentity } from './sign-in.entity';

export const accountRepository = (em: EntityManager) => {
  const rows = em.getRepository(Account);
  return {
    add: (account: Account) => rows.insert(account),
    find: (id: string) => rows.findOneBy({ id }),
    list: () => rows.find({ order: { created_at: 'ASC', id: 'ASC' } }),
    /** Whose account it is, oldest first. */
    ofStaff: (staffId: string) => rows.find({ where: { staff_id: staffId }, order: { created_at: 'ASC', id: 'ASC' } }),
    any: () => rows.exists(),
    setRoles: (id: string, roles: string, expires_at: Date | null) => rows.update({ id }, { roles, expires_at }),
    /** @returns false when there is no such account, or it is disabled already */
    async disable(id: string, at: Date): Promise<boolean> {
      const { affected } = await rows.update({ id, disabled_at: IsNull() }, { disabled_at: at });
      return affected === 1;
    },
  };
};

export const signInLinkRepository = (em: EntityManager) => {
  const rows = em.getRepository(SignInLink);
  return {
    add: (link: SignInLink) => rows.insert(link),
    find: (tokenHash: string) => rows.findOneBy({ token_hash: tokenHash }),
    /** Spends an open link. Of two callers one gets true. */
    async spend(tokenHash: string, at: Date): Promise<boolean> {
      const open = { token_hash: tokenHash, used_at: IsNull(), expires_at: MoreThan(at) };
      return (await rows.update(open, { used_at: at })).affected === 1;
    },
    /** Closes every link that would make an owner. */
    closeOwnerLinks: (at: Date) => rows.update({ account_id: IsNull(), used_at: IsNull() }, { used_at: at }),
    /** Closes every open link of an account. */
    closeOf: (accountId: string, at: Date) =>
      rows.update({ account_id: accountId, used_at: IsNull() }, { used_at: at }),
  };
};

export const sessionRepository = (em: EntityManager) => {
  const rows = em.getRepository(Session);
  return {
    add: (session: Session) => rows.insert(session),
    find: (idHash: string) => rows.findOneBy({ id_hash: idHash }),
    listOf: (accountId: string) => rows.find({ where: { account_id: accountId }, order: { created_at: 'DESC' } }),
    touch: (idHash: string, at: Date) => rows.update({ id_hash: idHash }, { last_seen_at: at }),
    /** @returns false when there is no such session */
    async showFactor(idHash: string, shown: Pick<Session, 'id_hash' | 'factor_at'>): Promise<boolean> {
      return (await rows.update({ id_hash: idHash }, shown)).affected === 1;
    },
    remove: (idHash: string) => rows.delete({ id_hash: idHash }),
    /** @returns false when the account has no such session */
    async removeOne(accountId: string, idHash: string): Promise<boolean> {
      return (await rows.delete({ account_id: accountId, id_hash: idHash })).affected === 1;
    },
    removeOf: (accountId: string) => rows.delete({ account_id: accountId }),
    removeOthersOf: (accountId: string, keptHash: string) =>
      rows.delete({ account_id: accountId, id_hash: Not(keptHash) }),
    removeExpired: (at: Date) => rows.delete({ expires_at: LessThanOrEqual(at) }),
  };
};

export const apiTokenRepository = (em: EntityManager) => {
  const rows = em.getRepository(ApiToken);
  return {
    add: (token: ApiToken) => rows.insert(token),
    findByHash: (tokenHash: string) => rows.findOneBy({ token_hash: tokenHash, revoked_at: IsNull() }),
    list: () => rows.find({ order: { created_at: 'ASC', id: 'ASC' } }),
    /** Those that stand for somebody, revoked and expired ones too, oldest first. */
    ofStaff: (staffId: string) => rows.find({ where: { staff_id: staffId }, order: { created_at: 'ASC', id: 'ASC' } }),
    touch: (id: string, at: Date) => rows.update({ id }, { last_used_at: at }),
    /** @returns false when there is no such token, or it is revoked already */
    async revoke(id: string, at: Date): Promise<boolean> {
      const { affected } = await rows.update({ id, revoked_at: IsNull() }, { revoked_at: at });
      return affected === 1;
    },
  };
};

export const oidcIdentityRepository = (em: EntityManager) => {
  const rows = em.getRepository(OidcIdentity);
  return {
    add: (identity: OidcIdentity) => rows.insert(identity),
    findByHash: (identityHash: string) => rows.findOneBy({ identity_hash: identityHash }),
    /** That of an account at the provider of that name. */
    ofAccount: (accountId: string, issuer: string) => rows.findOneBy({ account_id: accountId, issuer }),
    /** Those of a provider that is no longer the one asked. */
    removeOtherThan: (accountId: string, issuer: string) => rows.delete({ account_id: accountId, issuer: Not(issuer) }),
    /** @returns false when the account has none */
    async remove(accountId: string): Promise<boolean> {
      return (await rows.delete({ account_id: accountId })).affected === 1;
    },
  };
};
