import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import compress from 'koa-compress';
import type { Config } from '../config';
import type { Logger } from './core/logger';
import type { Database } from './db/database';
import { authenticate } from './features/kernel/access';
import { verifyFiles } from './features/kernel/settings';
import { jsonBody } from './http/body';
import { apiDocs } from './http/docs';
import type { Health } from './http/health';
import { idempotent } from './http/idempotency';
import { type Metrics, metricsRoute } from './http/metrics';
import { createOpenApi } from './http/openapi';
import { problems } from './http/problem';
import { limitRequests } from './http/request-limit';
import type { Route } from './http/route';
import {
  allowed,
  bareHeaders,
  namedHost,
  permissionsPolicy,
  type RequireFreshFactor,
  type SidebarOrigins,
  sameSite,
  securityHeaders,
  stepUp,
  traced,
} from './http/security';
import { staticFiles } from './http/static';
import { routesOf } from './openapi';
import type { Services } from './services';

export interface AppParts {
  config: Pick<Config, 'http' | 'wecom'>;
  services: Services;
  db: Database;
  logger: Logger;
  /** The receivers: they read raw bodies, answer in the manner of who sends and let everything else pass. */
  callbacks: Middleware;
  health: Health;
  metrics: Metrics;
  /** Folder of the built console. */
  webRoot: string;
}

/** The whole order of middleware. */
export function createApp({ config, services, db, logger, callbacks, health, metrics, webRoot }: AppParts): Koa {
  const routes = routesOf(services);
  const who = limitRequests(authenticate(services.access), { perMinute: config.http.requestsPerMinute, logger });
  const api = apiRouter(routes, { db, access: services.access, who });
  const app = new Koa();
  trustProxy(app, config.http.publicUrl);
  app.on('error', (error: unknown) => logConnectionFault(logger, error));
  app.use(metrics.timed);
  app.use(bareHeaders);
  app.use(callbacks);
  app.use(traced);
  app.use(problems(logger));
  app.use(securityHeaders(sidebarOrigins(config.wecom)));
  app.use(permissionsPolicy);
  app.use(compress({ threshold: 1024 }));
  app.use(namedHost);
  app.use(health.routes);
  app.use(metricsRoute(metrics, config.http.metricsToken));
  app.use(apiDocs(createOpenApi(routes)));
  app.use(api.routes());
  app.use(api.allowedMethods());
  app.use(verifyFiles((name) => services.settings.verifyFile(name)));
  app.use(staticFiles(webRoot));
  return app;
}

/**
 * With an https address there is a proxy in front, for this process speaks http only: it is told the scheme (so that
 * cookies are Secure) and the caller's address by the proxy's headers. Without one, anybody could write such headers.
 * Of a chain of addresses only the last was written by our proxy.
 */
function trustProxy(app: Koa, publicUrl: string | undefined): void {
  app.proxy = publicUrl?.startsWith('https:') ?? false;
  app.maxIpsCount = 1;
}

/** What `problems` did not see: mostly people who closed a page while it loaded. */
function logConnectionFault(logger: Logger, error: unknown): void {
  const left = /^(EPIPE|ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)$/.test(
    error instanceof Error && 'code' in error ? String(error.code) : '',
  );
  if (left) logger.debug('a client left', { error });
  else logger.error('a request failed outside the routes', { error });
}

/** In the sandbox WeCom's client is a page, at whichever name of this machine. */
function sidebarOrigins({ mode, apiBase, jsSdkUrls }: Config['wecom']): SidebarOrigins {
  const { origin, port } = new URL(apiBase);
  const framedBy = mode === 'sandbox' ? [origin, `http://localhost:${port}`] : [];
  return { scripts: [...new Set(jsSdkUrls.map((url) => new URL(url).origin))], framedBy };
}

interface ApiDeps {
  db: Database;
  access: { requireFreshFactor: RequireFreshFactor };
  /** Finds out who asks. */
  who: Middleware;
}

/** Who asks and whether he may is settled before a body is read. */
function apiRouter(routes: Route[], { db, access, who }: ApiDeps): Router {
  const router = new Router({ prefix: '/api/v1' });
  for (const route of routes) {
    const { method, path, spec } = route;
    const ownPages = spec.signed ? [] : [sameSite];
    const gates = [...ownPages, who, allowed(route), stepUp(route, access.requireFreshFactor)];
    router[method](path, named(route), ...gates, jsonBody, idempotent(db, route));
  }
  return router;
}

/** The pattern, for the metrics. A stream writes its own head: Koa starts every answer as a 404 without a type. */
const named =
  ({ path, spec }: Route): Middleware =>
  (ctx, next) => {
    ctx.state.route = `/api/v1${path}`;
    ctx.set('cache-control', 'no-store');
    if (spec.returns === 'stream') {
      ctx.status = 200;
      ctx.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' });
    }
    return next();
  };
