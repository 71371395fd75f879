import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Config } from '../../../../config';
import { type Clock, sleep } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import { wrapDataKey } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { createDataSource, type Entities } from '../../../db/data-source';
import { Database } from '../../../db/database';
import { findMasterKey, makeMasterKey } from '../../../db/open';
import { beginRebuild, endRebuild, migrateRebuilt, occupationOf, othersAt } from '../../../db/rebuild';
import { openSnapshot, quoted, type SnapshotTable } from '../../../db/snapshot';
import type { AuditService } from '../audit';
import { BackupFault } from './backup-fault';
import type { BackupHead, Manifest } from './manifest';
import { readBackup } from './read-backup';
import { parseRecoveryKey } from './recovery-key';
import { sumTables, syncFolder } from './write-backup';

export interface RestoreOptions {
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'masterKey' | 'wecom'>;
  entities: Entities;
  /** The trail of the database that is restored. */
  auditOf(db: Database): Pick<AuditService, 'record'>;
  /** The backup. */
  file: string;
  /** Opens it where the master key is lost. */
  recoveryKey?: string | undefined;
  /** Overwrites what stands in the database. */
  force: boolean;
  clock: Clock;
}

export interface Restored extends Manifest {
  restored_at: string;
}

/**
 * Puts a backup into the database of the settings, whatever kind of database it came from. The file is read to its end
 * first; nothing is touched unless it is whole and fits.
 * @throws BackupFault: wrong key, changed file, newer schema, other company, a target that is in use or not empty
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { config, file } = options;
  const keys = {
    masterKey: findMasterKey(config),
    recoveryKey: options.recoveryKey === undefined ? undefined : parseRecoveryKey(options.recoveryKey),
  };
  const manifest = await readBackup(file, keys);
  mustBeOurs(file, manifest, config.wecom);
  const target = await openTarget({ ...options, corpId: config.wecom.corpId || manifest.corp_id });
  try {
    mustBeKnown(file, manifest, target.db);
    const masterKey = keys.masterKey ?? makeMasterKey(config);
    const restored_at = await fill(target, { ...options, keys, masterKey, manifest });
    await target.finish();
    return { ...manifest, restored_at: restored_at.toISOString() };
  } finally {
    await target.close();
  }
}

function mustBeOurs(file: string, { corp_id, mode }: Manifest, wecom: Pick<Config['wecom'], 'corpId' | 'mode'>): void {
  if (corp_id === wecom.corpId && mode === wecom.mode) return;
  // Without a corp id in the settings it is the database that knows its company, and the other way round.
  if (mode === 'live' && wecom.mode === 'live' && (corp_id === '' || wecom.corpId === '')) return;
  const name = (of: string, id: string) => (of === 'sandbox' ? 'the sandbox' : `company ${id}`);
  throw new BackupFault(
    `${file} is of ${name(mode, corp_id)}, and the settings are of ${name(wecom.mode, wecom.corpId)}.`,
  );
}

function mustBeKnown(file: string, { migrations }: Manifest, db: Database): void {
  const known = new Set(db.source.migrations.map(({ name }) => name));
  const newer = migrations.find((name) => !known.has(name));
  if (!newer) return;
  throw new BackupFault(
    `${file} was made by a newer version of this program (it has ${newer}): restore it with that version.`,
  );
}

interface Opening extends RestoreOptions {
  /** The company that what is there may belong to. */
  corpId: string;
}

interface Target {
  db: Database;
  url: string;
  /** Puts what was built in its place. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * On SQLite the restore is built in a file beside and takes the place of the old one by renaming; on a server it is
 * built in place, marked as unfinished until the end.
 */
async function openTarget(options: Opening): Promise<Target> {
  const { databaseUrl } = options.config;
  if (!databaseUrl.startsWith('sqlite:')) {
    const db = await openAt(databaseUrl, options);
    await withCare(db, () => mustBeFree(db, options));
    return { db, url: databaseUrl, finish: async () => undefined, close: () => closed(db) };
  }
  const place = databaseUrl.slice('sqlite:'.length);
  if (existsSync(place)) {
    const old = await openAt(databaseUrl, options);
    await withCare(old, () => mustBeFree(old, options));
    await closed(old);
  }
  const beside = `${place}.restoring`;
  await removeAll(beside);
  const url = `sqlite:${beside}`;
  const db = await openAt(url, options);
  const close = async () => {
    await closed(db);
    await removeAll(beside);
  };
  return { db, url, finish: () => putInPlace(db, beside, place), close };
}

async function removeAll(file: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true });
}

