import type { Context } from 'koa';
import { z } from 'zod';
import { type Route, redirect } from '../../../http/route';
import type { AccessService } from './access.service';
import type { Journey } from './journeys';
import { readSessionCookie, writeSessionCookie } from './session-cookie';
import type { Way } from './sign-in.entity';
import { clearSignInCookie, readSignInCookie, writeSignInCookie } from './sign-in-cookie';
import { throttled } from './sign-in-throttle';

/** What a stranger may send in a query: anything. Only one piece of text each is taken. */
const loose = z.looseObject({});
/** Some providers put a whole encrypted record into their code. */
const longest = 4096;

function textsIn(query: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(query).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= longest,
  );
  return Object.fromEntries(texts);
}

interface Parts {
  way: Way;
  /** What the API page says of the way there. */
  about: string;
  access: Pick<AccessService, 'attempts'>;
  journey: Journey;
}

/** The way there and the way back. Whoever is not let in comes to the sign-in page, which says that this way failed. */
export function journeyRoutes({ way, about, access, journey }: Parts): Route[] {
  const refusedPage = `/sign-in?refused=${way}`;
  return [
    redirect(`/session/${way}`, { can: 'public', about, query: loose }, async ({ query, ctx }) => {
      if (ctx.method !== 'GET') return refusedPage;
      const returnTo = query.return_to === undefined ? '/' : (textsIn(query).return_to ?? '');
      const from = { host: ctx.host, userAgent: ctx.get('user-agent'), address: ctx.ip };
      const trip = await letIn(access, ctx, () => journey.setOut({ returnTo, ...from }));
      if (!trip) return refusedPage;
      if (trip.browser) writeSignInCookie(ctx, trip.browser);
      return trip.url;
    }),

    redirect(
      `/session/${way}/callback`,
      { can: 'public', about: 'Where the browser is sent back to', query: loose },
      async ({ query, ctx }) => {
        // A HEAD is a program looking at a link, and must use up nothing.
        if (ctx.method !== 'GET') return refusedPage;
        const back = { query: textsIn(query), host: ctx.host, browser: readSignInCookie(ctx) };
        const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
        clearSignInCookie(ctx);
        const opened = await letIn(access, ctx, () => journey.comeBack({ ...back, ...from }));
        if (!opened) return refusedPage;
        if (opened.sessionId) writeSessionCookie(ctx, opened.sessionId);
        return opened.returnTo;
      },
    ),
  ];
}

class NotLetIn extends Error {}

/** Undefined when the step lets nobody in, or the address may not try any more. */
async function letIn<T>(access: Parts['access'], ctx: Context, step: () => Promise<T | undefined>) {
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
