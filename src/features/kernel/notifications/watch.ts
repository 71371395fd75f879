import { shanghaiDay } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { Health } from '../../../http/health';
import type { KindName } from './kinds';
import type { Occasion } from './raise';

/** Checks of the server's health that somebody is told of. */
const told: Readonly<Record<string, KindName>> = {
  backup: 'backup_overdue',
  wecom: 'wecom_refused',
  archive: 'archive_behind',
  archive_late: 'archive_late',
  archive_loss: 'archive_loss',
  archive_parked: 'archive_parked',
  archive_keys: 'archive_key_missing',
  archive_gaps: 'archive_gap',
  archive_conflicts: 'archive_conflict',
};

/** Looks at the health of the server and tells of what is wrong, once a day. */
export const healthWatch =
  (db: Database, health: Pick<Health, 'report'>, raise: (occasion: Occasion) => Promise<unknown>) =>
  async (): Promise<void> => {
    const { checks } = await health.report();
    for (const { name, level, detail } of checks) {
      const kind = told[name];
      if (!kind || level === 'ok') continue;
      const dedupeKey = `health:${name}:${shanghaiDay(db.now())}`;
      await db.transact(() => raise({ kind, params: { detail }, dedupeKey }));
    }
  };
