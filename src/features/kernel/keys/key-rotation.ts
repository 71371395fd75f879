import { days, sleep } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import { createDataKey, type Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { KeyRing } from '../../../db/key-ring';
import type { RunContext, Runs } from '../../../jobs';
import type { AuditService } from '../audit';
import type { KeyStore } from './keys.store';
import { type SealedColumn, sealedColumns } from './sealed-columns';

export interface RotationDeps {
  db: Database;
  vault: Vault;
  store: KeyStore;
  ring: KeyRing;
  runs: Pick<Runs, 'define'>;
  audit: Pick<AuditService, 'record'>;
  masterKey(): Buffer;
  /** How long every process has to learn of a new key before anything is sealed with it. */
  spreadMs: number;
}

interface Params {
  actor: string;
  [key: string]: string;
}

/** How far it came: which key, which column of the list, and after which row of it. */
interface Checkpoint {
  version: number;
  at: number;
  after: string | number | null;
  sealed: number;
  /** Values this walk could not open: edited or moved. Their key is kept. */
  unreadable: number;
}

export const rotationKind = 'key-rotation';
const rowsPerStep = 500;
/** A value that was sealed, and not stored, when the new key came: a callback in the spool of a broken database. */
const destroyAfter = days(7);

/** Seals everything anew with a new data key, beside a server that goes on (O7). */
export function defineRotation(deps: RotationDeps): void {
  const { db, vault, store, ring, runs, audit, masterKey, spreadMs } = deps;

  async function newKey(run: RunContext<Params, Checkpoint>): Promise<Checkpoint> {
    const version = Math.max(...(await store.keys()).map((key) => key.version)) + 1;
    const checkpoint = { version, at: 0, after: null, sealed: 0, unreadable: 0 };
    await run.save(checkpoint, { done: 0, total: 1, phase: 'spread' }, async () => {
      await store.add(createDataKey(masterKey(), vault.boundTo, version), new Date(db.now().getTime() + spreadMs));
      await record(run, 'data_key.made', version);
    });
    return checkpoint;
  }

  /** Until this process, and by then every other, seals with the new key. */
  async function spread(version: number, signal: AbortSignal): Promise<void> {
    for (await ring.refresh(); vault.current < version; await ring.refresh()) await sleep(250, signal);
  }

  async function walk(run: RunContext<Params, Checkpoint>, from: Checkpoint, total: number): Promise<Checkpoint> {
    let now = from;
    for (const [at, column] of [...sealedColumns.entries()].slice(from.at)) {
      now = await walkColumn(run, { ...now, at, after: at === from.at ? from.after : null }, { column, total });
    }
    return now;
  }

  async function walkColumn(
    run: RunContext<Params, Checkpoint>,
    from: Checkpoint,
    { column, total }: { column: SealedColumn; total: number },
  ): Promise<Checkpoint> {
    let now = from;
    for (let isEnd = false; !isEnd; ) {
      run.signal.throwIfAborted();
      const { rows, next } = await store.stretch(column, now.after, rowsPerStep);
      const { sealed, unreadable } = await db.transact(() => store.sealAnew(column, rows));
      failpoint('keys.step');
      now = {
        ...now,
        after: next,
        sealed: now.sealed + sealed,
        unreadable: now.unreadable + unreadable,
      };
      isEnd = next === null;
      const progress = { done: Math.min(now.sealed, total), total, phase: column.table };
      if (sealed > 0 || isEnd) await run.save(now, progress);
    }
    return now;
  }

  const record = (run: RunContext<Params, Checkpoint>, action: string, version: number, detail = {}): Promise<void> =>
    audit.record({
      actor: run.params.actor,
      action,
      target: `data_key:${version}`,
      result: 'ok',
      detail: { run: run.id, ...detail },
    });

  /** What is retired opens no row any more. While a value cannot be read nobody knows, and every key stays. */
  async function retire(run: RunContext<Params, Checkpoint>, now: Checkpoint, total: number): Promise<void> {
    const { version, sealed, unreadable } = now;
    await run.save(now, { done: total, total, phase: 'retire' }, async () => {
      if (unreadable > 0) return record(run, 'data_key.rotated', version, { sealed, unreadable });
      const destroyed = await store.destroyRetiredBefore(new Date(db.now().getTime() - destroyAfter));
      const retired = await store.retireBefore(version);
      await record(run, 'data_key.rotated', version, { sealed, retired, destroyed });
    });
  }

  runs.define<Params, Checkpoint, { version: number; sealed: number; unreadable: number }>(rotationKind, {
    exclusive: true,
    async execute(run) {
      let now = run.checkpoint ?? (await newKey(run));
      await spread(now.version, run.signal);
      let total = 0;
      for (const column of sealedColumns) total += await store.count(column);
      for (let before = -1; before !== now.sealed; ) {
        before = now.sealed;
        now = await walk(run, now, total);
        // The next walk begins at the first column; the last is the one that finds nothing.
        if (before !== now.sealed) now = { ...now, at: 0, after: null, unreadable: 0 };
      }
      await retire(run, now, total);
      return { version: now.version, sealed: now.sealed, unreadable: now.unreadable };
    },
  });
}
