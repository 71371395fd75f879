import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { Runs } from '../../../jobs';
import type { AuditService } from '../audit';
import type { RestorationView } from './backups.schema';
import type { BackupStore, RestorationRow } from './backups.store';

interface Deps {
  db: Database;
  logger: Logger;
  runs: Pick<Runs, 'start'>;
  audit: Pick<AuditService, 'record'>;
}

/** What follows when this database was restored: a hole in time, and writes to WeCom that might be repeated. */
export function createRestorations({ db, logger, runs, audit }: Deps, store: BackupStore) {
  /** Once for each restore, whichever process starts first. */
  async function reconcile({ id }: RestorationRow): Promise<void> {
    await db.transact(async () => {
      const run = await runs.start('reconciliation', {}, 'restore');
      if (!(await store.claimReconciliation(id, run.id))) throw new QuickerElsewhere();
    });
  }

  return {
    restoration: async (): Promise<RestorationView | null> => toRestorationView(await store.lastRestoration()),

    /** Whether nothing may be written to WeCom: what was sent in the lost time is not known here. */
    async isPaused(): Promise<boolean> {
      const last = await store.lastRestoration();
      return last !== null && last.resumed_at === null;
    },

    /** An operator has looked and lets writes go on. @returns whether anything was paused */
    resume: (actor: string): Promise<boolean> =>
      db.transact(async () => {
        if ((await store.resume(actor)) === 0) return false;
        await audit.record({ actor, action: 'backup.writes_resumed', target: 'restoration', result: 'ok' });
        return true;
      }),

    /** At start: says what is missing, and has everything compared with WeCom. Call when the kinds of runs are named. */
    async afterRestore(): Promise<void> {
      const last = await store.lastRestoration();
      if (last === null || (last.resumed_at !== null && last.run_id !== null)) return;
      const { taken_at: from, restored_at: to, backup } = last;
      logger.warn('restored from a backup: what happened between is missing', { backup, from, to });
      if (last.run_id !== null) return;
      await reconcile(last).catch((error: unknown) => {
        if (!(error instanceof QuickerElsewhere)) throw error;
      });
    },
  };
}

class QuickerElsewhere extends Error {}

export const toRestorationView = (row: RestorationRow | null): RestorationView | null =>
  row && {
    taken_at: iso(row.taken_at),
    restored_at: iso(row.restored_at),
    paused: row.resumed_at === null,
    resumed_at: isoOrNull(row.resumed_at),
    reconciliation_run_id: row.run_id,
  };
