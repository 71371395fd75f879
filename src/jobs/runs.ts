import { EventEmitter } from 'node:events';
import { newId } from '../core/ids';
import type { Logger } from '../core/logger';
import { textIn, toPage } from '../core/paging';
import { insertRows } from '../db/bulk';
import type { Database } from '../db/database';
import { Bell } from './bell';
import { runError } from './faults';
import type { JobHandler, JobQueue, JsonObject, Lane } from './job.types';
import type { RunEvent, Runs } from './run.types';
import { jobKindOf, type RunDeps, runHandler } from './run-execution';
import { createRunStore, isFinal, type RunEnded, type RunRow, type RunStore, toRunView } from './run-store';
import { isUniqueViolation } from './sql';

const columns = [
  'id',
  'kind',
  'params',
  'state',
  'active_key',
  'progress_done',
  'progress_total',
  'failures',
  'version',
  'requested_by',
  'cancel_requested',
  'created_at',
];
const watchPollMs = 1000;

interface Known {
  lane: Lane;
  exclusive: boolean;
  serialKey: string | undefined;
  handler: JobHandler;
}

interface RunsDeps {
  db: Database;
  queue: JobQueue;
  logger: Logger;
  /** Hears of every run that ends, in the transaction that ends it. */
  ended?: RunEnded;
}

/** Long work: started through the API, executed by workers, resumed from its last checkpoint (E6). */
export function createRuns({ db, queue, logger, ended }: RunsDeps): Runs {
  const store = createRunStore(db, ended);
  const events = new EventEmitter().setMaxListeners(0);
  const deps: RunDeps = { db, store, logger, events };
  const kinds = new Map<string, Known>();
  return {
    define(kind, definition) {
      const { lane = 'bulk', exclusive = false, serialKey } = definition;
      kinds.set(kind, { lane, exclusive, serialKey, handler: runHandler(deps, kind, definition) });
    },

    handlers: () => [...kinds.values()].map(({ handler }) => handler),

    async start(kind, params, requestedBy) {
      const known = kinds.get(kind);
      if (!known) throw new Error(`no run of kind ${kind} is defined`);
      const id = newId();
      await addRun({ db, store, queue }, known, { id, kind, params, requestedBy });
      return toRunView(await existing(store, id));
    },

    get: async (id) => toRunView(await existing(store, id)),

    async list(filter) {
      const before = filter.cursor === undefined ? undefined : textIn(filter.cursor);
      return toPage(await store.list(filter, before), filter.limit, (row) => [row.id], toRunView);
    },

    async cancel(id) {
      const asked = (await store.cancelQueued(id)) || (await store.requestCancel(id));
      // Inside a transaction that may yet be undone nobody is told: whoever runs it looks by itself, every second.
      if (asked && !db.inTransaction) {
        events.emit('cancel', id);
        events.emit('changed', id);
      }
      return toRunView(await existing(store, id));
    },

    watch: (id, options = {}) => watchRun({ store, events }, id, options),
    purge: (olderThan) => store.purge(olderThan),
  };
}

async function existing(store: RunStore, id: string): Promise<RunRow> {
  const row = await store.find(id);
  if (!row) throw runError('not_found', { id });
  return row;
}

interface NewRun {
  id: string;
  kind: string;
  params: JsonObject;
  requestedBy: string;
}

type AddDeps = { db: Database; store: RunStore; queue: JobQueue };

async function addRun({ db, store, queue }: AddDeps, known: Known, run: NewRun): Promise<void> {
  const { id, kind, params, requestedBy } = run;
  const { lane, exclusive, serialKey } = known;
  const activeKey = exclusive ? kind : null;
  const row = [id, kind, JSON.stringify(params), 'queued', activeKey, 0, 0, 0, 1, requestedBy, false, db.now()];
  try {
    await db.transact(async () => {
      await insertRows(db, { table: 'run', columns }, [row]);
      const job = { kind: jobKindOf(kind), lane, payload: { run_id: id } };
      await queue.add([serialKey ? { ...job, serialKey } : job]);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw runError('in_progress', { id: await store.activeOf(kind) });
  }
  queue.wake();
}

async function* watchRun(
  { store, events }: Pick<RunDeps, 'store' | 'events'>,
  id: string,
  { since = 0, signal }: { since?: number; signal?: AbortSignal },
): AsyncGenerator<RunEvent> {
  const bell = new Bell();
  const ring = (changed?: unknown) => {
    if (changed === id || signal?.aborted) bell.ring();
  };
  events.on('changed', ring);
  signal?.addEventListener('abort', ring);
  try {
    for (let seen = since; !signal?.aborted; ) {
      const row = await existing(store, id);
      if (row.version > seen) yield { id: row.version, run: toRunView(row) };
      if (isFinal(row.state)) return;
      seen = Math.max(seen, row.version);
      await bell.wait(watchPollMs);
    }
  } finally {
    events.off('changed', ring);
    signal?.removeEventListener('abort', ring);
  }
}
