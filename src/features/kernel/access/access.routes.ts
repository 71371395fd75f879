import { z } from 'zod';
import { del, get, post, type Route } from '../../../http/route';
import { signInBody, toViewerView, viewerView } from './access.schema';
import type { AccessService } from './access.service';
import { ofAccount } from './attempts';
import { journeyRoutes } from './journeys.routes';
import type { LocalSignIn } from './local-sign-in';
import { localSignInRoutes } from './local-sign-in.routes';
import { oidcRoutes } from './oidc.routes';
import type { OidcSignIn } from './oidc-sign-in';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie';
import { sessionRoutes } from './sessions.routes';
import { throttled } from './sign-in-throttle';
import type { WecomSignIn } from './wecom-sign-in';

export interface AccessRouteDeps {
  access: AccessService;
  localSignIn: LocalSignIn;
  wecomSignIn: WecomSignIn;
  oidcSignIn: OidcSignIn;
}

export const accessRoutes = ({ access, localSignIn, wecomSignIn, oidcSignIn }: AccessRouteDeps): Route[] => [
  ...[
    post(
      '/session',
      {
        can: 'public',
        about: 'Sign in with a one-time link, and a code where it asks for one (ACCESS_CODE_REQUIRED)',
        body: signInBody,
        returns: viewerView,
      },
      async ({ body, ctx }) => {
        const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
        const accountId = body.code && (await access.linkAsksCodeOf(body.token));
        const limits = accountId ? [ofAccount('factor', accountId)] : [];
        const use = () => localSignIn.signInByLink(body, from);
        const { viewer, sessionId } = await throttled(access.attempts, { ctx, limits }, use);
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
  ],
  get(
    '/session/ways',
    { can: 'public', about: 'How one may sign in here', returns: z.object({ wecom: z.boolean(), oidc: z.boolean() }) },
    () => ({ wecom: wecomSignIn.isOffered(), oidc: oidcSignIn.isOffered() }),
  ),
  ...journeyRoutes({
    ...{ way: 'wecom', access, journey: wecomSignIn },
    about: 'Sign in by WeCom: silently inside its client, by QR code elsewhere',
  }),
  ...journeyRoutes({
    ...{ way: 'oidc', access, journey: oidcSignIn },
    about: 'Sign in at the OpenID Connect provider of the settings',
  }),
  ...oidcRoutes({ access, oidcSignIn }),
  ...localSignInRoutes({ access, localSignIn }),
  ...sessionRoutes({ access }),
];
