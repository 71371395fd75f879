import { type Dispatcher, dispatcher } from '../callbacks';
import { onPayNotification } from '../callbacks/wechatpay';
import { memberWatch } from './features/kernel/access';
import { inboxHandler, type React } from './features/relations/inbox';
import { confirmHandler } from './features/relations/reconciliation';
import { createWorker, type JobWorker } from './jobs';
import type { Platform, Services } from './services';

/** The workers of this process, with a handler for every kind of job. Webhooks have one of their own. */
export function createWorkers(platform: Platform, services: Services): JobWorker {
  const { db, vault, logger } = platform;
  const { queue, runs, leavers, inbox, inboxStore, staff, reading, privacy } = services;
  const handlers = [
    inboxHandler({ store: inboxStore, vault, react: reactions(dispatcher, services), logger }),
    services.reporting.handler(),
    services.notifications.handler(),
    memberWatch({ db, staff }),
    leavers.handler(),
    services.handovers.handler(),
    services.departures.handler(),
    privacy.erasures.handler(),
    services.archive.handler(),
    services.mediaFetching.handler(),
    services.reviews.handler(),
    services.retention.erasures.handler(),
    services.archiveStatements.handler(),
    services.archiveExports.handler(),
    services.detection.judging.handler(),
    services.detection.sweeping.handler(),
    services.replyQuality.handler(),
    services.securityLogs.handler(),
    services.wecomIntake.handler(),
    services.wechatPay.following.handler(),
    services.wechatPay.notifications.handler((event, message) => onPayNotification(event, message, services)),
    confirmHandler(reading, inbox.namedSince),
    ...runs.handlers(),
  ];
  const { places: concurrency } = services.webhooks;
  return together([
    createWorker({ db, queue, handlers, logger }),
    createWorker({ db, queue, handlers: [services.webhooks.handler()], concurrency, logger }),
  ]);
}

const together = (workers: JobWorker[]): JobWorker => ({
  start() {
    for (const worker of workers) worker.start();
  },
  async stop(options) {
    await Promise.all(workers.map((worker) => worker.stop(options)));
  },
});

/** What the callbacks folder makes of an inbox event. */
function reactions({ find }: Dispatcher, services: Services): React {
  return async ({ id, event, change_type, occurred_at, stale }, message) => {
    const reaction = find(event, change_type);
    if (!reaction.handled) return { ignored: reaction.reason };
    return { write: await reaction.react(message, services, { at: occurred_at, stale, ref: `inbox:${id}` }) };
  };
}
