import { loadConfig } from '../../config';
import { version } from '../../package.json';
import { systemClock } from '../core/clock';
import { createAppLogger } from '../core/logger';
import { createMailer } from '../core/mail';
import { createObjectStore } from '../core/object-store';
import { createOutbound } from '../core/outbound';
import { openDatabase } from '../db/open';
import { allEntities } from '../entities';
import { backupBeforeMigrations } from '../features/kernel/backups';
import { createLiveSettings } from '../features/kernel/settings';
import { createHealth } from '../http/health';
import { createPay } from '../pay';
import { createServices, type Platform, type Services } from '../services';
import { createWecom } from '../wecom';

export interface CliSession extends Platform {
  services: Services;
}

/** Opens the product for one command, beside a server that may be running, and closes it again. */
export async function withServices<T>(work: (session: CliSession) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const logger = createAppLogger({ level: 'error' });
  const clock = systemClock;
  // A command may come before the first start; on MySQL migrating is a step of its own.
  const migrate = config.databaseUrl.startsWith('sqlite:');
  const beforeMigrations = backupBeforeMigrations({ clock, program: version, logger });
  const { db, vault } = await openDatabase({ config, entities: allEntities, clock, migrate, beforeMigrations });
  const liveSettings = createLiveSettings({ config, db, vault, logger });
  await liveSettings.refresh();
  const wecom = createWecom({
    baseUrl: config.wecom.apiBase,
    corpId: liveSettings.corpId,
    secrets: (app) => liveSettings.wecomApp(app).secret,
    agentId: liveSettings.agentId,
    db,
    vault,
    clock,
    logger,
  });
  const pay = createPay({ config: config.pay, clock });
  const outbound = createOutbound(config.outbound);
  const mailer = config.smtpUrl ? createMailer(config.smtpUrl) : undefined;
  const objects = config.s3Url ? createObjectStore({ url: config.s3Url, deployment: vault.boundTo }) : undefined;
  try {
    const health = createHealth({ logger });
    const platform: Platform = { config, db, vault, clock, logger, wecom, pay, outbound, mailer, objects, health };
    return await work({ ...platform, services: createServices(platform, liveSettings) });
  } finally {
    mailer?.close();
    await objects?.close();
    await wecom.client.close();
    await pay.close();
    await outbound.close();
    await db.source.destroy();
  }
}

/** Prints a result: JSON for programs, a sentence for people. */
export function print(result: unknown, { json }: { json?: boolean | undefined }, sentence: string): void {
  process.stdout.write(`${json ? JSON.stringify(result) : sentence}\n`);
}
