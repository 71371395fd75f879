import type { Entities } from '../../../db/data-source';
import { Backup, Restoration, StoredRecoveryKey } from './backups.entity';
import { backupRoutes } from './backups.routes';

export const backupsFeature = {
  name: 'backups',
  entities: [Backup, StoredRecoveryKey, Restoration] as Entities,
  routes: backupRoutes,
};
export { type BackupService, createBackupService } from './backups.service';
export { backupBeforeMigrations } from './before-migrations';
export { backupChecks } from './checks';
export { readBackup } from './read-backup';
export { parseRecoveryKey } from './recovery-key';
export { restoreBackup } from './restore-backup';
