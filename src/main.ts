import { join } from 'node:path';
import type { Middleware } from 'koa';
import type { Config } from '../config';
import { version } from '../package.json';
import { createApp } from './app';
import { cached } from './core/cached';
import { minutes, seconds, systemClock } from './core/clock';
import { exitCode, StartupError } from './core/errors';
import { createAppLogger, type Logger } from './core/logger';
import { createMailer } from './core/mail';
import { createObjectStore } from './core/object-store';
import { createOutbound } from './core/outbound';
import type { Vault } from './core/vault';
import type { Database } from './db/database';
import { createKeyRing } from './db/key-ring';
import { openDatabase } from './db/open';
import { type Demo, startDemo } from './demo';
import { allEntities } from './entities';
import { archiveChecks, archiveFigures } from './features/archive/completeness';
import { signInPath } from './features/kernel/access';
import { backupBeforeMigrations, backupChecks } from './features/kernel/backups';
import { createLiveSettings, type LiveSettings } from './features/kernel/settings';
import { createInboxWriter, createReceiver, createSpoolDrain, openSpool } from './features/relations/inbox';
import { createHealth } from './http/health';
import { standardChecks } from './http/health-checks';
import { createMetrics } from './http/metrics';
import { listen } from './http/server';
import { createPay } from './pay';
import { createServices, type Platform, type Services } from './services';
import { createWecom } from './wecom';
import { createWorkers } from './workers';

export interface SystemOptions {
  config: Config;
  /** Run pending migrations first. */
  migrate: boolean;
  /** Take a backup before migrations change a database that is in use. Default true. */
  backup?: boolean;
  logger?: Logger;
}

export interface System {
  config: Config;
  db: Database;
  vault: Vault;
  services: Services;
  logger: Logger;
  /** Where the console is. */
  url: string;
  demo: Demo | undefined;
  /** Not ready at once, drains, closes (F9). */
  stop(): Promise<void>;
}

const webRoot = join(process.cwd(), 'web', 'dist');

