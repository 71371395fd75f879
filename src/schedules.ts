import type { Config } from '../config';
import { days } from './core/clock';
import type { Database } from './db/database';
import type { ArchiveStatements } from './features/archive/completeness';
import type { Consent } from './features/archive/consent';
import type { ArchiveExports } from './features/archive/exports';
import type { Fetching } from './features/archive/fetching';
import type { MediaFetching } from './features/archive/media';
import type { SupervisedReview } from './features/archive/review';
import type { ArchiveVerifications } from './features/archive/verification';
import type { WechatPay } from './features/commerce/wechat-pay';
import { departuresJob } from './features/handover/departures';
import type { HandoverService } from './features/handover/handovers';
import { memberWatchJob } from './features/kernel/access';
import type { ApprovalService } from './features/kernel/approvals';
import type { Verifications } from './features/kernel/audit';
import type { Evidence } from './features/kernel/evidence';
import type { NotificationService } from './features/kernel/notifications';
import type { WebhookService } from './features/kernel/webhooks';
import type { InboxService } from './features/relations/inbox';
import { leaversJob } from './features/relations/reconciliation';
import type { CrossChecks } from './features/risk/cross-checks';
import type { Detection } from './features/risk/detection';
import type { Escalations } from './features/risk/escalations';
import type { InterceptionService } from './features/risk/interception';
import type { SecurityLogs } from './features/risk/logs';
import type { ReplyQuality } from './features/risk/reply-quality';
import type { Rules } from './features/risk/rules';
import { purgeIdempotencyKeys } from './http/idempotency';
import { type JobQueue, type Runs, type ScheduledWork, scheduled } from './jobs';

interface Deps {
  approvals: Pick<ApprovalService, 'expire'>;
  config: Pick<Config, 'keepDays'>;
  db: Database;
  queue: JobQueue;
  runs: Runs;
  inbox: InboxService;
  evidence: Evidence;
  verifications: Verifications;
  webhooks: WebhookService;
  archive: Pick<Fetching, 'wake'>;
  mediaFetching: Pick<MediaFetching, 'wake'>;
  reviews: Pick<SupervisedReview, 'wake'>;
  consent: { polling: Pick<Consent['polling'], 'startScheduled'> };
  archiveExports: Pick<ArchiveExports, 'expire'>;
  archiveStatements: Pick<ArchiveStatements, 'start'>;
  archiveVerifications: Pick<ArchiveVerifications, 'start'>;
  notifications: NotificationService;
  detection: Pick<Detection, 'judging' | 'sweeping' | 'purge'>;
  crossChecks: Pick<CrossChecks, 'purge'>;
  securityLogs: Pick<SecurityLogs, 'wake'>;
  interception: Pick<InterceptionService, 'keepInStep'>;
  rules: { book: Pick<Rules['book'], 'purge'> };
  escalations: Pick<Escalations, 'pass'>;
  replyQuality: Pick<ReplyQuality, 'start'>;
  handovers: Pick<HandoverService, 'wake'>;
  wechatPay: { following: Pick<WechatPay['following'], 'wake'>; purge: WechatPay['purge'] };
}

const payments = ({ wechatPay }: Pick<Deps, 'wechatPay'>): ScheduledWork =>
  scheduled('payments', {
    cron: '* * * * *',
    about: 'Ask WeChat Pay how payments and refunds ended of which no notification told',
    run: () => wechatPay.following.wake(),
  });

