import type { Context } from 'koa';
import { z } from 'zod';
import { type Route, redirect } from '../../../http/route';
import type { AccessService } from './access.service';
import type { Journey } from './journeys';
import { refusedPath } from './return-path';
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
  return [
    redirect(`/session/${way}`, { can: 'public', about, query: loose }, async ({ query, ctx }) => {
      const returnTo = query.return_to === undefined ? '/' : (textsIn(query).return_to ?? '');
      if (ctx.method !== 'GET') return refusedPath(way, returnTo);
      const from = { host: ctx.host, userAgent: ctx.get('user-agent'), address: ctx.ip };
      const trip = await letIn(access, ctx, () => journey.setOut({ returnTo, ...from }));
      if (!trip) return refusedPath(way, returnTo);
      if (trip.browser) writeSignInCookie(ctx, trip.browser);
      return trip.url;
    }),

    redirect(
      `/session/${way}/callback`,
      { can: 'public', about: 'Where the browser is sent back to', query: loose },
      async ({ query, ctx }) => {
        // A HEAD is a program looking at a link, and must use up nothing.
        if (ctx.method !== 'GET') return refusedPath(way);
        const back = { query: textsIn(query), host: ctx.host, browser: readSignInCookie(ctx) };
        const from = { address: ctx.ip, replaces: readSessionCookie(ctx) };
        clearSignInCookie(ctx);
        const opened = await letIn(access, ctx, () => journey.comeBack({ ...back, ...from }));
        if (!opened) return refusedPath(way);
        if (opened.isRefused) return refusedPath(way, opened.returnTo);
        if (opened.sessionId) writeSessionCookie(ctx, opened.sessionId);
        return opened.returnTo;
      },
    ),
  ];
}

class NotLetIn<T> extends Error {
  constructor(readonly found: T | undefined) {
    super();
  }
}

/** Undefined when the step lets nobody in, or the address may not try any more. */
async function letIn<T extends { isRefused?: true }>(
  access: Parts['access'],
  ctx: Context,
  step: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await throttled(access.attempts, { ctx }, async () => {
      const found = await step();
      if (!found || found.isRefused) throw new NotLetIn(found);
      return found;
    });
  } catch (thrown) {
    if (thrown instanceof NotLetIn) return thrown.found;
    if (isThrottled(thrown)) return undefined;
    throw thrown;
  }
}

const isThrottled = (thrown: unknown): boolean =>
  thrown instanceof Error && 'status' in thrown && thrown.status === 429;
