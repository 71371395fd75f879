import Koa from 'koa';
import { loadConfig } from '../../config';
import { createApp } from '../../src/app';
import { systemClock } from '../../src/core/clock';
import { createAppLogger } from '../../src/core/logger';
import { createOutbound } from '../../src/core/outbound';
import { openDatabase } from '../../src/db/open';
import { allEntities } from '../../src/entities';
import { createInboxWriter, createReceiver, openSpool } from '../../src/features/relations/inbox';
import { createHealth } from '../../src/http/health';
import { createMetrics } from '../../src/http/metrics';
import { listen } from '../../src/http/server';
import { createPay } from '../../src/pay';
import { createServices } from '../../src/services';
import { createWecom } from '../../src/wecom';
import { createWorkers } from '../../src/workers';

/** What answers: `bare` only reads the body, `unstored` is the real route without the storing, `all` also works. */
const variant = process.argv[2];

async function main(): Promise<void> {
  const config = loadConfig();
  const { port } = await listen(variant === 'bare' ? bare() : await real(), config.http);
  process.stdout.write(`${port}\n`);

  async function real(): Promise<Koa> {
    const logger = createAppLogger({ level: 'error' });
    const clock = systemClock;
    const { db, vault } = await openDatabase({ config, entities: allEntities, clock, migrate: true });
    const metrics = createMetrics();
    const secrets = (app: keyof typeof config.wecom.apps) => config.wecom.apps[app].secret;
    const { apiBase: baseUrl, corpId, agentId } = config.wecom;
    const wecom = createWecom({
      baseUrl,
      corpId: () => corpId,
      secrets,
      agentId: () => agentId,
      db,
      vault,
      clock,
      logger,
    });
    const health = createHealth({ logger });
    const outbound = createOutbound(config.outbound);
    const platform = {
      config,
      db,
      vault,
      clock,
      logger,
      wecom,
      pay: createPay({ config: config.pay, clock }),
      outbound,
      mailer: undefined,
      objects: undefined,
      health,
    };
    const services = createServices(platform);
    const spool = db.dialect === 'mysql' ? openSpool(config.dataDir, logger) : undefined;
    const writer =
      variant === 'unstored'
        ? { accept: async () => undefined }
        : createInboxWriter({ store: services.inboxStore, spool, logger });
    const callbacks = createReceiver({ config, vault, clock, writer, logger, count: metrics.callback });
    if (variant === 'all') createWorkers(platform, services).start();
    return createApp({ config, services, db, logger, callbacks, health, metrics, webRoot: 'web/dist' });
  }
}

function bare(): Koa {
  const app = new Koa();
  app.use(async (ctx) => {
    for await (const _ of ctx.req);
    ctx.body = 'success';
  });
  return app;
}

void main();
