import { dispatcher } from '../callbacks';
import type { Config } from '../config';
import { aboutSetting, environment, settingNames } from '../config/schema';
import { version } from '../package.json';
import { type Clock, seconds } from './core/clock';
import type { Logger } from './core/logger';
import type { Mailer } from './core/mail';
import type { Outbound } from './core/outbound';
import type { Vault } from './core/vault';
import type { Database } from './db/database';
import { createKeyRing } from './db/key-ring';
import { masterKeyOf } from './db/open';
import { createLiveFeed, createOverviewService } from './features/insight/overview';
import {
  authenticateAgain,
  createAccessService,
  createCustomRoles,
  createLocalSignIn,
  createUserService,
  createWecomSignIn,
} from './features/kernel/access';
import { createApprovalService } from './features/kernel/approvals';
import { auditStream, createAuditExports, createAuditService, createVerifications } from './features/kernel/audit';
import { createBackupService } from './features/kernel/backups';
import { createDomainEvents, type DomainEvents } from './features/kernel/events';
import { type AnchorStore, createAnchorFolder, createAnchorMail, createEvidence } from './features/kernel/evidence';
import { createKeyService, createPlainTextSealing } from './features/kernel/keys';
import { createCollaborators, createReportingService, createScopes } from './features/kernel/scope';
import {
  createDoctor,
  createLiveSettings,
  createOwnAddress,
  createPlatformNotes,
  createSettingsService,
} from './features/kernel/settings';
import { createStaffService } from './features/kernel/staff';
import { createWebhookService } from './features/kernel/webhooks';
import { createCorpTagService } from './features/relations/corp-tags';
import {
  createExposure,
  createExternalContactService,
  createExternalContactViews,
  createReveal,
} from './features/relations/external-contacts';
import { createGroupChatService, createGroupChatViews } from './features/relations/group-chats';
import { createInboxService, createInboxStore } from './features/relations/inbox';
import { createDifferences, createLeavers, defineFullReads } from './features/relations/reconciliation';
import type { Health } from './http/health';
import { createJobQueue, createLeases, createRuns, createScheduler, type RunEnded } from './jobs';
import { schedules } from './schedules';
import type { Wecom } from './wecom';

/** What every service may stand on. */
export interface Platform {
  config: Config;
  db: Database;
  vault: Vault;
  clock: Clock;
  logger: Logger;
  wecom: Wecom;
  /** The way to addresses that people named. */
  outbound: Outbound;
  mailer: Mailer | undefined;
  health: Health;
}

export type Services = ReturnType<typeof createServices>;

/** Anchors are kept in a folder, and mailed where somebody says to whom. */
function anchorsOf({ config, clock, logger, mailer }: Platform): AnchorStore {
  const { anchorDir: dir, anchorMailTo: to, databaseUrl } = config;
  const folder = createAnchorFolder({ dir, databaseUrl, clock });
  return mailer && to ? createAnchorMail({ folder, mailer, to, logger }) : folder;
}

/**
 * Every service, in dependency order: a later one may take an earlier one. Unless live settings are given, those of
 * the environment count.
 */
