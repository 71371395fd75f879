import { z } from 'zod';
import { actorOf } from '../../../http/permissions';
import { del, get, post, type Route } from '../../../http/route';
import { idParam, instant, isoOrNull } from '../../../http/schema';
import { accessError } from './access.errors';
import type { AccessService } from './access.service';
import { browserOf } from './browser-of';
import type { OidcSignIn } from './oidc-sign-in';
import { writeSignInCookie } from './sign-in-cookie';

const ownConnection = z.object({
  /** Whether single sign-on is set up on this server. */
  offered: z.boolean(),
  connected_at: instant.nullable(),
});
const connection = z.object({ connected_at: instant.nullable() });
const begun = z.object({
  url: z.string().openapi({ description: 'where the browser goes on: a page of the provider' }),
});

interface Deps {
  access: AccessService;
  oidcSignIn: OidcSignIn;
}

/** Which identity opens an account: connected by its owner, removed by its owner or by who lets people in. */
export const oidcRoutes = ({ access, oidcSignIn }: Deps): Route[] => [
  get(
    '/session/oidc/connection',
    { can: 'self', about: 'Whether single sign-on opens my account', returns: ownConnection },
    async (input) => ({
      offered: oidcSignIn.isOffered(),
      connected_at: isoOrNull(await oidcSignIn.connectedAt(browserOf(input).account.id)),
    }),
  ),

  post(
    '/session/oidc/connection',
    { can: 'self', about: 'Begin to connect single sign-on with my account', freshFactor: true, returns: begun },
    async (input) => {
      const { account, from } = browserOf(input);
      const { ctx } = input;
      const trip = await oidcSignIn.beginConnecting(account.id, { host: ctx.host, address: from.address });
      writeSignInCookie(ctx, trip.browser);
      return { url: trip.url };
    },
  ),

  del(
    '/session/oidc/connection',
    {
      can: 'self',
      about: 'Single sign-on no longer opens my account; my other sessions end',
      freshFactor: true,
      returns: z.null(),
      status: 204,
    },
    async (input) => {
      const { account, from } = browserOf(input);
      await oidcSignIn.removeOwn(account.id, from);
      return null;
    },
  ),

  get(
    '/users/:id/oidc-connection',
    { can: 'access:read', about: 'Whether single sign-on opens an account', params: idParam, returns: connection },
    async ({ params }) => {
      if (!(await access.accounts.find(params.id))) throw accessError('unknown_account');
      return { connected_at: isoOrNull(await oidcSignIn.connectedAt(params.id)) };
    },
  ),

  del(
    '/users/:id/oidc-connection',
    {
      can: 'access:write',
      about: 'Single sign-on no longer opens an account; its sessions end',
      freshFactor: true,
      params: idParam,
      returns: z.null(),
      status: 204,
    },
    async ({ params, viewer }) => {
      await oidcSignIn.removeOf(params.id, actorOf(viewer));
      return null;
    },
  ),
];
