import type { Context } from 'koa';
import { z } from 'zod';
import { get, type Route, redirect } from '../../../http/route';
import type { AccessService } from './access.service';
import { readSessionCookie, writeSessionCookie } from './session-cookie';
import { clearSignInCookie, readSignInCookie, writeSignInCookie } from './sign-in-cookie';
import { throttled } from './sign-in-throttle';
import type { WecomSignIn } from './wecom-sign-in';

/** The one answer to everybody who is not let in: the sign-in page, which says that WeCom's way failed. */
const refusedPage = '/sign-in?refused=wecom';

/** What a stranger may send in a query: anything. Only one piece of text each is taken. */
const loose = z.looseObject({});
const textIn = (query: Record<string, unknown>, name: string): string | undefined => {
  const value = query[name];
  return typeof value === 'string' && value.length <= 1024 ? value : undefined;
};

interface Deps {
  access: AccessService;
  wecomSignIn: WecomSignIn;
}

export const wecomSignInRoutes = ({ access, wecomSignIn }: Deps): Route[] => [
  get(
    '/session/ways',
    {
      can: 'public',
      about: 'How one may sign in here',
      returns: z.object({ wecom: z.boolean() }),
    },
    () => ({ wecom: wecomSignIn.isOffered() }),
  ),

  redirect(
    '/session/wecom',
    { can: 'public', about: 'Sign in by WeCom: silently inside its client, by QR code elsewhere', query: loose },
    async ({ query, ctx }) => {
      if (ctx.method !== 'GET') return refusedPage;
      const returnTo = query.return_to === undefined ? '/' : (textIn(query, 'return_to') ?? '');
      const from = { host: ctx.host, userAgent: ctx.get('user-agent'), address: ctx.ip };
      const trip = await letIn(access, ctx, () => wecomSignIn.setOut({ returnTo, ...from }));
      if (!trip) return refusedPage;
      writeSignInCookie(ctx, trip.browser);
      return trip.url;
    },
  ),

  redirect(
    '/session/wecom/callback',
    { can: 'public', about: 'Where WeCom sends the browser back to', query: loose },
    async ({ query, ctx }) => {
      // A HEAD is a program looking at a link, and must use up nothing.
      if (ctx.method !== 'GET') return refusedPage;
      const back = { code: textIn(query, 'code'), state: textIn(query, 'state'), browser: readSignInCookie(ctx) };
      const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
      clearSignInCookie(ctx);
      const opened = await letIn(access, ctx, () => wecomSignIn.comeBack({ ...back, ...from }));
      if (!opened) return refusedPage;
      writeSessionCookie(ctx, opened.sessionId);
      return opened.returnTo;
    },
  ),
];

class NotLetIn extends Error {}

/** Undefined when the step lets nobody in, or the address may not try any more. */
async function letIn<T>(access: AccessService, ctx: Context, step: () => Promise<T | undefined>) {
  try {
    return await throttled(access.attempts, { ctx }, async () => {
      const found = await step();
      if (!found) throw new NotLetIn();
      return found;
    });
  } catch (thrown) {
    if (thrown instanceof NotLetIn || isThrottled(thrown)) return undefined;
    throw thrown;
  }
}

const isThrottled = (thrown: unknown): boolean =>
  thrown instanceof Error && 'status' in thrown && thrown.status === 429;
