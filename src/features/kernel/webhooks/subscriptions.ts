import { days } from '../../../core/clock';
import { newId } from '../../../core/ids';
import type { Outbound } from '../../../core/outbound';
import type { Place, Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { AuditService } from '../audit';
import { newSecret } from './signing';
import type { Subscription, SubscriptionStore } from './subscriptions.store';
import { webhookError } from './webhooks.errors';
import type { NewWebhook, WebhookChange, WebhookView } from './webhooks.schema';

interface Deps {
  db: Database;
  vault: Vault;
  outbound: Pick<Outbound, 'check'>;
  audit: Pick<AuditService, 'record'>;
  subscriptions: SubscriptionStore;
}

/** Each has places of its own among the deliveries under way, so there cannot be any number. */
export const mostSubscriptions = 20;
/** How long the secret before a rotation signs, too. */
const overlapMs = days(1);

export const secretPlace = (id: string): Place => ({ table: 'webhook_subscription', column: 'secret', id });

/** Who is told what, and where. The audit trail names hosts only: an address may hold a secret of the receiver. */
export function createSubscriptions({ db, vault, outbound, audit, subscriptions }: Deps) {
  async function existing(id: string): Promise<Subscription> {
    const row = await subscriptions.find(id);
    if (!row) throw webhookError('unknown', { id });
    return row;
  }

  const record = (action: string, { id, url, event_types }: Subscription, viewer: Viewer): Promise<void> =>
    audit.record({
      actor: actorOf(viewer),
      action: `webhook.${action}`,
      target: `webhook:${id}`,
      result: 'ok',
      detail: { host: new URL(url).host, event_types },
    });

  return {
    /** @throws webhook.unknown */
    existing,

    /** Oldest first. */
    list: async (): Promise<WebhookView[]> => (await subscriptions.list()).map(toView),

    /** @throws webhook.unknown */
    get: async (id: string): Promise<WebhookView> => toView(await existing(id)),

    /** Those of an account, for whoever takes over from it. */
    ownedBy: async (accountId: string): Promise<WebhookView[]> =>
      (await subscriptions.createdBy(`account:${accountId}`)).map(toView),

    /** The secret is shown this once. @throws outbound.refused (S4), webhook.too_many */
    async create(body: NewWebhook, viewer: Viewer): Promise<WebhookView & { secret: string }> {
      const url = (await outbound.check(body.url)).href;
      const secret = newSecret();
      const row = { ...blank(actorOf(viewer), db.now()), ...body, url };
      row.secret = vault.seal(secret, secretPlace(row.id));
      await db.transact(async () => {
        if ((await subscriptions.list()).length >= mostSubscriptions) throw webhookError('too_many');
        await subscriptions.insert(row);
        await record('created', row, viewer);
      });
      return { ...toView(row), secret };
    },

    /** @throws outbound.refused (S4), webhook.unknown, stale */
    async change(id: string, body: WebhookChange, viewer: Viewer): Promise<WebhookView> {
      await existing(id);
      const url = (await outbound.check(body.url)).href;
      return db.transact(async () => {
        if (!(await subscriptions.change({ ...body, url, id }))) throw webhookError('stale');
        const changed = await existing(id);
        await record('changed', changed, viewer);
        return toView(changed);
      });
    },

    /** The new secret, shown this once; the one before signs beside it for a day. @throws webhook.unknown */
    rotateSecret: (id: string, viewer: Viewer): Promise<{ secret: string }> =>
      db.transact(async () => {
        const row = await existing(id);
        const secret = newSecret();
        const until = new Date(db.now().getTime() + overlapMs);
        await subscriptions.rotate(id, { secret: vault.seal(secret, secretPlace(id)), old: row.secret, until });
        await record('secret_rotated', row, viewer);
        return { secret };
      }),

    /** @throws webhook.unknown */
    remove: (id: string, viewer: Viewer): Promise<void> =>
      db.transact(async () => {
        const row = await existing(id);
        await subscriptions.remove(id);
        await record('removed', row, viewer);
      }),
  };
}

const blank = (created_by: string, now: Date): Subscription => ({
  id: newId(),
  url: '',
  description: '',
  event_types: [],
  active: true,
  secret: '',
  old_secret: null,
  old_secret_until: null,
  disabled_reason: null,
  failing_since: null,
  delivered_at: null,
  created_by,
  created_at: now,
  updated_at: now,
  version: 1,
});

const toView = ({ secret: _, old_secret: __, ...row }: Subscription): WebhookView => ({
  ...row,
  old_secret_until: isoOrNull(row.old_secret_until),
  failing_since: isoOrNull(row.failing_since),
  delivered_at: isoOrNull(row.delivered_at),
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
});
