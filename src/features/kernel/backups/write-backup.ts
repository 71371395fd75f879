import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import { newId } from '../../../core/ids';
import { unwrapDataKey, type WrappedKey } from '../../../core/vault';
import { type Cell, canSnapshot, openSnapshot, type Snapshot, type SnapshotTable } from '../../../db/snapshot';
import { BackupFault } from './backup-fault';
import { sealChunks } from './chunks';
import { wrapFileKey } from './file-key';
import { headerBytes } from './header';
import { type BackupHead, type Mark, ownTables, type TableSum } from './manifest';

export interface WriteOptions {
  /** Of the database, at any schema. */
  url: string;
  masterKey: Buffer;
  /** Where the backup is to stand. */
  file: string;
  /** Of this program. */
  program: string;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Told now and then how many rows are written. */
  progress?: ((rows: number) => Promise<void>) | undefined;
  /** Plain bytes of a chunk; small in tests. */
  chunkBytes?: number;
}

export interface WrittenBackup {
  file: string;
  size: number;
  taken_at: Date;
  rows: number;
}

/**
 * Writes a backup of one moment while others go on writing. It has its name only when it is whole and on disk: a
 * process that dies half-way leaves `….part`.
 * @throws BackupFault for a database in memory, or one that nothing was ever stored in
 */
export async function writeBackup(options: WriteOptions): Promise<WrittenBackup> {
  if (!canSnapshot(options.url)) throw new BackupFault('A database in memory cannot be backed up.');
  const takenAt = options.clock.now();
  const snapshot = await openSnapshot(options.url);
  const part = `${options.file}.part`;
  try {
    const header = await aboutDatabase(snapshot, options, takenAt);
    await mkdir(dirname(part), { recursive: true, mode: 0o700 });
    const rows = await writePart(part, snapshot, header, options);
    failpoint('backup.written');
    await rename(part, options.file);
    await syncFolder(dirname(options.file));
    return { file: options.file, size: (await stat(options.file)).size, taken_at: takenAt, rows };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await snapshot.close();
  }
}

interface About {
  head: BackupHead;
  recoveryPublicKey: string | null;
}

async function aboutDatabase(snapshot: Snapshot, options: WriteOptions, takenAt: Date): Promise<About> {
  const [deployment] = await namedRows(snapshot, 'deployment');
  if (!deployment) throw new BackupFault('There is nothing to back up yet: the server has never been started.');
  const corpId = String(deployment.corp_id);
  const boundAs = typeof deployment.bound_as === 'string' ? deployment.bound_as : null;
  const bareKey = (stored: WrappedKey) => unwrapDataKey(options.masterKey, boundAs ?? corpId, stored);
  const keys = await namedRows(snapshot, 'data_key');
  const migrations = await namedRows(snapshot, 'migration');
  const recovery = (await namedRows(snapshot, 'recovery_key')).sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return {
    head: {
      program: options.program,
      corp_id: corpId,
      bound_as: boundAs,
      mode: deployment.mode === 'live' ? 'live' : 'sandbox',
      taken_at: takenAt.toISOString(),
      migrations: migrations.map(({ name }) => String(name)),
      data_keys: keys.map(({ version, wrapped }) => {
        const stored = { version: Number(version), wrapped: String(wrapped) };
        return { version: stored.version, key: bareKey(stored).toString('base64') };
      }),
    },
    recoveryPublicKey: recovery.length > 0 ? String(recovery.at(-1)?.public_key) : null,
  };
}

/** Keys are replaced one after the other: the last one made counts. */
const textOf = (row: Record<string, Cell>): string => String(row.created_at);

/** The rows of a small table; none when this schema has no such table. */
async function namedRows(snapshot: Snapshot, name: string): Promise<Record<string, Cell>[]> {
  const table = snapshot.tables.find((one) => one.name === name);
  if (!table) return [];
  const found: Record<string, Cell>[] = [];
  for await (const rows of snapshot.rows(table)) {
    for (const row of rows) {
      found.push(Object.fromEntries(table.columns.map((column, i) => [column.name, row[i] ?? null])));
    }
  }
  return found;
}

async function writePart(part: string, snapshot: Snapshot, about: About, options: WriteOptions): Promise<number> {
  const fileId = newId();
  const fileKey = randomBytes(32);
  const keys = { masterKey: options.masterKey, recoveryPublicKey: about.recoveryPublicKey };
  const header = headerBytes({ file_id: fileId, ...wrapFileKey(fileKey, fileId, keys) });
  const cipher = { key: fileKey, digest: header.subarray(-32) };
  const counter = { rows: 0 };
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.write(header);
    await pipeline(
      Readable.from(contentLines(snapshot, about.head, counter, options), { objectMode: false }),
      createGzip({ level: 5 }),
      async (zipped: AsyncIterable<Buffer>) => {
        for await (const chunk of sealChunks(zipped, cipher, options.chunkBytes)) await handle.write(chunk);
      },
      options.signal ? { signal: options.signal } : {},
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  return counter.rows;
}

async function* contentLines(
  snapshot: Snapshot,
  head: BackupHead,
  counter: { rows: number },
  { progress }: WriteOptions,
): AsyncGenerator<string> {
  const sums: TableSum[] = [];
  yield lineOf({ is: 'head', head });
  for (const table of snapshot.tables.filter(({ name }) => !ownTables.includes(name))) {
    yield lineOf({ is: 'table', table });
    const sum = createSum(table);
    for await (const rows of snapshot.rows(table)) {
      counter.rows += rows.length;
      yield sum.add(rows);
      await progress?.(counter.rows);
    }
    sums.push(sum.end());
  }
  yield lineOf({ is: 'end', tables: sums });
}

const lineOf = (line: Mark): string => `${JSON.stringify(line)}\n`;

function createSum({ name }: Pick<SnapshotTable, 'name'>) {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    /** @returns the rows as they are written */
    add(more: Cell[][]): string {
      const text = more.map((row) => `${JSON.stringify(row)}\n`).join('');
      hash.update(text);
      rows += more.length;
      return text;
    },
    end: (): TableSum => ({ name, rows, sha256: hash.digest('hex') }),
  };
}

/** What the tables of a database come to: equal for equal content, on whatever database. */
export async function sumTables(snapshot: Snapshot, tables: readonly SnapshotTable[]): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  for (const table of tables) {
    const sum = createSum(table);
    for await (const rows of snapshot.rows(table)) sum.add(rows);
    sums.push(sum.end());
  }
  return sums;
}

/** After this the new name outlives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
