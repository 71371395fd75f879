import { setImmediate as breath } from 'node:timers/promises';
import type { Clock } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import { rootOf } from '../../../core/merkle';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { HeldLease, Leases } from '../../../jobs';
import type { ArchiveSdk, Opened } from '../../../wecom/archive';
import { parseMessage } from '../../../wecom/archive/messages';
import type { DomainEvents } from '../../kernel/events';
import type { Evidence } from '../../kernel/evidence';
import { batchStream } from './batch.stream';
import { createConversationStore, type OpenedMessage, openedMessage } from './conversations.store';
import { createOpeningStore, type EnvelopeRow, type Parked } from './opening.store';
import { createMessageReader } from './reader';
import { repeatsAmong } from './repeats';

/**
 * Hears of messages as they are opened: what follows from their texts is written with them. Called before the
 * transaction to prepare; what it returns writes, inside it.
 */
export type MessageSink = (messages: readonly OpenedMessage[]) => () => Promise<void>;

interface Deps {
  db: Database;
  vault: Vault;
  clock: Clock;
  logger: Pick<Logger, 'warn' | 'error'>;
  leases: Leases;
  evidence: Pick<Evidence, 'append'>;
  events: Pick<DomainEvents, 'publish'>;
  sdk: Pick<ArchiveSdk, 'open'>;
  /** In the order they write. */
  sinks: readonly MessageSink[];
}

const leaseName = 'archive.open';
const leaseMs = 30_000;
/** Opened at once: enough for every core, and one transaction. */
const batchSize = 500;

interface OpenOptions {
  /** Versions of the keys at hand: what is parked for want of them is opened as well. */
  keys?: readonly number[];
  /** The process stops: what is under way is written, nothing new is begun. */
  signal?: AbortSignal;
}

export type Opener = ReturnType<typeof createOpener>;

/**
 * Opens what was fetched, in order: each envelope becomes a message or is parked with its reason, in the transaction
 * that moves the cursor (AR2, AR3). One opener in the whole fleet.
 */
