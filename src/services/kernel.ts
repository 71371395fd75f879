import type { Clock } from '../core/clock';
import { statementStream } from '../features/archive/completeness';
import { batchStream } from '../features/archive/conversations';
import { pageStream } from '../features/archive/envelopes';
import { fileBatchStream } from '../features/archive/media';
import { purgeStream } from '../features/archive/retention';
import { reviewStream } from '../features/archive/review';
import {
  createAccessService,
  createCustomRoles,
  createLocalSignIn,
  createOidcSignIn,
  createUserService,
  createWecomSignIn,
} from '../features/kernel/access';
import { createApprovalService } from '../features/kernel/approvals';
import { auditStream, createAuditExports, createAuditService, createVerifications } from '../features/kernel/audit';
import { createCalendarService } from '../features/kernel/calendar';
import { createCategoryService } from '../features/kernel/categories';
import { createDictionaryService } from '../features/kernel/dictionaries';
import { createDomainEvents, type DomainEvents } from '../features/kernel/events';
import {
  type AnchorStore,
  createAnchorBucket,
  createAnchorFolder,
  createAnchorMail,
  createEvidence,
  createWitnessedAnchors,
} from '../features/kernel/evidence';
import { createNumberSeriesService } from '../features/kernel/number-series';
import { createReportingService, createScopes } from '../features/kernel/scope';
import type { LiveSettings } from '../features/kernel/settings';
import { createStaffService } from '../features/kernel/staff';
import { createWebhookService } from '../features/kernel/webhooks';
import { deviceReportStream } from '../features/risk/connectors';
import { findingEscalationStream } from '../features/risk/escalations';
import { findingStepStream, findingStream, findingSupportStream } from '../features/risk/findings';
import { securityRecordStream } from '../features/risk/logs';
import { spotCheckResultStream, spotCheckStream } from '../features/risk/spot-checks';
import { createJobQueue, createLeases, createRuns, type RunEnded } from '../jobs';
import type { Platform } from './platform';

export type Kernel = ReturnType<typeof createKernel>;

/** Jobs, evidence, who is who and who may what: everything else stands on these. */
export function createKernel(platform: Platform, liveSettings: LiveSettings) {
  const { db, clock, logger, vault, wecom, outbound } = platform;
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
    streams: [
      ...[auditStream, pageStream, batchStream, fileBatchStream, statementStream],
      ...[reviewStream, purgeStream, findingStream, findingStepStream, findingSupportStream],
      ...[findingEscalationStream, spotCheckStream, spotCheckResultStream, deviceReportStream, securityRecordStream],
    ],
  });
  const audit = createAuditService({ db, clock, evidence, events });
  const calendar = createCalendarService({ db, audit });
  const dictionaries = createDictionaryService({ db, audit });
  const categories = createCategoryService({ db, audit });
  const numberSeries = createNumberSeriesService({ db, audit });
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
  const oidcSignIn = createOidcSignIn({ ...platform, audit, access });

  return {
    queue,
    events,
    runs,
    evidence,
    audit,
    calendar,
    dictionaries,
    categories,
    numberSeries,
    verifications,
    webhooks,
    reporting,
    scopes,
    access,
    approvals,
    users,
    customRoles,
    auditExports,
    staff,
    localSignIn,
    wecomSignIn,
    oidcSignIn,
  };
}

/** Anchors are kept in a folder; the witnesses are those that the settings name. */
function anchorsOf({ config, clock, logger, mailer, objects }: Platform): AnchorStore {
  const { anchorDir: dir, anchorMailTo: to, databaseUrl } = config;
  const folder = createAnchorFolder({ dir, databaseUrl, clock });
  const mail = mailer && to ? [createAnchorMail({ mailer, to })] : [];
  const bucket = objects ? [createAnchorBucket(objects)] : [];
  return createWitnessedAnchors({ folder, witnesses: [...mail, ...bucket], logger });
}

const tellOfRuns =
  (events: DomainEvents, clock: Clock): RunEnded =>
  ({ id, kind, state }) =>
    events.publish([{ type: 'run.finished', occurred_at: clock.now(), data: { run_id: id, kind, state } }]);
