import { hours } from '../../../core/clock';
import type { HealthCheck } from '../../../http/health';
import { type BackupService, mostBackupAge } from './backups.service';

/** The newest good backup is young enough; and what a restore lost is said for as long as it waits for an operator. */
export const backupChecks = (backups: BackupService): HealthCheck[] => [
  {
    name: 'backup',
    async check() {
      const newest = await backups.newestGood();
      const overdue = await backups.overdueMs();
      const age = Math.floor((overdue + mostBackupAge) / hours(1));
      if (overdue > 0) {
        const detail = newest ? `the newest good backup is ${age} h old` : `no good backup in ${age} h`;
        return { level: 'degraded', detail };
      }
      return { level: 'ok', detail: newest ? `the newest is ${age} h old` : 'none yet' };
    },
  },
  {
    name: 'restore',
    async check() {
      const last = await backups.restoration();
      if (!last) return { level: 'ok', detail: 'never restored' };
      const lost = `what happened from ${last.taken_at} to ${last.restored_at} is missing`;
      const detail = `restored from a backup: ${lost}`;
      if (!last.paused) return { level: 'ok', detail };
      return { level: 'degraded', detail: `${detail}; writes to WeCom are paused until an operator confirms` };
    },
  },
];
