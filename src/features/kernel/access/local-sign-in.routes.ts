import { z } from 'zod';
import { httpError } from '../../../http/errors';
import type { Viewer } from '../../../http/permissions';
import { get, post, put, type Route, type RouteInput } from '../../../http/route';
import { instant, isoOrNull } from '../../../http/schema';
import { factorCode, toViewerView, viewerView } from './access.schema';
import type { AccessService } from './access.service';
import { ofAccount } from './attempts';
import { browserOf } from './browser-of';
import type { LocalSignIn } from './local-sign-in';
import { nameKey } from './passwords';
import { readSessionCookie, writeSessionCookie } from './session-cookie';
import { throttled } from './sign-in-throttle';

const secretText = z.string().min(1).max(512);
const credentialsBody = z.strictObject({ name: z.string().min(1).max(128), password: secretText, code: factorCode });
const passwordBody = z.strictObject({
  name: z.string().min(1).max(128),
  password: secretText,
  current_password: secretText.optional().openapi({ description: 'the one in use; asked for as soon as there is one' }),
});
const codeBody = z.strictObject({ code: factorCode });

const factorView = z.object({
  /** The name to sign in by; null while no password is set. */
  password_name: z.string().nullable(),
  may_set_password: z.boolean(),
  totp: z.boolean(),
  recovery_codes_left: z.number(),
  /** Until when no code is asked for; null when one is asked for now. */
  fresh_until: instant.nullable(),
});
const totpView = z.object({ secret: z.string(), uri: z.string() });
const recoveryView = z.object({ recovery_codes: z.array(z.string()) });

interface Deps {
  access: AccessService;
  localSignIn: LocalSignIn;
}

type Input = Pick<RouteInput<undefined, undefined, undefined>, 'viewer' | 'ctx'>;

/** Those who keep the server running need a way in when WeCom is away. */
const maySetPassword = ({ roles }: Viewer): boolean =>
  roles.includes('system_admin') || roles.includes('security_admin');

export const localSignInRoutes = ({ access, localSignIn }: Deps): Route[] => [
  post(
    '/session/password',
    { can: 'public', about: 'Sign in with name, password and a code', body: credentialsBody, returns: viewerView },
    async ({ body, ctx }) => {
      const limits = [ofAccount('password', nameKey(body.name))];
      const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
      const { viewer, sessionId } = await throttled(access.attempts, { ctx, limits }, () =>
        localSignIn.signIn(body, from),
      );
      writeSessionCookie(ctx, sessionId);
      return toViewerView(viewer);
    },
  ),
  ...ownFactorRoutes({ access, localSignIn }),
];

function ownFactorRoutes({ access, localSignIn }: Deps): Route[] {
  /** Once there is a second factor, whoever changes it or the password shows it. */
  async function withFactor(input: Input) {
    const browser = browserOf(input);
    await access.requireFreshFactor(input.viewer, input.ctx, 'where_enrolled');
    return browser;
  }

  const limitsOf = (accountId: string) => [ofAccount('factor', accountId)];

  return [
    get(
      '/session/factor',
      { can: 'self', about: 'My password and second factor', returns: factorView },
      async (input) => {
        const { account } = browserOf(input);
        const fresh_until = isoOrNull(await access.freshUntil(input.ctx));
        const may_set_password = maySetPassword(input.viewer);
        return { ...(await localSignIn.standing(account.id)), may_set_password, fresh_until };
      },
    ),

    post(
      '/session/step-up',
      {
        can: 'self',
        about: 'Show my second factor, for acts that ask for a fresh one; the session gets a new id, in its cookie',
        body: codeBody,
        returns: z.null(),
        status: 204,
      },
      async (input) => {
        const { account, from } = browserOf(input);
        const { ctx, body } = input;
        const show = () => localSignIn.showFactor(account.id, body.code, from);
        writeSessionCookie(ctx, await throttled(access.attempts, { ctx, limits: limitsOf(account.id) }, show));
        return null;
      },
    ),

    put(
      '/session/password',
      { can: 'self', about: 'Set the password I sign in with', body: passwordBody, returns: z.null(), status: 204 },
      async (input) => {
        if (!maySetPassword(input.viewer)) throw httpError('forbidden');
        const { account, from } = await withFactor(input);
        const { ctx, body } = input;
        const limits = [ofAccount('password', account.id)];
        await throttled(access.attempts, { ctx, limits }, () =>
          localSignIn.assertCurrent(account.id, body.current_password),
        );
        await localSignIn.setPassword(account, body, from);
        return null;
      },
    ),

    post(
      '/session/totp',
      { can: 'self', about: 'Begin with an authenticator app: its secret, shown this once', returns: totpView },
      async (input) => {
        const { account, from } = await withFactor(input);
        return localSignIn.beginTotp(account, from.address);
      },
    ),

    put(
      '/session/totp',
      { can: 'self', about: 'Confirm the app by a code; recovery codes, once', body: codeBody, returns: recoveryView },
      async (input) => {
        const { account, from } = await withFactor(input);
        const { ctx, body } = input;
        const confirm = () => localSignIn.confirmTotp(account.id, body.code, from);
        const limits = limitsOf(account.id);
        const { recoveryCodes, sessionId } = await throttled(access.attempts, { ctx, limits }, confirm);
        writeSessionCookie(ctx, sessionId);
        return { recovery_codes: recoveryCodes };
      },
    ),

    post(
      '/session/recovery-codes',
      { can: 'self', about: 'Ten new recovery codes in place of the old ones', returns: recoveryView },
      async (input) => {
        const { account, from } = browserOf(input);
        await access.requireFreshFactor(input.viewer, input.ctx);
        return { recovery_codes: await localSignIn.renewRecovery(account.id, from.address) };
      },
    ),
  ];
}
