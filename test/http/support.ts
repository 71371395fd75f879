import { createServer, type Server } from 'node:http';
import type { Middleware } from 'koa';
import { createLogger } from 'winston';
import { loadConfig } from '../../config';
import { createApp } from '../../src/app';
import type { Clock } from '../../src/core/clock';
import { systemClock } from '../../src/core/clock';
import type { Logger } from '../../src/core/logger';
import type { Database } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import { createAccessService, createLocalSignIn } from '../../src/features/kernel/access';
import { createAuditService, createVerifications } from '../../src/features/kernel/audit';
import { createReportingService } from '../../src/features/kernel/scope';
import { createHealth } from '../../src/http/health';
import { createMetrics } from '../../src/http/metrics';
import { createJobQueue, createRuns } from '../../src/jobs';
import type { Services } from '../../src/services';
import { openTestDatabase } from '../support/database';
import { evidenceAt } from '../support/evidence';
import { vaultAtTest } from '../support/vault';

export const silent = createLogger({ silent: true });

/** A database with every table there is. */
export const openWholeDatabase = (clock: Clock = systemClock) => openTestDatabase(allEntities, clock);

/** The services every app at test has; a test brings the others it needs. */
export function coreServices(db: Database, clock: Clock = systemClock) {
  const { evidence } = evidenceAt(db, clock);
  const audit = createAuditService({ db, clock, evidence });
  const queue = createJobQueue({ db });
  const reporting = createReportingService({ db, queue, audit });
  const access = createAccessService({ db, audit, clock, reporting });
  const localSignIn = createLocalSignIn({ db, audit, clock, access, vault: vaultAtTest });
  const runs = createRuns({ db, queue, logger: silent });
  for (const kind of ['sync', 'reconciliation']) runs.define(kind, { exclusive: true, execute: async () => null });
  const verifications = createVerifications({ audit, evidence, runs, logger: silent });
  return { audit, verifications, access, localSignIn, reporting, queue, runs };
}

interface Options {
  env?: Record<string, string>;
  services?: object;
  callbacks?: Middleware;
  logger?: Logger;
}

const pass: Middleware = (_ctx, next) => next();

/** The real app on a real database, listening on a free port, with a token that may everything. */
export async function openApp({ env = {}, services = {}, callbacks = pass, logger = silent }: Options = {}) {
  const { db, close } = await openWholeDatabase();
  const core = coreServices(db);
  const health = createHealth({ logger: silent, keepMs: 0 });
  const metrics = createMetrics();
  const all = { ...core, ...services } as unknown as Services;
  const config = loadConfig({ WECOM_MODE: 'sandbox', ...env });
  const parts = { config, services: all, db, logger, callbacks, health, metrics, webRoot: 'test/http/web' };
  const app = createApp(parts);
  const server: Server = createServer(app.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { token } = await core.access.issueToken({ name: 'test', roles: ['system_admin'] });
  return {
    ...core,
    app,
    db,
    health,
    metrics,
    server,
    services: all,
    bearer: { authorization: `Bearer ${token}` },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await close();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof openApp>>;
