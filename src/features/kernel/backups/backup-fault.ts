import { exitCode, StartupError } from '../../../core/errors';

/** Why a backup cannot be made, read or restored: one sentence for whoever sits at the command line. */
export class BackupFault extends StartupError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, exitCode.backup, options);
    this.name = 'BackupFault';
  }
}

export const changedFault = (file: string, offset: number): BackupFault =>
  new BackupFault(`${file} was changed or cut: it does not check at byte ${offset}. Use another backup.`);
