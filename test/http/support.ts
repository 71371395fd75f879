import { createServer, type Server } from 'node:http';
import type { Middleware } from 'koa';
import { createLogger } from 'winston';
import { loadConfig } from '../../config';
import { createApp } from '../../src/app';
import type { Clock } from '../../src/core/clock';
import { systemClock } from '../../src/core/clock';
import type { Database } from '../../src/db/database';
import { Jobs1763769600100 } from '../../src/db/migrations/1763769600100-jobs';
import { Wecom1763769600200 } from '../../src/db/migrations/1763769600200-wecom';
import { Access1763769600300 } from '../../src/db/migrations/1763769600300-access';
import { Relations1763769600400 } from '../../src/db/migrations/1763769600400-relations';
import { Inbox1763769600500 } from '../../src/db/migrations/1763769600500-inbox';
import { Idempotency1763769600600 } from '../../src/db/migrations/1763769600600-idempotency';
import { features } from '../../src/features';
import { createAccessService } from '../../src/features/kernel/access';
import { createAuditService } from '../../src/features/kernel/audit';
import { createHealth } from '../../src/http/health';
import { IdempotencyKey } from '../../src/http/idempotency.entity';
import { createMetrics } from '../../src/http/metrics';
import { createJobQueue, createRuns, jobEntities } from '../../src/jobs';
import type { Services } from '../../src/services';
import { wecomEntities } from '../../src/wecom';
import { openTestDatabase } from '../support/database';

export const silent = createLogger({ silent: true });

const migrations = [
  Jobs1763769600100,
  Wecom1763769600200,
  Access1763769600300,
  Relations1763769600400,
  Inbox1763769600500,
  Idempotency1763769600600,
];

/** A database with every table there is. */
export async function openWholeDatabase(clock: Clock = systemClock) {
  const entities = [...features.flatMap((feature) => feature.entities), ...jobEntities, ...wecomEntities];
  const opened = await openTestDatabase([...entities, IdempotencyKey], clock);
  const runner = opened.db.source.createQueryRunner();
  for (const Migration of migrations) await new Migration().up(runner);
  await runner.release();
  return opened;
}

/** The services every app at test has; a test brings the others it needs. */
export function coreServices(db: Database, clock: Clock = systemClock) {
  const audit = createAuditService({ db, clock });
  const access = createAccessService({ db, audit, clock });
  const queue = createJobQueue({ db });
  const runs = createRuns({ db, queue, logger: silent });
  for (const kind of ['sync', 'reconciliation']) runs.define(kind, { exclusive: true, execute: async () => null });
  return { audit, access, queue, runs };
}

interface Options {
  env?: Record<string, string>;
  services?: object;
  callbacks?: Middleware;
}

const pass: Middleware = (_ctx, next) => next();

/** The real app on a real database, listening on a free port, with a token that may everything. */
export async function openApp({ env = {}, services = {}, callbacks = pass }: Options = {}) {
  const { db, close } = await openWholeDatabase();
  const core = coreServices(db);
  const health = createHealth({ logger: silent, keepMs: 0 });
  const metrics = createMetrics();
  const all = { ...core, ...services } as unknown as Services;
  const config = loadConfig({ WECOM_MODE: 'sandbox', ...env });
  const parts = { config, services: all, db, logger: silent, callbacks, health, metrics, webRoot: 'test/http/web' };
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
