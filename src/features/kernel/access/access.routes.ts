import { z } from 'zod';
import { del, get, post, type Route } from '../../../http/route';
import { signInBody, toViewerView, viewerView } from './access.schema';
import type { AccessService } from './access.service';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie';
import { createSignInThrottle } from './sign-in-throttle';

export const accessRoutes = ({ access }: { access: AccessService }): Route[] => {
  const throttle = createSignInThrottle();
  return [
    post(
      '/session',
      { can: 'public', about: 'Sign in with a one-time link', body: signInBody, returns: viewerView },
      async ({ body, ctx }) => {
        await throttle(ctx);
        const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
        const { viewer, sessionId } = await access.useSignInLink(body.token, from);
        writeSessionCookie(ctx, sessionId);
        return toViewerView(viewer);
      },
    ),

    get('/session', { can: 'self', about: 'Who I am and what I may do', returns: viewerView }, ({ viewer }) =>
      toViewerView(viewer),
    ),

    del('/session', { can: 'self', about: 'Sign out', returns: z.null(), status: 204 }, async ({ viewer, ctx }) => {
      const sessionId = readSessionCookie(ctx);
      if (viewer.kind === 'account' && sessionId) await access.endSession(sessionId, ctx.ip);
      clearSessionCookie(ctx);
      return null;
    }),
  ];
};
