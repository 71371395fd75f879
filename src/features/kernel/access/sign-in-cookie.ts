import type { Context } from 'koa';
import { minutes } from '../../../core/clock';

/** Binds a way to WeCom or a provider and back to the browser that set out. `__Host-` where the browser takes it. */
const cookieName = (ctx: Context): string => (ctx.secure ? '__Host-scrm_sign_in' : 'scrm_sign_in');

/** Lax: the browser comes back from a foreign site by a link. */
const options = (ctx: Context) =>
  ({ httpOnly: true, sameSite: 'lax', secure: ctx.secure, path: '/', signed: false, overwrite: true }) as const;

export const signInLasts = minutes(5);

export const readSignInCookie = (ctx: Context): string | undefined =>
  ctx.cookies.get(cookieName(ctx), { signed: false });

export const writeSignInCookie = (ctx: Context, browser: string): void => {
  ctx.cookies.set(cookieName(ctx), browser, { ...options(ctx), maxAge: signInLasts });
};

export const clearSignInCookie = (ctx: Context): void => {
  ctx.cookies.set(cookieName(ctx), null, options(ctx));
};