/** Starts what the role asks for: configuration → database → services → app → jobs; `stop` undoes it in reverse. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { config: given, migrate, backup = true, logger: ownLogger } = options;
  const logger = ownLogger ?? createAppLogger({ ...given.log, dataDir: given.dataDir });
  const undo: (() => Promise<unknown> | unknown)[] = [];
  try {
    const demo = await startDemo(given, undo);
    const config = demo?.config ?? given;
    const platform = await openPlatform({ config, migrate, backup, logger }, undo);
    const liveSettings = createLiveSettings({ config, ...platform });
    undo.push(() => liveSettings.stop());
    await liveSettings.start();
    const metrics = createMetrics();
    const wecom = createWecom({
      baseUrl: config.wecom.apiBase,
      corpId: liveSettings.corpId,
      secrets: (app) => liveSettings.wecomApp(app).secret,
      agentId: liveSettings.agentId,
      metrics: metrics.wecom,
      ...platform,
    });
    undo.push(() => wecom.client.close());
    const pay = createPay({ config: config.pay, clock: platform.clock });
    undo.push(() => pay.close());
    const outbound = createOutbound(config.outbound);
    undo.push(() => outbound.close());
    const mailer = config.smtpUrl ? createMailer(config.smtpUrl) : undefined;
    undo.push(() => mailer?.close());
    const objects = config.s3Url
      ? createObjectStore({ url: config.s3Url, deployment: platform.vault.boundTo })
      : undefined;
    undo.push(() => objects?.close());
    const health = createHealth({ logger });
    const full: Platform = { ...platform, config, wecom, pay, outbound, mailer, objects, health };
    const services = createServices(full, liveSettings);
    undo.push(() => services.oidcSignIn.close());
    const url = await startHttp({ platform: full, services, liveSettings, metrics, undo });
    await startWork(full, services, undo);
    demo?.deliverTo(url);
    await greet(full, services, demo);
    const { db, vault } = platform;
    return { config, db, vault, services, logger, url, demo, stop: () => unwind(undo, logger) };
  } catch (error) {
    await unwind(undo, logger);
    throw error;
  }
}

type Undo = (() => Promise<unknown> | unknown)[];

async function openPlatform({ config, migrate, backup, logger }: Required<SystemOptions>, undo: Undo) {
  const clock = systemClock;
  const beforeMigrations = backup ? backupBeforeMigrations({ clock, program: version, logger }) : undefined;
  const { db, vault } = await openDatabase({ config, entities: allEntities, clock, migrate, beforeMigrations });
  undo.push(() => db.source.destroy());
  await db.measureClock();
  // Another process's clock may drift; leases must not (F7).
  const timer = setInterval(() => void db.measureClock().catch(() => undefined), minutes(1));
  undo.push(() => clearInterval(timer));
  const ring = createKeyRing({ db, vault, logger });
  ring.start();
  undo.push(() => ring.stop());
  return { db, vault, clock, logger };
}

interface HttpParts {
  platform: Platform;
  services: Services;
  liveSettings: LiveSettings;
  metrics: ReturnType<typeof createMetrics>;
  undo: Undo;
}

async function startHttp({ platform, services, liveSettings, metrics, undo }: HttpParts): Promise<string> {
  const { config, db, vault, clock, logger, wecom, health } = platform;
  const spool = db.dialect === 'mysql' ? openSpool(config.dataDir, logger) : undefined;
  if (spool) {
    const drain = createSpoolDrain({ spool, insert: services.inboxStore.insert, logger });
    drain.start();
    undo.push(() => drain.stop());
  }
  const writer = createInboxWriter({ store: services.inboxStore, spool, logger });
  const spoolDepth = () => spool?.depth() ?? 0;
  const jobs = services.queue.counts;
  health.register(
    ...standardChecks({ db, dataDir: config.dataDir, jobs, refusedSettings: () => wecom.tokens.refused(), spoolDepth }),
    services.verifications.health,
  );
  health.register(...backupChecks(services.backups), services.searchIndex.health);
  const archiveStatus = cached(services.archiveStatus.status, { ms: seconds(1), share: 0.05 });
  health.register(
    ...archiveChecks(archiveStatus, clock.now),
    services.archiveVerifications.health,
    services.securityLogs.health,
  );
  const archive = async () => archiveFigures(await archiveStatus());
  const backupAge = services.backups.ageSeconds;
  metrics.watch({ db, jobs, inbox: services.inbox.backlog, spoolDepth, backupAge, archive, health: health.report });
  const ofWecom = createReceiver({
    config,
    appOf: liveSettings.wecomApp,
    corpId: liveSettings.corpId,
    verified: services.doctor.noteVerified,
    vault,
    clock,
    writer,
    logger,
    count: metrics.callback,
  });
  const callbacks: Middleware = (ctx, next) => ofWecom(ctx, () => services.wechatPay.receiver(ctx, next));
  const app = createApp({ config, services, db, logger, callbacks, health, metrics, webRoot });
  const server = await listen(app, config.http);
  undo.push(() => server.stop());
  undo.push(() => health.drain());
  const local = `http://${urlHost(config.http.host)}:${server.port}`;
  services.address.servedAt(local);
  return config.http.publicUrl ?? local;
}

const urlHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

async function startWork(platform: Platform, services: Services, undo: Undo): Promise<void> {
  const { role } = platform.config;
  if (role === 'all' || role === 'worker') {
    const worker = createWorkers(platform, services);
    await services.backups.afterRestore();
    worker.start();
    undo.push(() => services.archive.stop());
    undo.push(() => worker.stop({ graceMs: 10_000 }));
    services.evidence.sealer.start();
    undo.push(() => services.evidence.sealer.stop());
    await services.plainTextSealing.start();
    await services.indexRun.begin();
    await services.wordLists.begin();
    await services.rules.book.begin();
    await services.dictionaries.begin();
    await services.categories.begin();
    await services.numberSeries.begin();
    await services.archive.wake();
    const replayed = await services.inbox.replayArrived();
    if (replayed > 0) platform.logger.info('callbacks that waited for a feature are handled now', { replayed });
  }
  if (role === 'all' || role === 'scheduler') {
    await services.scheduler.start();
    undo.push(() => services.scheduler.stop({ graceMs: 5000 }));
  }
}

/** The demo company is read at once, so that there is something to look at. */
async function greet({ logger }: Platform, { runs }: Services, demo: Demo | undefined): Promise<void> {
  if (!demo) return;
  const { items } = await runs.list({ kind: 'sync', limit: 1 });
  if (items.length === 0) await runs.start('sync', { scope: 'all' }, 'first start');
  logger.info('the demo company is up', { api: demo.config.wecom.apiBase });
}

async function unwind(undo: Undo, logger: Logger): Promise<void> {
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      logger.warn('something did not stop cleanly', { error });
    }
  }
}

/**
 * A link that signs somebody in once: at first start it creates the owner. The demo's owner gets one at every start;
 * with a real company a new one is made on the host (`scrm user link`).
 */
export async function signInLink({ services, url, demo }: System): Promise<string | undefined> {
  const { access } = services;
  if (await access.firstStart()) return url + signInPath(await access.issueSignInLink({}));
  const [owner] = demo ? await access.listUsers() : [];
  return owner && url + signInPath(await access.issueSignInLink({ accountId: owner.id }));
}

/** The sandbox lives inside one process, so it cannot be shared by several roles. */
export function assertRoleFits({ wecom, role }: Config): void {
  if (wecom.mode === 'live' || role === 'all') return;
  throw new StartupError(
    `ROLE=${role} needs a real WeCom company: the sandbox lives inside one process. Set WECOM_CORP_ID, or ROLE=all.`,
    exitCode.settings,
  );
}
