import { newId } from '../../../core/ids';
import type { Database } from '../../../db/database';
import type { JobQueue, NewJob } from '../../../jobs';
import type { EventListener } from '../events';
import type { DeliveryStore } from './deliveries.store';
import type { SubscriptionStore } from './subscriptions.store';
import { payloadOf, webhookEventTypes } from './webhook-events';
import type { WebhookDelivery, WebhookEvent } from './webhooks.entity';

export const deliveryJob = 'webhook.deliver';

/** Deliveries of one subscription that are sent at once. */
export const placesEach = 2;

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  subscriptions: SubscriptionStore;
  deliveries: DeliveryStore;
}

/** Where things that happened wait to be sent: written in the transaction that stores them (E4). */
export function createOutbox({ db, queue, subscriptions, deliveries }: Deps) {
  /** Must run inside `transact`. */
  async function store(prepared: Prepared[]): Promise<void> {
    const rows = prepared.flatMap((one) => one.deliveries);
    await deliveries.addEvents(prepared.map(({ event }) => event));
    await deliveries.addDeliveries(rows);
    await queue.add(rows.map(jobOf));
  }

  const listener: EventListener = {
    async wanted(types) {
      const known = types.filter((type) => webhookEventTypes.some((one) => one === type));
      if (known.length === 0) return [];
      const active = await subscriptions.active();
      return known.filter((type) => active.some(({ event_types }) => event_types.includes(type)));
    },

    async hear(events) {
      const active = await subscriptions.active();
      const prepared = events.map((event) => {
        const to = active.filter(({ event_types }) => event_types.includes(event.type));
        return prepare(
          event,
          to.map(({ id }) => id),
          db.now(),
        );
      });
      await store(prepared);
    },
  };

  return {
    listener,

    /** Sends something to one subscription, whatever it subscribed to. @returns the id receivers see */
    sendTo: (subscriptionId: string, type: string, data: object): Promise<string> =>
      db.transact(async () => {
        const prepared = prepare({ type, occurred_at: db.now(), data }, [subscriptionId], db.now());
        await store([prepared]);
        return prepared.event.id;
      }),
  };
}

interface Prepared {
  event: WebhookEvent;
  deliveries: Pick<WebhookDelivery, 'id' | 'subscription_id' | 'event_id' | 'event_type'>[];
}

type Told = Pick<WebhookEvent, 'type' | 'occurred_at'> & { data: object };

function prepare({ type, occurred_at, data }: Told, to: string[], now: Date): Prepared {
  const event = { id: newId(), type, occurred_at, created_at: now, payload: payloadOf(type, occurred_at, data) };
  const deliveries = to.map((subscription_id) => ({
    ...{ id: newId(), subscription_id },
    ...{ event_id: event.id, event_type: type },
  }));
  return { event, deliveries };
}

/** The serial key gives each subscription its own few places: who is slow holds up nobody else. */
export const jobOf = ({ id, subscription_id }: Pick<WebhookDelivery, 'id' | 'subscription_id'>): NewJob => ({
  kind: deliveryJob,
  lane: 'event',
  payload: { delivery_id: id },
  serialKey: `webhook:${subscription_id}:${Number.parseInt(id.slice(-1), 16) % placesEach}`,
});
