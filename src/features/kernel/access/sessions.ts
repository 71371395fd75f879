import { type Clock, hours, minutes } from '../../../core/clock';
import { randomToken, sha256 } from '../../../core/ids';
import type { Database } from '../../../db/database';
import { httpError } from '../../../http/errors';
import type { Viewer } from '../../../http/permissions';
import type { AuditService } from '../audit';
import type { ReportingService } from '../scope';
import type { Account, Session, SignInMethod } from './access.entity';
import { accessError } from './access.errors';
import { accountRepository, sessionRepository } from './access.repository';
import { unpackRoles, viewerOfAccount } from './viewer';
import { createViewerCache, type Standing } from './viewer-cache';

export interface AccessDeps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  reporting: Pick<ReportingService, 'standing' | 'staffIdOf' | 'names'>;
  clock: Clock;
}

/** How somebody came in. */
export interface Opening {
  address: string;
  method: SignInMethod;
  /** Whether a second factor was shown: for WeCom, its own sign-in is one. */
  withFactor: boolean;
}

/** A session that was just opened. The id goes into the cookie and nowhere else. */
export interface OpenedSession {
  viewer: Viewer;
  sessionId: string;
}

const absoluteLimit = hours(12);
const touchEvery = minutes(1);
const idleLimit = ({ roles }: Pick<Viewer, 'roles'>): number => minutes(roles.includes('auditor') ? 15 : 30);

