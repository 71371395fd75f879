import { z } from 'zod';
import { sha256 } from '../../../core/ids';
import { actorOf } from '../../../http/permissions';
import { del, get, type Route } from '../../../http/route';
import { idParam, instant, iso, page } from '../../../http/schema';
import { type Session, signInMethods } from './access.entity';
import { accessError } from './access.errors';
import type { AccessService } from './access.service';
import { readSessionCookie } from './session-cookie';

const sessionView = z.object({
  id: z.string(),
  method: z.enum(signInMethods).nullable(),
  address: z.string().nullable(),
  created_at: instant,
  last_seen_at: instant,
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
const sessionPage = page(sessionView);

export const sessionRoutes = ({ access }: { access: AccessService }): Route[] => {
  async function sessionsOf(accountId: string, sessionId?: string): Promise<z.input<typeof sessionPage>> {
    const account = await access.accounts.find(accountId);
    if (!account) throw accessError('unknown_account');
    const current = sessionId && sha256(sessionId);
    const rows = await access.sessions.activeOf(account);
    return { items: rows.map((row) => toSessionView(row, current)), next_cursor: null };
  }

  return [
    get('/sessions', { can: 'self', about: 'Where I am signed in', returns: sessionPage }, async ({ viewer, ctx }) =>
      viewer.kind === 'account' ? sessionsOf(viewer.id, readSessionCookie(ctx)) : { items: [], next_cursor: null },
    ),

    del(
      '/sessions/:id',
      {
        can: 'self',
        about: 'End one of my sessions, known by its id in the list; signing out is DELETE /session',
        freshFactor: 'where_enrolled',
        params: idParam,
        returns: z.null(),
        status: 204,
      },
      async ({ params, viewer, ctx }) => {
        if (viewer.kind !== 'account') throw accessError('unknown_session');
        await access.sessions.endOne(viewer.id, params.id, ctx.ip);
        return null;
      },
    ),

    get(
      '/users/:id/sessions',
      { can: 'access:read', about: 'Where a user is signed in', params: idParam, returns: sessionPage },
      ({ params }) => sessionsOf(params.id),
    ),

    del(
      '/users/:id/sessions',
      {
        can: 'access:write',
        about: 'End every session of a user',
        params: idParam,
        returns: z.object({ ended: z.number() }),
      },
      async ({ params, viewer }) => {
        if (!(await access.accounts.find(params.id))) throw accessError('unknown_account');
        return { ended: await access.endSessionsOf(params.id, actorOf(viewer)) };
      },
    ),
  ];
};

/** The id is the hash that is stored: it ends a session and opens none. */
const toSessionView = (row: Session, current: string | undefined): z.input<typeof sessionView> => ({
  id: row.id_hash,
  method: row.method,
  address: row.address,
  created_at: iso(row.created_at),
  last_seen_at: iso(row.last_seen_at),
  current: row.id_hash === current,
});
