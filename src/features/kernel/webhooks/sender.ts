import { days, hours, minutes, seconds } from '../../../core/clock';
import { AppError, messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Outbound } from '../../../core/outbound';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { ActiveJob, JobHandler } from '../../../jobs';
import type { AuditService } from '../audit';
import type { DeliveryStore } from './deliveries.store';
import { deliveryJob } from './outbox';
import { signedHeaders } from './signing';
import { secretPlace } from './subscriptions';
import type { Subscription, SubscriptionStore } from './subscriptions.store';
import type { DisabledReason, WebhookDelivery, WebhookEvent } from './webhooks.entity';

interface Deps {
  db: Database;
  vault: Vault;
  outbound: Pick<Outbound, 'request'>;
  audit: Pick<AuditService, 'record'>;
  subscriptions: SubscriptionStore;
  deliveries: DeliveryStore;
}

/** After each failed try; ten tries over three days, the eighth after 31 hours (E4). */
export const pausesMs = [
  ...[seconds(5), minutes(5), minutes(30), hours(2), hours(5)],
  ...[hours(10), hours(14), hours(20), hours(24)],
];
const longestAskedMs = hours(24);
export const longestFailureMs = days(5);
const timeoutMs = seconds(15);
const keptOfAnswer = 1000;

/** What a try came to. */
interface Try {
  status: number | null;
  error: string | null;
  response: string | null;
  duration_ms: number;
  /** What the receiver asks us to wait. */
  retryAfterMs: number;
}

interface Due {
  delivery: WebhookDelivery;
  subscription: Subscription;
  event: WebhookEvent;
}

/** Sends deliveries, each until it arrives or its tries are over. */
export function deliveryHandler(deps: Deps): JobHandler {
  const { deliveries, subscriptions } = deps;

  async function due(id: string): Promise<Due | string | undefined> {
    const delivery = await deliveries.find(id);
    if (delivery?.state !== 'pending') return undefined;
    const subscription = await subscriptions.find(delivery.subscription_id);
    if (!subscription) return 'the webhook was removed';
    if (!subscription.active) return 'the webhook is switched off';
    const event = await deliveries.event(delivery.event_id);
    return event ? { delivery, subscription, event } : 'the event is older than the log';
  }

  return {
    kind: deliveryJob,
    // A process that dies in the middle sends again, under the same id.
    resumable: true,
    async handle(job) {
      const id = String(job.payload.delivery_id);
      const found = await due(id);
      if (found === undefined) return;
      if (typeof found === 'string') return void (await job.commit(() => deliveries.giveUp(id, found)));
      const outcome = await attempt(deps, found, job.signal);
      failpoint('webhook.sent');
      await settle(deps, job, found, outcome);
    },
  };
}

/** @throws the reason of the signal, when this process stops or another took over: that counts as no try */
async function attempt({ outbound, ...deps }: Deps, { subscription, event }: Due, signal: AbortSignal): Promise<Try> {
  const body = event.payload;
  const headers = signedHeaders({ id: event.id, at: deps.db.now(), body }, secretsOf(subscription, deps));
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    // Redirects are for people: a receiver says where it is.
    const limits = { timeoutMs, maxBytes: 4 * keptOfAnswer, overflow: 'cut', redirects: 0 } as const;
    const answer = await outbound.request({ url: subscription.url, method: 'POST', headers, body, signal, ...limits });
    const { status } = answer;
    const response = printable(answer.body.toString('utf8')).slice(0, keptOfAnswer);
    const error = isSuccess(status) ? null : `HTTP ${status}`;
    return { status, error, response, duration_ms: took(), retryAfterMs: askedPause(answer.headers, deps.db.now()) };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, error: reasonOf(error), response: null, duration_ms: took(), retryAfterMs: 0 };
  }
}

/** The newest first; the one before it for a day after a rotation. */
function secretsOf(row: Subscription, { db, vault }: Pick<Deps, 'db' | 'vault'>): string[] {
  const sealed = [row.secret];
  if (row.old_secret && row.old_secret_until && row.old_secret_until > db.now()) sealed.push(row.old_secret);
  return sealed.map((secret) => vault.open(secret, secretPlace(row.id)));
}

async function settle(deps: Deps, job: ActiveJob, due: Due, outcome: Try): Promise<void> {
  const { db, deliveries, subscriptions } = deps;
  const { id, attempts } = due.delivery;
  const { status, error, response, duration_ms } = outcome;
  const note = () => deliveries.addAttempt({ delivery_id: id, at: db.now(), status, duration_ms, error, response });
  if (error === null) {
    return job.commit(async () => {
      await note();
      await deliveries.finish(id, 'delivered', null, status);
      await subscriptions.succeeded(due.subscription.id);
    });
  }
  const pause = status === 410 ? undefined : pauseAfter(attempts, outcome.retryAfterMs);
  if (pause === undefined) {
    return job.commit(async () => {
      await note();
      await deliveries.finish(id, 'failed', error, status);
      await blame(deps, due.subscription, status);
    });
  }
  await job.step(async () => {
    await note();
    await deliveries.tryAgain(id, new Date(db.now().getTime() + pause), error, status);
    await blame(deps, due.subscription, status);
  });
  job.defer(pause);
}

/** A little more than the plan, so that what failed together does not come back together; undefined: no try is left. */
function pauseAfter(attempts: number, askedMs: number): number | undefined {
  const planned = pausesMs[attempts];
  return planned === undefined ? undefined : Math.max(planned * (1 + Math.random() / 20), askedMs);
}

/** Switches off who is gone, or has done nothing but fail for too long. */
async function blame({ db, audit, subscriptions }: Deps, { id, url }: Subscription, status: number | null) {
  const since = await subscriptions.failed(id);
  const isOver = since !== null && db.now().getTime() - since.getTime() >= longestFailureMs;
  const reason: DisabledReason | undefined = status === 410 ? 'gone' : isOver ? 'failing' : undefined;
  if (!reason || !(await subscriptions.switchOff(id, reason))) return;
  await audit.record({
    actor: 'system',
    action: 'webhook.disabled',
    target: `webhook:${id}`,
    result: 'ok',
    reason,
    detail: { host: new URL(url).host, failing_since: since },
  });
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Seconds or a date, at most a day; 0 when nothing is asked. */
function askedPause(headers: Record<string, unknown>, now: Date): number {
  const asked = headers['retry-after'];
  if (typeof asked !== 'string') return 0;
  const ms = /^\d+$/.test(asked) ? seconds(Number(asked)) : Date.parse(asked) - now.getTime();
  return Number.isFinite(ms) ? Math.min(longestAskedMs, Math.max(0, ms)) : 0;
}

/** A refusal by the guard names its reason; of the rest a code says more than a sentence. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message} (${(error.details as { reason?: string }).reason})`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `${code && !/^\d+$/.test(code) ? `${code}: ` : ''}${messageOf(error)}`.slice(0, 255);
}

const printable = (text: string): string => text.replace(/[^\P{C}\n\t]/gu, '');
