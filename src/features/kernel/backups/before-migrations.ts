import { join } from 'node:path';
import type { Config } from '../../../../config';
import type { Clock } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import { findMasterKey } from '../../../db/open';
import { canSnapshot } from '../../../db/snapshot';
import { BackupFault } from './backup-fault';
import { backupName } from './backup-folder';
import { writeBackup } from './write-backup';

interface Deps {
  clock: Clock;
  program: string;
  logger: Pick<Logger, 'info'>;
}

/** Takes a backup before migrations change a database that is in use (O4): the way back from an upgrade. */
export const backupBeforeMigrations =
  ({ clock, program, logger }: Deps) =>
  async (config: Pick<Config, 'databaseUrl' | 'masterKey' | 'dataDir' | 'backup'>): Promise<void> => {
    const masterKey = findMasterKey(config);
    if (!masterKey || !canSnapshot(config.databaseUrl)) return;
    const file = join(config.backup.dir, backupName(clock.now()));
    try {
      const { size, rows } = await writeBackup({ url: config.databaseUrl, masterKey, file, program, clock });
      logger.info('a backup was taken before the migrations', { file, size, rows });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new BackupFault(
        `No backup could be taken before the migrations, so nothing was changed: ${why} Start with --no-backup to go on without one.`,
        { cause },
      );
    }
  };
