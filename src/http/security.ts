import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Context, Middleware } from 'koa';
import helmet from 'koa-helmet';
import { workContext } from '../core/context';
import { httpError } from './errors';
import { isAllowed, type Permission, type Viewer } from './permissions';
import type { FreshFactor, Route } from './route';

/** Names every request, for the log and the fault bodies. */
export const traced: Middleware = (ctx, next) => {
  const traceId = randomUUID();
  ctx.state.traceId = traceId;
  ctx.set('x-request-id', traceId);
  return workContext.run({ traceId }, next);
};

/**
 * S21: what every answer carries, those to WeCom's callbacks too, which come before all else. An answer to a browser
 * gets the wider policy of `securityHeaders` instead.
 */
export const bareHeaders: Middleware = (ctx, next) => {
  ctx.set({
    'content-security-policy': "default-src 'none';base-uri 'none';object-src 'none';frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  });
  return next();
};

/** What the page beside a WeCom chat needs from elsewhere. */
export interface SidebarOrigins {
  /** Of the JS-SDK. */
  scripts: readonly string[];
  /** Who may show the page inside its own: the pretend client of the sandbox, and with a real company nobody. */
  framedBy: readonly string[];
}

/** S21. Everything the console needs comes from this server; the sidebar loads the JS-SDK as well. */
export function securityHeaders({ scripts, framedBy }: SidebarOrigins): Middleware {
  const console = policy({ scripts: [], framedBy: [] });
  const sidebar = policy({ scripts, framedBy });
  return (ctx, next) => (/^\/sidebar(\/|$)/.test(ctx.path) ? sidebar(ctx, next) : console(ctx, next));
}

const policy = ({ scripts, framedBy }: SidebarOrigins): Middleware =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scripts],
        // antd writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https://*.qpic.cn', 'https://*.qlogo.cn'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: framedBy.length > 0 ? [...framedBy] : ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    ...(framedBy.length > 0 ? { xFrameOptions: false } : {}),
    // Pictures come from Tencent's hosts: not even the name of this server is told to them.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  }) as Middleware;

export const permissionsPolicy: Middleware = (ctx, next) => {
  ctx.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  return next();
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** S5: a request that changes something and rides on a cookie must come from our own pages. */
export const sameSite: Middleware = (ctx, next) => {
  if (safeMethods.has(ctx.method) || ctx.get('authorization')) return next();
  const site = ctx.get('sec-fetch-site');
  const origin = ctx.get('origin');
  const foreign = (site && site !== 'same-origin' && site !== 'none') || (origin && !origin.endsWith(`//${ctx.host}`));
  if (foreign || ctx.get('x-requested-with') !== 'scrm') throw httpError('cross_site');
  return next();
};

/** A host name that is none would surprise whoever builds an address from it (S20). */
export const namedHost: Middleware = (ctx, next) => {
  if (!/^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(ctx.host)) throw httpError('bad_request');
  return next();
};

/** Whoever may not read the archive is told so: that there is one is no secret, and its ids are nobody's names. */
const isHidden = (can: Permission): boolean => !can.startsWith('archive:');

/**
 * Asks for the route's permission before its body is read. Of one record nobody learns whether it exists.
 * @throws http.unauthorized, forbidden, not_found
 */
export const allowed =
  ({ method, path, spec }: Route): Middleware =>
  (ctx, next) => {
    if (isAllowed(ctx.state.viewer, spec.can)) return next();
    if (!ctx.state.viewer) throw httpError('unauthorized');
    ctx.state.lacks = spec.can;
    throw httpError(isHidden(spec.can) && method === 'get' && path.includes('/:') ? 'not_found' : 'forbidden');
  };

/** @throws http.step_up_required, second_factor_missing */
export type RequireFreshFactor = (viewer: Viewer, ctx: Context, of: FreshFactor) => Promise<void>;

/** Asks for a second factor of the last five minutes where the route says so (S12), before the body is read. */
export const stepUp =
  ({ spec }: Route, requireFreshFactor: RequireFreshFactor): Middleware =>
  async (ctx, next) => {
    if (spec.freshFactor) {
      await requireFreshFactor(ctx.state.viewer, ctx, spec.freshFactor);
      ctx.state.freshFactor = true;
    }
    return next();
  };

/** How long a client may take, in milliseconds: for the headers, for the whole request, between two requests. */
export interface Patience {
  headersMs: number;
  requestMs: number;
  idleMs: number;
}

const patience: Patience = { headersMs: 10_000, requestMs: 30_000, idleMs: 10_000 };

/**
 * F11: a slow or silent client is cut off before it costs the others anything. Node looks for such clients as often
 * as `connectionsCheckingInterval` of `createServer` says, by default every 30 s only.
 */
export function limitClients(server: Server, { headersMs, requestMs, idleMs }: Patience = patience): Server {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.keepAliveTimeout = idleMs;
  server.maxRequestsPerSocket = 10_000;
  server.maxHeadersCount = 100;
  return server;
}
