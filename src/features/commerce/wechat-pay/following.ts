import { minutes } from '../../../core/clock';
import { faultText } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import type { JobHandler, JobQueue } from '../../../jobs';
import { type Pay, PayFault } from '../../../pay';
import type { Asking } from './asking';
import type { IntentStore } from './intents.store';
import type { Outcomes } from './outcomes';
import type { PayIntent } from './wechat-pay.entity';

export const sweepJob = 'pay.sweep';

/** The pauses between looks; the last one stays. */
const pauses = [1, 2, 5, 10, 30].map(minutes);
const atOnce = 50;

interface Deps {
  db: Database;
  queue: JobQueue;
  pay: Pick<Pay, 'gateway' | 'missing'>;
  store: IntentStore;
  outcomes: Outcomes;
  asking: Asking;
  logger: Logger;
  /** Closes a payment that nobody can pay any more. */
  close(outTradeNo: string): Promise<unknown>;
}

export type Following = ReturnType<typeof createFollowing>;

/** Looks at WeChat Pay where nobody told us how an intent ended: lost answers, lost notifications, time that ran out. */
export function createFollowing({ db, queue, pay, store, outcomes, asking, logger, close }: Deps) {
  const isOver = ({ expires_at }: PayIntent): boolean => expires_at !== null && expires_at <= db.now();

  async function lookAtPayment(intent: PayIntent): Promise<void> {
    const found = await pay.gateway().query(intent.number);
    if (!found && isOver(intent)) return neverWas(intent);
    if (found) await outcomes.ofTransaction(found);
    const now = await store.payment(intent.number);
    if (now) await goOn(now);
  }

  /** What is left to do once it is known how it stands. */
  async function goOn(intent: PayIntent): Promise<void> {
    const { state, next_look_at, number } = intent;
    if (state === 'planned' || state === 'unknown') await askOrEnd(intent);
    else if (state === 'open' && next_look_at !== null && isOver(intent)) await close(number);
  }

  /** WeChat Pay has it or has it not, and either way nobody holds its code yet: the same is asked under the same number. */
  async function askOrEnd(intent: PayIntent): Promise<void> {
    if (isOver(intent)) await close(intent.number);
    else await asking.ask(intent);
  }

  async function neverWas({ id }: PayIntent): Promise<void> {
    const end = { state: 'closed' as const, open_key: null, next_look_at: null, settled_at: db.now() };
    await store.move(id, ['planned', 'unknown', 'open'], end);
  }

  async function lookAtRefund(intent: PayIntent): Promise<void> {
    const found = await pay.gateway().queryRefund(intent.number);
    if (found) await outcomes.ofRefund(found);
    else await asking.ask(intent);
  }

  async function lookAtClose(intent: PayIntent): Promise<void> {
    const found = await pay.gateway().query(intent.number);
    if (found) await outcomes.ofTransaction(found);
    else
      await db.transact(async () => {
        const payment = await store.payment(intent.number);
        if (payment) await neverWas(payment);
      });
    await asking.closingEnds(intent);
    const now = await store.byNumber('close', intent.number);
    if (now?.state === 'planned' || now?.state === 'unknown') await asking.ask(now);
  }

  const looks = { payment: lookAtPayment, refund: lookAtRefund, close: lookAtClose };

  async function look(intent: PayIntent): Promise<void> {
    const pause = pauses[Math.min(intent.looks, pauses.length - 1)] ?? 0;
    if (!(await store.claim(intent, new Date(db.now().getTime() + pause)))) return;
    try {
      await looks[intent.action](intent);
    } catch (error) {
      if (!(error instanceof PayFault)) throw error;
      logger.warn('WeChat Pay could not be asked how something ended', {
        pay_intent: intent.id,
        error: faultText(error),
      });
    }
  }

  /** Everything whose look is due, in every state. */
  async function sweep(): Promise<void> {
    if (pay.missing.length > 0) return;
    for (const intent of await store.due(atOnce)) await look(intent);
  }

  return {
    sweep,
    wake: () => queue.add([{ kind: sweepJob, lane: 'bulk', payload: {}, dedupeKey: sweepJob }]),
    handler: (): JobHandler => ({ kind: sweepJob, handle: sweep, concurrency: 1, resumable: true }),
  };
}
