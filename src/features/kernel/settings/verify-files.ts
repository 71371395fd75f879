import type { Middleware } from 'koa';

const path = /^\/(WW_verify_[A-Za-z0-9]{16}\.txt)$/;

/**
 * The files by which WeCom proves who owns the domain (可信域名归属校验): at the root, by exact name, and nothing else.
 * @param contentOf undefined where there is no such file
 */
export const verifyFiles =
  (contentOf: (name: string) => string | undefined): Middleware =>
  (ctx, next) => {
    const name = path.exec(ctx.path)?.[1];
    const content = name && contentOf(name);
    if (!content || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.type = 'text/plain';
    ctx.set('cache-control', 'no-store');
    ctx.body = content;
  };
