import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadConfig } from '../../config';
import { systemClock } from '../core/clock';
import { exitCode, StartupError } from '../core/errors';
import { findMasterKey } from '../db/open';
import { allEntities } from '../entities';
import { createAuditRecorder } from '../features/kernel/audit';
import { parseRecoveryKey, readBackup, restoreBackup } from '../features/kernel/backups';
import { createEvidenceWriter } from '../features/kernel/evidence';
import { print, withServices } from './session';

/** `backup`, `backup verify`, `backup recovery-key` and `restore`. */
export const backupCommands = (): Command[] => [backup(), restore()];

const recoveryOption = ['--recovery-key <file>', 'file with the recovery key, where the master key is lost'] as const;

function backup(): Command {
  const command = new Command('backup')
    .description('take a backup, whether the server runs or not')
    .enablePositionalOptions()
    .option('--to <place>', 'a folder or a file; BACKUP_DIR otherwise')
    .option('--json')
    .action(({ to, json }: { to?: string; json?: boolean }) =>
      withServices(async ({ services }) => {
        const taken = await services.backups.take({ to, actor: 'host' });
        const { file, rows, tables, size } = taken;
        print(taken, { json }, `${file}: ${rows} rows of ${tables} tables in ${size} bytes, read back and whole.`);
      }),
    );
  command
    .command('verify <file>')
    .description('read a backup to its end and check everything; needs no database')
    .option(...recoveryOption)
    .option('--json')
    .action(verify);
  command
    .command('recovery-key')
    .description('make the key that opens backups when the master key is lost; printed this once')
    .option('--replace', 'make a new one for backups to come')
    .option('--json')
    .action(({ replace = false, json }: { replace?: boolean; json?: boolean }) =>
      withServices(async ({ services }) => {
        const made = await services.backups.makeRecoveryKey({ replace, actor: 'host' });
        print(made, { json }, `${made.recovery_key}\nKeep it where neither this machine nor its backups are.`);
      }),
    );
  return command;
}

interface Opening {
  recoveryKey?: string;
  json?: boolean;
}

async function verify(file: string, { recoveryKey, json }: Opening): Promise<void> {
  const manifest = await readBackup(file, {
    masterKey: recoveryKey ? undefined : findMasterKey(loadConfig()),
    recoveryKey: recoveryKey ? parseRecoveryKey(textOf(recoveryKey)) : undefined,
  });
  const { tables, rows, taken_at } = manifest;
  print({ ok: true, ...manifest }, { json }, `Whole: ${rows} rows of ${tables.length} tables, taken at ${taken_at}.`);
}

interface Restoring extends Opening {
  from?: string;
  force?: boolean;
  resume?: boolean;
}

const restore = (): Command =>
  new Command('restore')
    .description('put a backup into the database of the settings; the server must not run')
    .option('--from <file>', 'the backup')
    .option(...recoveryOption)
    .option('--force', 'overwrite what is in the database')
    .option('--resume', 'after a restore, when you have looked: let writes to WeCom go on')
    .option('--json')
    .action((options: Restoring) => (options.resume ? resume(options) : restoreFrom(options)));

async function restoreFrom({ from, recoveryKey, force = false, json }: Restoring): Promise<void> {
  if (!from) throw new StartupError('Name the backup: restore --from <file>', exitCode.failure);
  const clock = systemClock;
  const restored = await restoreBackup({
    config: loadConfig(),
    entities: allEntities,
    auditOf: (db) => createAuditRecorder({ db, clock, evidence: createEvidenceWriter(db) }),
    file: from,
    recoveryKey: recoveryKey && textOf(recoveryKey),
    force,
    clock,
  });
  const { rows, tables, taken_at, restored_at } = restored;
  print(
    { ok: true, ...restored },
    { json },
    `Restored and compared: ${rows} rows of ${tables.length} tables.
What happened between ${taken_at} and ${restored_at} is missing. The next start reads everything from WeCom again;
nothing is written to WeCom until you have looked and run: npm run scrm -- restore --resume`,
  );
}

const resume = ({ json }: Restoring): Promise<void> =>
  withServices(async ({ services }) => {
    const resumed = await services.backups.resume('host');
    print({ ok: true, resumed }, { json }, resumed ? 'Writes to WeCom go on.' : 'Nothing was paused.');
  });

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StartupError(`The file ${file} cannot be read.`, exitCode.backup, { cause });
  }
}