export function createOpener({ db, vault, clock, logger, leases, evidence, events, sdk, sinks }: Deps) {
  const store = createConversationStore({ db, vault });
  const reader = createMessageReader({ db, vault });
  const envelopes = createOpeningStore({ db, clock, logger });

  async function addBatch(messages: readonly OpenedMessage[], writes: (() => Promise<void>)[]): Promise<void> {
    if (messages.length === 0) return;
    const [row] = await db.query<{ last: unknown }>('SELECT MAX(id) AS last FROM archive_batch');
    const id = Number(row?.last ?? 0) + 1;
    const leaves = await store.add(messages, id);
    const columns = ['id', 'count', 'root', 'opened_at'];
    await insertRows(db, { table: 'archive_batch', columns }, [[id, leaves.length, rootOf(leaves), clock.now()]]);
    for (const write of writes) await write();
    await evidence.append(batchStream.name, [id]);
    const data = { batch_id: id, messages: leaves.length };
    await events.publish([{ type: 'archive.opened', occurred_at: clock.now(), data }]);
  }

  interface Asked {
    rows: EnvelopeRow[];
    opened: Promise<Opened[]>;
  }

  interface Work {
    rows: EnvelopeRow[];
    messages: OpenedMessage[];
    parked: Parked[];
    writes: (() => Promise<void>)[];
  }

  /** Rows on their way through the library. */
  function asked(rows: EnvelopeRow[]): Asked {
    const opened = sdk.open(rows);
    opened.catch(() => undefined);
    return { rows, opened };
  }

  async function openRows({ rows, opened: coming }: Asked, before: readonly OpenedMessage[] = []): Promise<Work> {
    const came = await coming;
    await breath();
    const { messages: opened, parked } = sort(rows, came);
    const repeats = await repeatsAmong({ db, reader }, opened, before);
    const messages = opened.filter(({ id }) => !repeats.has(id));
    const again = rows.filter(({ id }) => repeats.has(id));
    parked.push(...again.map((row) => ({ row, reason: repeats.get(row.id) ?? '', code: null })));
    const writes: Work['writes'] = [];
    for (const sink of sinks) {
      await breath();
      writes.push(sink(messages));
    }
    return { rows, messages, parked, writes };
  }

  /** One transaction. */
  async function save(lease: HeldLease, work: Work, then: () => Promise<unknown>): Promise<void> {
    let tries = 0;
    try {
      await lease.step(async () => {
        // After a deadlock it runs again: what the first try made is not stored.
        if (tries++ > 0) store.forget();
        await addBatch(work.messages, work.writes);
        await envelopes.park(work.parked);
        failpoint('archive.batch');
        await then();
      });
    } catch (error) {
      store.forget();
      throw error;
    }
    failpoint('archive.opened');
  }

  async function openNew(lease: HeldLease, signal: AbortSignal): Promise<number> {
    let after = await envelopes.cursor();
    let count = 0;
    const ask = async (): Promise<Asked> => {
      const rows = await envelopes.rowsWhere('e.id > ?', [after], batchSize);
      after = rows.at(-1)?.id ?? after;
      return asked(rows);
    };
    // While one batch is written the next is looked at, and two more are being opened: no core waits for another.
    const [first, ...ahead] = [await ask(), await ask(), await ask()];
    for (let coming = openRows(first); ; ) {
      const work = await coming;
      signal.throwIfAborted();
      const last = work.rows.at(-1);
      if (!last) return count;
      ahead.push(await ask());
      coming = openRows(ahead.shift() as Asked, work.messages);
      // Should writing fail, nobody waits for it any more.
      coming.catch(() => undefined);
      await breath();
      await save(lease, work, () => envelopes.moveCursor(last));
      count += work.rows.length;
      // On SQLite nothing above waits for the outside: others have their turn between two batches.
      await breath();
    }
  }

  /** Those parked for want of a key that is here by now: asked for anew each time, so a try that failed costs nothing. */
  async function openParked(lease: HeldLease, signal: AbortSignal, versions: readonly number[]): Promise<number> {
    let count = 0;
    if (versions.length === 0) return count;
    const where = `e.id > ? AND e.id IN (SELECT id FROM archive_parked WHERE reason = 'key_missing'
      AND publickey_ver IN (${placeholders(versions.length)}))`;
    for (let after = 0; ; ) {
      signal.throwIfAborted();
      const rows = await envelopes.rowsWhere(where, [after, ...versions], batchSize);
      const last = rows.at(-1);
      if (!last) return count;
      const work = await openRows(asked(rows));
      await save(lease, work, () => envelopes.unpark(work.messages));
      count += work.messages.length;
      after = last.id;
    }
  }

  return {
    store,

    /**
     * Opens all that was fetched and not opened yet.
     * @returns how many envelopes; null while another process does it
     * @throws SdkFault, SdkGone; what came before is stored
     */
    async openAll({ keys = [], signal: stopping }: OpenOptions = {}): Promise<number | null> {
      let count = 0;
      const held = await leases.hold(leaseName, leaseMs, async (lease, signal) => {
        // Another process may have destroyed keys since.
        store.forget();
        reader.forget();
        const either = stopping ? AbortSignal.any([signal, stopping]) : signal;
        count += await openParked(lease, either, keys);
        count += await openNew(lease, either);
      });
      return held ? count : null;
    },
  };
}

function sort(rows: readonly EnvelopeRow[], opened: readonly Opened[]) {
  const messages: OpenedMessage[] = [];
  const parked: Parked[] = [];
  for (const [i, row] of rows.entries()) {
    const one = opened[i] as Opened;
    if ('fault' in one) {
      parked.push({ row, reason: one.fault, code: one.code });
      continue;
    }
    const message = parseMessage(one.plain);
    if (message) messages.push(openedMessage(row, one.plain, message));
    else parked.push({ row, reason: 'no_message', code: null });
  }
  return { messages, parked };
}