export function createServices(platform: Platform, liveSettings = createLiveSettings(platform)) {
  const { config, db, clock, logger, vault, wecom, outbound, health } = platform;
  const queue = createJobQueue({ db });
  const events = createDomainEvents();
  const runs = createRuns({ db, queue, logger, ended: tellOfRuns(events, clock) });
  const evidence = createEvidence({
    db,
    vault,
    clock,
    logger,
    leases: createLeases({ db }),
    corp: vault.boundTo,
    anchors: anchorsOf(platform),
    streams: [auditStream],
  });
  const audit = createAuditService({ db, clock, evidence });
  const verifications = createVerifications({ audit, evidence, runs, logger });
  const webhooks = createWebhookService({ db, vault, queue, audit, outbound, events });
  const reporting = createReportingService({ db, queue, audit });
  const scopes = createScopes(db);
  const accessParts = { db, audit, clock, reporting };
  const access = createAccessService(accessParts);
  const approvals = createApprovalService({ db, clock, audit, accounts: access.accounts });
  const users = createUserService(access, { ...accessParts, approvals });
  const customRoles = createCustomRoles(accessParts);
  const auditExports = createAuditExports({ db, clock, audit, evidence, approvals });

  const staff = createStaffService({ db, wecom, vault, changed: reporting.stale, events });
  const localSignIn = createLocalSignIn({ db, audit, clock, vault, access });
  const wecomSignIn = createWecomSignIn({ ...platform, audit, access, staff, ...liveSettings });
  const externalContacts = createExternalContactService({ db, wecom, staff, vault, events });
  const externalContactViews = createExternalContactViews({ db, scopes, vault });
  const exposure = createExposure({ db, audit, attempts: access.attempts, logger });
  const reveal = createReveal({ db, vault, audit, scopes, exposure });
  const collaborators = createCollaborators({ db, audit, reporting, contacts: externalContactViews });
  const corpTags = createCorpTagService({ db, wecom });
  const groupChats = createGroupChatService({ db, wecom, staff, events });
  const leavers = createLeavers({ db, queue, wecom, staff, externalContacts, groupChats });
  const differences = createDifferences({ db, scopes, events });

  const inboxStore = createInboxStore({ db, queue });
  const inbox = createInboxService({ db, store: inboxStore, vault, audit, handled: dispatcher.handled });

  const reading = { db, wecom, logger, staff, externalContacts, corpTags, groupChats, differences };
  defineFullReads({
    ...reading,
    runs,
    queue,
    leavers,
    confirmSeconds: config.reconcileConfirmSeconds,
    inboxMark: inbox.settledThrough,
  });

  const address = createOwnAddress(config);
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
    lastReceived: inbox.lastReceived,
  });
  const backups = createBackupService({
    config,
    db,
    clock,
    logger,
    runs,
    audit,
    masterKey: () => masterKeyOf(config),
    version,
  });
  const keys = createKeyService({
    db,
    vault,
    audit,
    runs,
    ring: createKeyRing({ db, vault, logger }),
    masterKey: () => masterKeyOf(config),
    spreadMs: seconds(config.keySpreadSeconds),
  });
  const tables = [...externalContacts.plainRows, ...staff.plainRows];
  const plainTextSealing = createPlainTextSealing({ db, runs, tables });
  const doctor = createDoctor({
    ...platform,
    live: liveSettings,
    notes,
    address,
    backups,
    lastReceived: inbox.lastReceived,
  });
  const { restoration } = backups;
  const overview = createOverviewService({
    config,
    isConnected: liveSettings.isConnected,
    db,
    scopes,
    runs,
    health,
    clock,
    restoration,
  });
  const live = createLiveFeed({ db, runs, logger, authenticate: authenticateAgain(access) });
  const tasks = schedules({ approvals, config, db, queue, runs, inbox, evidence, verifications, webhooks });
  const scheduler = createScheduler({ db, logger, tasks });

  return {
    queue,
    runs,
    scheduler,
    evidence,
    audit,
    verifications,
    webhooks,
    auditExports,
    access,
    approvals,
    customRoles,
    users,
    localSignIn,
    wecomSignIn,
    reporting,
    staff,
    externalContacts,
    externalContactViews,
    exposure,
    reveal,
    collaborators,
    corpTags,
    groupChats,
    groupChatViews: createGroupChatViews({ db, scopes }),
    leavers,
    differences,
    inboxStore,
    inbox,
    address,
    settings,
    doctor,
    backups,
    keys,
    plainTextSealing,
    overview,
    live,
  };
}

const tellOfRuns =
  (events: DomainEvents, clock: Clock): RunEnded =>
  ({ id, kind, state }) =>
    events.publish([{ type: 'run.finished', occurred_at: clock.now(), data: { run_id: id, kind, state } }]);
