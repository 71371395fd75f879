import { basename, dirname, resolve } from 'node:path';
import type { Config } from '../../../../config';
import { type Clock, hours } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import { counterIn, toPage } from '../../../core/paging';
import type { Database } from '../../../db/database';
import { canSnapshot } from '../../../db/snapshot';
import { iso, isoOrNull } from '../../../http/schema';
import type { Runs, RunView } from '../../../jobs';
import type { AuditService } from '../audit';
import { BackupFault } from './backup-fault';
import { placeFor, pruneFolder } from './backup-folder';
import type { BackupPage, BackupQuery } from './backups.schema';
import { type BackupRow, createBackupStore, type BackupStore as Store } from './backups.store';
import { readBackup } from './read-backup';
import { createRecoveryKey } from './recovery-key';
import { createRestorations, toRestorationView } from './restorations';
import { writeBackup } from './write-backup';

interface Deps {
  config: Pick<Config, 'databaseUrl' | 'backup'>;
  db: Database;
  clock: Clock;
  logger: Logger;
  runs: Pick<Runs, 'define' | 'start'>;
  audit: Pick<AuditService, 'record'>;
  masterKey(): Buffer;
  /** Of this program. */
  version: string;
}

interface Taking {
  /** A folder or a file; the folder of the settings otherwise. */
  to?: string | undefined;
  actor: string;
  signal?: AbortSignal;
  progress?: (rows: number) => Promise<void>;
}

export interface Taken {
  name: string;
  file: string;
  taken_at: string;
  size: number;
  rows: number;
  tables: number;
}

/** A daily backup, and two hours to take it in. */
export const mostBackupAge = hours(26);

export type BackupService = ReturnType<typeof createBackupService>;

/** Backups that are taken and kept, and what a restore means for the rest of the program. */
export function createBackupService(deps: Deps) {
  const store = createBackupStore(deps.db);
  const taking = takes(deps, store);
  defineRun(deps.runs, taking.take);
  return { ...taking, ...lists(deps, store), ...createRestorations(deps, store) };
}

function defineRun(runs: Deps['runs'], take: (taking: Taking) => Promise<Taken>): void {
  runs.define<{ actor?: string }, null, Omit<Taken, 'file'>>('backup', {
    exclusive: true,
    async execute({ params: { actor = 'schedule' }, signal, ...run }) {
      const progress = (done: number) => run.progress({ done, total: done, phase: 'rows' });
      const { file: _, ...taken } = await take({ actor, signal, progress });
      return taken;
    },
  });
}

function takes({ config, db, clock, logger, runs, audit, masterKey, version }: Deps, store: Store) {
  /** Writes a backup and reads it back to its end; only then it counts, and old ones go. */
  async function take({ to, actor, signal, progress }: Taking): Promise<Taken> {
    const file = await placeFor(to ?? `${config.backup.dir}/`, clock.now());
    const url = config.databaseUrl;
    const key = masterKey();
    const written = await writeBackup({ url, masterKey: key, file, program: version, clock, signal, progress });
    const { taken_at, size, rows } = written;
    const row = { name: basename(file).slice(-191), taken_at, size, rows, kept: isKept(file) };
    const manifest = await readBackup(file, { masterKey: key }).catch(async (error: unknown) => {
      await store.put({ ...row, verified_at: null, ok: false });
      throw error;
    });
    await db.transact(async () => {
      await store.put({ ...row, verified_at: db.now(), ok: true });
      const target = `backup:${row.name.slice(-180)}`;
      await audit.record({ actor, action: 'backup.taken', target, result: 'ok', detail: { size, rows } });
    });
    await prune();
    logger.info('a backup was taken', { name: row.name, size, rows });
    return { ...row, file, taken_at: taken_at.toISOString(), tables: manifest.tables.length };
  }

  const isKept = (file: string): boolean => dirname(file) === resolve(config.backup.dir);

  /** Beyond the number to keep: files of the folder, and rows. */
  async function prune(): Promise<void> {
    for (const name of await pruneFolder(config.backup.dir, config.backup.keep, clock.now())) await store.remove(name);
    const rows = await store.newest(1000);
    for (const { name } of rows.filter(({ kept }) => kept).slice(config.backup.keep)) await store.remove(name);
    for (const { name } of rows.filter(({ kept }) => !kept).slice(config.backup.keep)) await store.remove(name);
  }

  return {
    take,

    /** @throws run.in_progress */
    start: ({ by, actor }: { by: string; actor: string; address?: string }): Promise<RunView> =>
      runs.start('backup', { actor }, by),

    /** Makes a key that opens backups without the master key. Its text is not kept: it is for a safe place. */
    async makeRecoveryKey({ replace, actor }: { replace: boolean; actor: string }): Promise<{ recovery_key: string }> {
      if (!replace && (await store.recoveryKeySince())) {
        throw new BackupFault(
          'There is a recovery key. --replace makes a new one for backups to come; those made before open with the old one only.',
        );
      }
      const { text, publicKey } = createRecoveryKey();
      await db.transact(async () => {
        await store.addRecoveryKey(publicKey);
        await audit.record({ actor, action: 'backup.recovery_key_made', target: 'recovery_key', result: 'ok' });
      });
      return { recovery_key: text };
    },
  };
}

function lists({ config, clock }: Deps, store: Store) {
  /** How long the newest good backup, or the first start when there is none, is past the time; negative: not yet. */
  async function overdueMs(): Promise<number> {
    if (!canSnapshot(config.databaseUrl)) return -mostBackupAge;
    const since = (await store.newestGood()) ?? (await store.startedAt()) ?? clock.now();
    return clock.now().getTime() - since.getTime() - mostBackupAge;
  }

  return {
    async list({ limit, cursor }: BackupQuery): Promise<BackupPage> {
      const before = cursor === undefined ? undefined : new Date(counterIn(cursor));
      const rows = await store.newest(limit + 1, before);
      return {
        ...toPage(rows, limit, (row) => [row.taken_at.getTime()], toView),
        last_good_at: isoOrNull(await store.newestGood()),
        overdue: (await overdueMs()) > 0,
        recovery_key_since: isoOrNull(await store.recoveryKeySince()),
        restoration: toRestorationView(await store.lastRestoration()),
      };
    },

    /** Of the newest good one, for the metrics; null when there is none. */
    async ageSeconds(): Promise<number | null> {
      const newest = await store.newestGood();
      return newest && Math.max(0, Math.floor((clock.now().getTime() - newest.getTime()) / 1000));
    },

    newestGood: store.newestGood,
    recoveryKeySince: store.recoveryKeySince,
    overdueMs,
  };
}

const toView = ({ name, taken_at, size, rows, verified_at, ok }: BackupRow): BackupPage['items'][number] => ({
  name,
  taken_at: iso(taken_at),
  size,
  rows,
  verified_at: isoOrNull(verified_at),
  ok,
});
