import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Middleware } from 'koa';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
};

const reads = new Set(['GET', 'HEAD']);

/** Their names change with what is in them. */
const lasting = /^\/(sidebar\/)?assets\//;

/**
 * Serves the files that were in `folder` at start, by exact name: what is not listed does not exist, so no path
 * leads outside. Any other page address gets the index.html of the console, or of the sidebar, which route in the browser.
 */
export function staticFiles(folder: string): Middleware {
  const files = existsSync(folder) ? listFiles(folder) : new Map<string, string>();
  return async (ctx, next) => {
    const file = files.get(isPage(ctx.path) ? indexOf(ctx.path) : ctx.path);
    if (!file || !reads.has(ctx.method)) return next();
    const { size, mtime } = statSync(file);
    ctx.status = 200;
    ctx.etag = `${size.toString(36)}-${mtime.getTime().toString(36)}`;
    ctx.set('cache-control', lasting.test(ctx.path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.type = types[extname(file)] ?? 'application/octet-stream';
    ctx.length = size;
    ctx.body = createReadStream(file);
  };
}

const indexOf = (path: string): string => (/^\/sidebar(\/|$)/.test(path) ? '/sidebar/index.html' : '/index.html');

const isPage = (path: string): boolean =>
  !/^\/(api|callbacks|assets|sidebar\/assets|metrics|healthz|readyz)(\/|$)/.test(path) && !extname(path);

function listFiles(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [`/${relative(folder, file).split(sep).join('/')}`, file];
    }),
  );
}