/** Sessions of browsers (S6): unguessable ids, stored hashed, limits checked here and not in the cookie. */
export function createSessions({ db, audit, clock, reporting }: AccessDeps) {
  const cache = createViewerCache(clock);

  const touch = (session: Session, now: Date): Promise<unknown> =>
    db.transact((em) => sessionRepository(em).touch(session.id_hash, now));

  async function read(idHash: string, { touches }: { touches: boolean }): Promise<Standing | undefined> {
    const session = await sessionRepository(db.em).find(idHash);
    const account = session && (await accountRepository(db.em).find(session.account_id));
    const viewer = account && (await viewerOfAccount(account, { db, reporting, clock }));
    if (!session || !viewer || !hasRolesOf(session, account)) return undefined;
    const now = clock.now();
    const idleEnd = session.last_seen_at.getTime() + idleLimit(viewer);
    const until = Math.min(session.expires_at.getTime(), idleEnd);
    if (until <= now.getTime()) return undefined;
    if (!touches || now.getTime() - session.last_seen_at.getTime() < touchEvery) return { viewer, until };
    await touch(session, now);
    return { viewer, until: Math.min(session.expires_at.getTime(), now.getTime() + idleLimit(viewer)) };
  }

  return {
    /**
     * Call it inside the transaction that finds out who it is. Also clears away sessions past their limit.
     * @throws access.bad_link when the account may not sign in
     */
    async open(account: Account, { address, method, withFactor }: Opening): Promise<OpenedSession> {
      const viewer = await viewerOfAccount(account, { db, reporting, clock });
      if (!viewer) throw accessError('bad_link');
      const sessionId = randomToken();
      const now = clock.now();
      const sessions = sessionRepository(db.em);
      await sessions.removeExpired(now);
      await sessions.add({
        id_hash: sha256(sessionId),
        account_id: account.id,
        address,
        created_at: now,
        last_seen_at: now,
        expires_at: new Date(now.getTime() + absoluteLimit),
        method,
        roles: account.roles,
        factor_at: withFactor ? now : null,
      });
      const who = `account:${account.id}`;
      await audit.record({
        actor: who,
        action: 'session.opened',
        target: who,
        result: 'ok',
        address,
        detail: { method },
      });
      return { viewer, sessionId };
    },

    /** Whether the account may sign in at all. */
    mayOpen: async (account: Account): Promise<boolean> =>
      (await viewerOfAccount(account, { db, reporting, clock })) !== undefined,

    /** Whose session it is, as of at most 5 s ago; undefined when it ended, is unknown, or its account is disabled. */
    viewer: (sessionId: string): Promise<Viewer | undefined> => {
      const idHash = sha256(sessionId);
      return cache.viewer(idHash, () => read(idHash, { touches: true }));
    },

    /** The same, for a look that nobody asked for: it does not keep the session from becoming idle. */
    glance: async (sessionId: string): Promise<Viewer | undefined> =>
      (await read(sha256(sessionId), { touches: false }))?.viewer,

    /** When the browser last showed a second factor; null: never, or there is no such session. */
    factorAt: async (sessionId: string): Promise<Date | null> =>
      (await sessionRepository(db.em).find(sha256(sessionId)))?.factor_at ?? null,

    /**
     * A second factor was shown: from now on the session has another id, and the old one opens nothing (S6). Its limits
     * stay. Call it inside the transaction that spends the code, and `forget` after it.
     * @returns the new id, for the cookie @throws http.unauthorized when the session ended meanwhile
     */
    async showFactor(sessionId: string): Promise<string> {
      const next = randomToken();
      const shown = { id_hash: sha256(next), factor_at: clock.now() };
      const isThere = await db.transact((em) => sessionRepository(em).showFactor(sha256(sessionId), shown));
      if (!isThere) throw httpError('unauthorized');
      return next;
    },

    /** Whoever was remembered is looked up again. */
    forget: cache.forget,

    /** Ends one session; one that is gone is left at that. */
    async end(sessionId: string, address: string): Promise<void> {
      const idHash = sha256(sessionId);
      await db.transact(async (em) => {
        const session = await sessionRepository(em).find(idHash);
        if (!session) return;
        await sessionRepository(em).remove(idHash);
        const who = `account:${session.account_id}`;
        await audit.record({ actor: who, action: 'session.ended', target: who, result: 'ok', address });
      });
      cache.forget();
    },

    /** Newest first, those past a limit included until they are cleared away. */
    listOf: (accountId: string) => sessionRepository(db.em).listOf(accountId),

    /** Newest first, only those that still stand for somebody. */
    async activeOf({ id, roles }: Pick<Account, 'id' | 'roles'>): Promise<Session[]> {
      const now = clock.now().getTime();
      const idleSince = now - idleLimit({ roles: unpackRoles(roles) });
      const rows = await sessionRepository(db.em).listOf(id);
      return rows.filter(
        (row) => row.expires_at.getTime() > now && row.last_seen_at.getTime() > idleSince && hasRolesOf(row, { roles }),
      );
    },

    /** Ends one of an account's sessions, known by the hash of its id. @throws access.unknown_session */
    async endOne(accountId: string, idHash: string, address: string): Promise<void> {
      await db.transact(async (em) => {
        if (!(await sessionRepository(em).removeOne(accountId, idHash))) throw accessError('unknown_session');
        const who = `account:${accountId}`;
        await audit.record({ actor: who, action: 'session.ended', target: who, result: 'ok', address });
      });
      cache.forget();
    },

    /** Ends every session of an account but the one that asks: what opened them is no longer what opens. */
    async endOthersOf(
      accountId: string,
      { sessionId, address }: { sessionId: string; address: string },
    ): Promise<void> {
      await db.transact(async (em) => {
        const { affected } = await sessionRepository(em).removeOthersOf(accountId, sha256(sessionId));
        if (!affected) return;
        const who = `account:${accountId}`;
        const detail = { sessions: affected };
        await audit.record({ actor: who, action: 'sessions.ended', target: who, result: 'ok', address, detail });
      });
      cache.forget();
    },

    /** Ends every session of an account. @returns how many there were */
    async endAllOf(accountId: string, actor: string): Promise<number> {
      const ended = await db.transact(async (em) => {
        const { affected } = await sessionRepository(em).removeOf(accountId);
        const target = `account:${accountId}`;
        await audit.record({ actor, action: 'sessions.ended', target, result: 'ok', detail: { sessions: affected } });
        return affected ?? 0;
      });
      cache.forget();
      return ended;
    },
  };
}

/** A session opened before there was a note of its roles counts. */
const hasRolesOf = (session: Session, account: Pick<Account, 'roles'>): boolean =>
  session.roles === null || session.roles === account.roles;

export type Sessions = ReturnType<typeof createSessions>;