/** Everything that runs by the clock, Shanghai time. Each only starts work that others do. */
export const schedules = ({ config, db, queue, runs, inbox, ...kernel }: Deps): ScheduledWork[] => [
  scheduled('reconciliation', {
    cron: '10 3 * * *',
    about: 'Compare our copy with WeCom and explain every difference',
    run: () => runs.start('reconciliation', {}, 'schedule'),
  }),
  scheduled('backup', {
    cron: '30 2 * * *',
    about: 'Take a backup, read it back, and remove old ones',
    run: () => runs.start('backup', {}, 'schedule'),
  }),
  scheduled('leavers', {
    cron: '25 */2 * * *',
    about: 'Read the external contacts of leavers that nobody was given yet',
    run: () => queue.add([{ kind: leaversJob, lane: 'bulk', payload: {}, dedupeKey: leaversJob }]),
  }),
  scheduled('departures', {
    cron: '35 * * * *',
    about: 'Find leavers of whom no event told, and tell of those who still own something after three days',
    run: () => queue.add([{ kind: departuresJob, lane: 'bulk', payload: {}, dedupeKey: departuresJob }]),
  }),
  scheduled('handovers', {
    cron: '* * * * *',
    about: 'Go on with handovers: what is due to be submitted, asked about or carried over',
    run: () => kernel.handovers.wake(),
  }),
  payments(kernel),
  scheduled('members', {
    cron: '*/5 * * * *',
    about: 'Ask WeCom whether those who are signed in are still there and not disabled',
    run: () => queue.add([{ kind: memberWatchJob, lane: 'bulk', payload: {}, dedupeKey: memberWatchJob }]),
  }),
  scheduled('archive', {
    cron: '* * * * *',
    about: 'Ask WeCom for messages it did not tell of, and try again what could not be opened',
    run: () => kernel.archive.wake(),
  }),
  scheduled('archive-media', {
    cron: '* * * * *',
    about: 'Fetch files of archived messages that are still to come, before WeCom drops them',
    run: () => kernel.mediaFetching.wake(),
  }),
  scheduled('archive-review', {
    cron: '*/10 * * * *',
    about: 'Fix the seeds of random samples, draw those that are due, and queue messages with words of the lists',
    run: () => kernel.reviews.wake(),
  }),
  scheduled('archive-consent', {
    cron: '50 3 * * *',
    about: 'Ask WeCom who holds a seat of the archive and who agreed to it',
    run: () => kernel.consent.polling.startScheduled(),
  }),
  scheduled('archive-statements', {
    cron: '15 * * * *',
    about: 'Close the days of the archive that are over, and write down what is said of them',
    run: () => kernel.archiveStatements.start(),
  }),
  scheduled('archive-exports', {
    cron: '*/10 * * * *',
    about: 'Remove exports of conversations that are older than a day',
    run: () => kernel.archiveExports.expire(),
  }),
  scheduled('archive-verification', {
    cron: '50 2 * * 1-6',
    about: 'Verify what is new in the conversation archive',
    run: () => kernel.archiveVerifications.start('new', 'schedule', 'schedule'),
  }),
  scheduled('archive-verification-all', {
    cron: '50 2 * * 0',
    about: 'Verify the whole conversation archive',
    run: () => kernel.archiveVerifications.start('all', 'schedule', 'schedule'),
  }),
  scheduled('risk-judging', {
    cron: '* * * * *',
    about: 'Judge messages that were opened and not judged yet',
    run: () => kernel.detection.judging.wake(),
  }),
  scheduled('risk-sweeps', {
    cron: '*/10 * * * *',
    about:
      'Compare what is stored for what no event tells of: conversations gone silent, seats lost, consent withdrawn',
    run: () => kernel.detection.sweeping.wake(),
  }),
  scheduled('finding-escalation', {
    cron: '* * * * *',
    about: 'Tell one level further up of serious findings that nobody opened or decided',
    run: () => kernel.escalations.pass(),
  }),
  scheduled('reply-quality', {
    cron: '20 * * * *',
    about: 'Compute how soon people outside were answered, of the last three days and whatever changed',
    run: () => kernel.replyQuality.start(),
  }),
  scheduled('security-logs', {
    // Late enough in the hour for the one before to be whole.
    cron: '15 * * * *',
    about: 'Read the logs of members, administrators, files and screens from WeCom',
    run: () => kernel.securityLogs.wake(),
  }),
  scheduled('interception', {
    cron: '*/10 * * * *',
    about: 'Bring interception rules into step with the word lists they were made for',
    run: () => kernel.interception.keepInStep(),
  }),
  scheduled('sealing', {
    cron: '*/5 * * * *',
    about: 'Link evidence that nobody has linked yet, and sign what is not signed',
    run: () => kernel.evidence.seal({ sign: true }),
  }),
  scheduled('audit-verification', {
    cron: '20 2 * * 1-6',
    about: 'Verify what is new in the audit trail, and write the anchor of the day',
    run: () => kernel.verifications.start('new', 'schedule', 'schedule'),
  }),
  scheduled('audit-verification-all', {
    cron: '20 2 * * 0',
    about: 'Verify the whole audit trail, and write the anchor of the day',
    run: () => kernel.verifications.start('all', 'schedule', 'schedule'),
  }),
  scheduled('approvals', {
    cron: '*/15 * * * *',
    about: 'Write down which requests for a second person are over',
    run: () => kernel.approvals.expire(),
  }),
  scheduled('health-watch', {
    cron: '* * * * *',
    about: 'Tell administrators what is wrong with backups, the archive or the settings of WeCom',
    run: () => kernel.notifications.watch(),
  }),
  scheduled('retention', {
    cron: '40 4 * * *',
    about: 'Drop callback bodies, jobs, runs and sent webhooks that are older than the settings say',
    async run() {
      const ago = (n: number) => new Date(db.now().getTime() - days(n));
      await inbox.dropOldBodies(config.keepDays.inbox);
      await queue.purge(ago(config.keepDays.jobs));
      await runs.purge(ago(config.keepDays.jobs));
      await kernel.webhooks.deliveries.purge();
      await kernel.notifications.purge();
      await kernel.detection.purge(ago(config.keepDays.jobs));
      await kernel.crossChecks.purge(ago(60));
      await kernel.rules.book.purge(ago(30));
      await kernel.wechatPay.purge();
      await purgeIdempotencyKeys(db, ago(1));
    },
  }),
];
