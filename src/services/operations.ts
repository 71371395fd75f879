import { aboutSetting, environment, settingNames } from '../../config/schema';
import { version } from '../../package.json';
import { seconds } from '../core/clock';
import { createKeyRing } from '../db/key-ring';
import { masterKeyOf } from '../db/open';
import { createLiveFeed, createOverviewService } from '../features/insight/overview';
import { authenticateAgain } from '../features/kernel/access';
import { createBackupService } from '../features/kernel/backups';
import { createKeyService, createPlainTextSealing } from '../features/kernel/keys';
import { createNotificationService } from '../features/kernel/notifications';
import {
  createDoctor,
  createPlatformNotes,
  createSettingsService,
  type LiveSettings,
  type OwnAddress,
} from '../features/kernel/settings';
import { createSidebarService } from '../features/kernel/sidebar';
import { createEscalations } from '../features/risk/escalations';
import { createScheduler } from '../jobs';
import { schedules } from '../schedules';
import type { Archive } from './archive';
import type { Commerce } from './commerce';
import type { Handover } from './handover';
import type { Kernel } from './kernel';
import type { Platform } from './platform';
import type { Relations } from './relations';
import type { Risk } from './risk';

/** What keeps the product running, and those who run it in the picture. */
export function createOperations(
  platform: Platform,
  kernel: Kernel & Relations & Archive & Risk & Handover & Commerce & { address: OwnAddress },
  liveSettings: LiveSettings,
) {
  const { config, db, clock, logger, vault, wecom, mailer, health } = platform;
  const { queue, runs, events, audit, access, scopes, inbox, address } = kernel;
  const masterKey = () => masterKeyOf(config);
  const { lastReceived } = inbox;

  const notes = createPlatformNotes(db);
  const settings = createSettingsService({
    address,
    notes,
    config,
    db,
    vault,
    audit,
    live: liveSettings,
    catalogue: { names: settingNames, about: aboutSetting, shapes: environment.shape },
    version,
    wecom: wecom.platform,
    resetToken: (app) => wecom.tokens.reset(app),
    lastReceived,
  });
  const backups = createBackupService({ config, db, clock, logger, runs, audit, masterKey, version });
  const keys = createKeyService({
    ...{ db, vault, audit, runs, masterKey },
    ring: createKeyRing({ db, vault, logger }),
    spreadMs: seconds(config.keySpreadSeconds),
  });
  const tables = [...kernel.externalContacts.plainRows, ...kernel.staff.plainRows];
  const plainTextSealing = createPlainTextSealing({ db, runs, tables });
  const { corpId, agentId } = liveSettings;
  const sidebar = createSidebarService({ ...platform, ...kernel, attempts: access.attempts, corpId, agentId });
  const parts = { live: liveSettings, notes, address, backups, lastReceived, sidebar: sidebar.failures };
  const doctor = createDoctor({ ...platform, ...parts });
  const notifications = createNotificationService({
    ...{ db, queue, logger, wecom, mailer, health, events },
    publicUrl: config.http.publicUrl,
    hasAgent: () => liveSettings.agentId() !== undefined,
  });
  const escalations = createEscalations({ ...kernel, db, notifications, waitMinutes: config.alertEscalateMinutes });
  const { restoration } = backups;
  const { isConnected } = liveSettings;
  const overview = createOverviewService({ config, isConnected, db, scopes, runs, health, clock, restoration });
  const live = createLiveFeed({ db, runs, logger, authenticate: authenticateAgain(access) });
  const tasks = schedules({ ...kernel, config, db, queue, notifications, escalations });
  const scheduler = createScheduler({ db, logger, tasks });

  return {
    settings,
    sidebar,
    backups,
    keys,
    plainTextSealing,
    doctor,
    notifications,
    escalations,
    overview,
    live,
    scheduler,
  };
}
