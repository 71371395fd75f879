import { sleep } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import type { NewInboxEvent } from './arrival';
import type { InboxStore } from './inbox.store';
import type { Spool } from './spool';

/** WeCom waits five seconds: by then there must be an answer, or none (I3). */
const giveUpMs = 4000;
/** A try at the database that leaves room for the spool. */
const patienceMs = 1500;
/** After a failure the database is left alone this long: callbacks go straight to the spool. */
const restMs = 1000;
const mostWaiting = 20_000;
const rowsPerTransaction = 1000;

interface Waiting {
  event: NewInboxEvent;
  since: number;
  resolve(): void;
  reject(error: Error): void;
}

export type InboxWriter = ReturnType<typeof createInboxWriter>;

/**
 * Group commit: callbacks that arrive in one turn of the loop share one transaction, and each is acknowledged after
 * its COMMIT (I1). While the database is away they go to the spool instead, if there is one (I9).
 */
export function createInboxWriter(deps: { store: InboxStore; spool: Spool | undefined; logger: Logger }) {
  const { store, spool, logger } = deps;
  const patience = spool ? patienceMs : giveUpMs;
  let waiting: Waiting[] = [];
  let flushing = false;
  let restUntil = 0;

  async function flush(): Promise<void> {
    if (flushing) return;
    flushing = true;
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, rowsPerTransaction);
        waiting = waiting.slice(rowsPerTransaction);
        await persist(batch);
      }
    } finally {
      flushing = false;
    }
  }

  async function persist(batch: Waiting[]): Promise<void> {
    const events = batch.map((w) => w.event);
    try {
      if (Date.now() < restUntil) throw new Error('the database was away a moment ago');
      await within(patience, store.insert(events));
      failpoint('inbox.committed');
      for (const w of batch) w.resolve();
    } catch (error) {
      if (Date.now() >= restUntil) {
        logger.warn('callbacks could not be stored', { error: messageOf(error), callbacks: batch.length });
        restUntil = Date.now() + restMs;
      }
      await fallBack(batch, error);
    }
  }

  async function fallBack(batch: Waiting[], cause: unknown): Promise<void> {
    try {
      if (!spool) throw cause;
      spool.add(batch.map((w) => w.event));
      failpoint('inbox.spooled');
      for (const w of batch) w.resolve();
    } catch (error) {
      await again(batch, error);
    }
  }

  /** Neither database nor spool: tried again until WeCom's patience is nearly over, then never acknowledged. */
  async function again(batch: Waiting[], error: unknown): Promise<void> {
    const now = Date.now();
    const late = batch.filter((w) => now - w.since > giveUpMs - restMs);
    for (const w of late) w.reject(new Error(`not durable: ${messageOf(error)}`));
    const rest = batch.filter((w) => !late.includes(w));
    if (rest.length === 0) return;
    waiting = [...rest, ...waiting];
    await sleep(250);
  }

  return {
    /** Resolves once the event is durable. @throws when it could not be made so within four seconds */
    accept(event: NewInboxEvent): Promise<void> {
      if (waiting.length >= mostWaiting) return Promise.reject(new Error('too many callbacks are waiting'));
      return new Promise((resolve, reject) => {
        waiting.push({ event, since: Date.now(), resolve, reject });
        if (waiting.length === 1 && !flushing) setImmediate(() => void flush());
      });
    },

    /** How many callbacks wait for their COMMIT. */
    waiting: (): number => waiting.length,
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the database took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
