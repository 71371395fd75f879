import { workContext } from '../core/context';
import type { Database } from '../db/database';

/** Runs `work` atomically, perhaps in one transaction with its neighbours. */
export type Commit = <T>(work: () => Promise<T>) => Promise<T>;

interface Unit {
  /** Runs the work and keeps its outcome for `settle`. */
  attempt(): Promise<void>;
  settle(): void;
  fail(error: unknown): void;
}

const largestGroup = 64;

/**
 * On SQLite every transaction waits for the disk, one after another; so commits that come together share one. When a
 * member fails, the group is rolled back and each runs alone: like after a deadlock, work must touch nothing but the
 * database. Servers commit side by side and group by themselves.
 */
export function createCommit(db: Database): Commit {
  if (db.dialect !== 'sqlite') return (work) => db.transact(work);
  const waiting: Unit[] = [];
  let flushing = false;
  const flush = async () => {
    while (waiting.length > 0) await runGroup(db, waiting.splice(0, largestGroup));
    flushing = false;
  };
  return (work) => {
    if (db.inTransaction) return db.transact(work);
    return new Promise((resolve, reject) => {
      waiting.push(unitOf(work, resolve, reject));
      if (flushing) return;
      flushing = true;
      setImmediate(() => void flush());
    });
  };
}

function unitOf<T>(work: () => Promise<T>, resolve: (value: T) => void, fail: (error: unknown) => void): Unit {
  const context = workContext.getStore();
  let settle: () => void = () => undefined;
  return {
    async attempt() {
      const value = await (context ? workContext.run(context, work) : work());
      settle = () => resolve(value);
    },
    settle: () => settle(),
    fail,
  };
}

/** Never rejects. */
async function runGroup(db: Database, group: Unit[]): Promise<void> {
  if (group.length > 1 && (await succeeds(db, group))) return;
  for (const unit of group) await succeeds(db, [unit], unit.fail);
}

async function succeeds(db: Database, group: Unit[], fail?: (error: unknown) => void): Promise<boolean> {
  try {
    await db.transact(async () => {
      for (const unit of group) await unit.attempt();
    });
    for (const unit of group) unit.settle();
    return true;
  } catch (error) {
    fail?.(error);
    return false;
  }
}
