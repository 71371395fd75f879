import type { Outbound } from '../../../core/outbound';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { JobQueue } from '../../../jobs';
import type { AuditService } from '../audit';
import type { DomainEvents } from '../events';
import { createDeliveries } from './deliveries';
import { createDeliveryStore } from './deliveries.store';
import { createOutbox, placesEach } from './outbox';
import { deliveryHandler } from './sender';
import { createSubscriptions, mostSubscriptions } from './subscriptions';
import { createSubscriptionStore } from './subscriptions.store';
import { testEventType } from './webhook-events';
import { webhookError } from './webhooks.errors';

interface Deps {
  db: Database;
  vault: Vault;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'record'>;
  outbound: Pick<Outbound, 'check' | 'request'>;
  events: Pick<DomainEvents, 'listen'>;
}

export type WebhookService = ReturnType<typeof createWebhookService>;

/** Tells other programs what happened (E4): signed, repeated until it arrives, and again on demand. */
export function createWebhookService(deps: Deps) {
  const { db, events, audit } = deps;
  const stores = { subscriptions: createSubscriptionStore(db), deliveries: createDeliveryStore(db) };
  const outbox = createOutbox({ ...deps, ...stores });
  const subscriptions = createSubscriptions({ ...deps, ...stores });
  const deliveries = createDeliveries({ ...deps, ...stores, subscription: subscriptions.existing });
  events.listen(outbox.listener);

  return {
    subscriptions,
    deliveries,
    ownedBy: subscriptions.ownedBy,

    /** Sends a test message. @returns the id receivers see. @throws webhook.unknown, inactive */
    test: (id: string, viewer: Viewer): Promise<string> =>
      db.transact(async () => {
        if (!(await subscriptions.existing(id)).active) throw webhookError('inactive');
        const target = `webhook:${id}`;
        await audit.record({ actor: actorOf(viewer), action: 'webhook.tested', target, result: 'ok' });
        return outbox.sendTo(id, testEventType, { webhook_id: id });
      }),

    /** For a worker of its own, so that receivers hold up each other as little as anything else. */
    handler: () => deliveryHandler({ ...deps, ...stores }),
    /** Places such a worker needs for every subscription to have its own. */
    places: mostSubscriptions * placesEach,
  };
}
