import { minutes } from '../../../core/clock';
import { newId, randomToken, sha256 } from '../../../core/ids';
import type { Viewer } from '../../../http/permissions';
import type { RoleKey } from '../../../http/roles';
import { accessError } from './access.errors';
import { apiTokenRepository } from './access.repository';
import { assertKnownRoles } from './role-book';
import type { AccessDeps } from './sessions';
import { packRoles, parseName, parseRoles, toViewer, unpackRoles } from './viewer';
import { createViewerCache, type Standing } from './viewer-cache';

interface NewApiToken {
  name: string;
  roles: readonly string[];
  /** Whom it stands for; nobody of the directory when not given. */
  userid?: string | undefined;
  expiresAt?: Date | undefined;
  actor?: string;
}

/** What may be shown of a token. */
interface ApiTokenView {
  id: string;
  name: string;
  roles: RoleKey[];
  staff_id: string | null;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

const touchEvery = minutes(1);

/** Bearer tokens for the API: 256 random bits, stored hashed, shown once. */
export function createApiTokens({ db, audit, clock, reporting }: AccessDeps) {
  const cache = createViewerCache(clock);

  async function read(hash: string): Promise<Standing | undefined> {
    const token = await apiTokenRepository(db.em).findByHash(hash);
    if (!token) return undefined;
    const now = clock.now();
    const until = token.expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
    if (until <= now.getTime()) return undefined;
    if (now.getTime() - (token.last_used_at?.getTime() ?? 0) >= touchEvery) {
      await db.transact((em) => apiTokenRepository(em).touch(token.id, now));
    }
    const viewer = await toViewer('token', token, { db, reporting });
    return viewer && { viewer, until };
  }

  return {
    /** @returns the token itself, which is not kept. @throws access.unknown_role, bad_name, http.validation */
    async issue({
      name,
      roles,
      userid,
      expiresAt,
      actor = 'host',
    }: NewApiToken): Promise<{ id: string; token: string }> {
      const token = `scrm_${randomToken()}`;
      const id = newId();
      const row = {
        name: parseName(name),
        roles: packRoles(parseRoles(roles)),
        staff_id: userid === undefined ? null : await reporting.staffIdOf(userid),
        expires_at: expiresAt ?? null,
      };
      await db.transact(async (em) => {
        await assertKnownRoles(db, unpackRoles(row.roles));
        await apiTokenRepository(em).add({
          ...row,
          id,
          token_hash: sha256(token),
          created_at: clock.now(),
          last_used_at: null,
          revoked_at: null,
        });
        await audit.record({ actor, action: 'api_token.issued', target: `token:${id}`, result: 'ok', detail: row });
      });
      return { id, token };
    },

    /** Whose token it is, as of at most 5 s ago; undefined when it is unknown, expired or revoked. */
    viewer: (token: string): Promise<Viewer | undefined> => {
      const hash = sha256(token);
      return cache.viewer(hash, () => read(hash));
    },

    /** @throws access.unknown_token */
    async revoke(id: string, actor: string): Promise<void> {
      await db.transact(async (em) => {
        if (!(await apiTokenRepository(em).revoke(id, clock.now()))) throw accessError('unknown_token');
        await audit.record({ actor, action: 'api_token.revoked', target: `token:${id}`, result: 'ok' });
      });
      cache.forget();
    },

    /** Of those that stand for a staff member, the ones that are neither revoked nor expired, oldest first. */
    async liveOf(staffId: string): Promise<Pick<ApiTokenView, 'id' | 'name'>[]> {
      const rows = await apiTokenRepository(db.em).ofStaff(staffId);
      return rows.filter(
        ({ revoked_at, expires_at }) => revoked_at === null && (expires_at === null || expires_at > clock.now()),
      );
    },

    /** Oldest first, revoked and expired ones too. */
    async list(): Promise<ApiTokenView[]> {
      const rows = await apiTokenRepository(db.em).list();
      return rows.map(({ token_hash: _, ...row }) => ({ ...row, roles: unpackRoles(row.roles) }));
    },
  };
}