async function openAt(url: string, { entities, clock }: RestoreOptions): Promise<Database> {
  const source = await (await createDataSource(url, entities)).initialize();
  const db = new Database(source, clock);
  await db.measureClock();
  return db;
}

const closed = async ({ source }: Database): Promise<void> => {
  if (source.isInitialized) await source.destroy();
};

async function withCare(db: Database, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await closed(db);
    throw error;
  }
}

async function mustBeFree({ source }: Database, { force, ...ours }: Opening): Promise<void> {
  for (let tries = 5; (await othersAt(source)) > 0; tries--) {
    if (tries === 0) throw new BackupFault('A server or another program is using the database: stop it first.');
    await sleep(200);
  }
  const { unfinished, filled, corpId } = await occupationOf(source);
  if (unfinished) return;
  if (corpId && ours.corpId && corpId !== ours.corpId) {
    throw new BackupFault('The database belongs to another company. Point DATABASE_URL or DATA_DIR at another place.');
  }
  if (filled.length === 0 || force) return;
  throw new BackupFault(
    `The database is not empty (${filled.slice(0, 3).join(', ')} …). Take an empty one, or overwrite it with --force.`,
  );
}

async function putInPlace(db: Database, beside: string, place: string): Promise<void> {
  await db.query('PRAGMA journal_mode = DELETE');
  await closed(db);
  const handle = await open(beside, 'r');
  await handle.sync();
  await handle.close();
  await rename(beside, place);
  await syncFolder(dirname(place));
}

interface Filling extends RestoreOptions {
  keys: Parameters<typeof readBackup>[1];
  masterKey: Buffer;
  manifest: Manifest;
}

/** @returns when it was restored */
async function fill({ db, url }: Target, filling: Filling): Promise<Date> {
  const { file, keys, masterKey, manifest } = filling;
  await beginRebuild(db.source, manifest.migrations);
  const tables: SnapshotTable[] = [];
  await readBackup(file, keys, {
    head: (head) => putKeys(db, head, masterKey),
    async table(table) {
      tables.push(table);
    },
    async rows(table, rows) {
      const into = { table: quoted(table.name), columns: table.columns.map(({ name }) => quoted(name)) };
      await db.transact(() => insertRows(db, into, rows).then(() => undefined));
    },
  });
  failpoint('restore.filled');
  await mustEqual(url, manifest, tables);
  await migrateRebuilt(db.source);
  const restoredAt = db.now();
  await db.transact(() => recordRestore(db, filling, restoredAt));
  return restoredAt;
}

async function recordRestore(db: Database, { file, manifest, auditOf }: Filling, restoredAt: Date): Promise<void> {
  const name = basename(file).slice(-191);
  const columns = ['backup', 'taken_at', 'restored_at'];
  await insertRows(db, { table: 'restoration', columns }, [[name, new Date(manifest.taken_at), restoredAt]]);
  await auditOf(db).record({
    actor: 'host',
    action: 'backup.restored',
    target: `backup:${name.slice(-180)}`,
    result: 'ok',
    detail: { taken_at: manifest.taken_at, restored_at: restoredAt.toISOString(), rows: manifest.rows },
  });
  await db.execute(endRebuild);
}

/** Under the master key of this place, which may be another one. */
async function putKeys(db: Database, { corp_id, bound_as, data_keys }: BackupHead, masterKey: Buffer): Promise<void> {
  const rows = data_keys.map(({ version, key }) => {
    const wrapped = wrapDataKey(masterKey, bound_as ?? corp_id, { version, key: Buffer.from(key, 'base64') });
    return [version, wrapped.wrapped, db.now()];
  });
  await insertRows(db, { table: 'data_key', columns: ['version', 'wrapped', 'created_at'] }, rows);
}

/** Reads back what was written, by the columns of the backup. */
async function mustEqual(url: string, manifest: Manifest, tables: SnapshotTable[]): Promise<void> {
  const snapshot = await openSnapshot(url);
  try {
    const sums = await sumTables(snapshot, tables);
    const wrong = manifest.tables.find((told, i) => JSON.stringify(told) !== JSON.stringify(sums[i]));
    if (!wrong) return;
    throw new BackupFault(`The table ${wrong.name} does not hold what the backup holds of it: the restore is void.`);
  } finally {
    await snapshot.close();
  }
}
