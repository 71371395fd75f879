import type { Context, Middleware } from 'koa';
import { httpError } from '../../../http/errors';
import type { Viewer } from '../../../http/permissions';
import type { AccessService } from './access.service';
import { readSessionCookie } from './session-cookie';

type Doors = Pick<AccessService, 'session' | 'viewerOfToken'>;

/**
 * Sets `ctx.state.viewer` from the bearer token or the session cookie; left undefined when the request brings neither.
 * A request with an `Authorization` header stands or falls by it: such requests are spared the same-site check, so
 * they must never ride on the cookie. @throws http.unauthorized
 */
export const authenticate =
  (access: Doors): Middleware =>
  async (ctx, next) => {
    ctx.state.viewer = ctx.get('authorization') ? await byToken(ctx, access) : await byCookie(ctx, access);
    return next();
  };

/** Finds out again who listens to a stream. An open page alone does not keep a session from becoming idle (S6). */
export const authenticateAgain = ({ glance, viewerOfToken }: Pick<AccessService, 'glance' | 'viewerOfToken'>) =>
  authenticate({ session: glance, viewerOfToken });

async function byToken(ctx: Context, access: Doors): Promise<Viewer> {
  const [, token] = /^Bearer (scrm_[\w-]{43})$/i.exec(ctx.get('authorization')) ?? [];
  const viewer = token && (await access.viewerOfToken(token));
  if (!viewer) throw httpError('unauthorized');
  return viewer;
}

async function byCookie(ctx: Context, access: Doors): Promise<Viewer | undefined> {
  const sessionId = readSessionCookie(ctx);
  return sessionId ? access.session(sessionId) : undefined;
}
