import type { Context } from 'koa';

/*
 * Why not koa-session: it saves after the handler, outside the transaction that spends the link; it goes by Date.now
 * and not by our clock; each save moves the limit, so it has no absolute one; and it knows one cookie name an app.
 * What is left is one cookie with one opaque value.
 */

/** `__Host-` binds the cookie to this host and to https; a browser takes it over https only. */
const cookieName = (ctx: Context): string => (ctx.secure ? '__Host-scrm_session' : 'scrm_session');

const options = (ctx: Context) =>
  ({ httpOnly: true, sameSite: 'lax', secure: ctx.secure, path: '/', signed: false, overwrite: true }) as const;

export const readSessionCookie = (ctx: Context): string | undefined =>
  ctx.cookies.get(cookieName(ctx), { signed: false });

/** Kept until the browser closes: the limits stand with the session, on the server. */
export const writeSessionCookie = (ctx: Context, sessionId: string): void => {
  ctx.cookies.set(cookieName(ctx), sessionId, options(ctx));
};

export const clearSessionCookie = (ctx: Context): void => {
  ctx.cookies.set(cookieName(ctx), null, options(ctx));
};
