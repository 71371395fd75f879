import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Cell, SnapshotTable } from '../../../db/snapshot';
import { BackupFault, changedFault } from './backup-fault';
import { openChunks } from './chunks';
import { type OpeningKeys, unwrapFileKey } from './file-key';
import { type ByteReader, readHeader } from './header';
import { type BackupHead, type Manifest, type Mark, mark, type TableSum } from './manifest';

/** What to do with the content on the way. */
export interface BackupVisitor {
  head?(head: BackupHead): Promise<void>;
  table?(table: SnapshotTable): Promise<void>;
  rows?(table: SnapshotTable, rows: Cell[][]): Promise<void>;
}

/**
 * Reads a backup to its end, with bounded memory, and checks every chunk, count and hash.
 * @throws BackupFault: a wrong key, a changed or cut file (naming the byte), a newer format
 */
export async function readBackup(file: string, keys: OpeningKeys, visitor: BackupVisitor = {}): Promise<Manifest> {
  const handle = await openFile(file);
  try {
    const reader = byteReader(file, handle);
    const { header, digest } = await readHeader(reader);
    const cipher = { key: unwrapFileKey(file, header, keys), digest };
    const content = new Content(file, visitor);
    await pipeline(
      Readable.from(openChunks(reader, cipher), { objectMode: false }),
      createGunzip(),
      async (parts: AsyncIterable<Buffer>) => {
        for await (const lines of linesOf(parts)) await content.take(lines);
      },
    );
    return content.manifest(reader.offset);
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    throw new BackupFault(`There is no backup ${file} that can be read.`, { cause });
  }
}

function byteReader(file: string, handle: FileHandle): ByteReader {
  let offset = 0;
  return {
    file,
    get offset() {
      return offset;
    },
    async read(bytes) {
      const buffer = Buffer.alloc(bytes);
      let filled = 0;
      while (filled < bytes) {
        const { bytesRead } = await handle.read(buffer, filled, bytes - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      offset += filled;
      return buffer.subarray(0, filled);
    },
  };
}

const newline = 0x0a;

/** Whole lines, without their ends; many at a time. */
async function* linesOf(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let pending: Buffer[] = [];
  for await (const part of parts) {
    const lines: Buffer[] = [];
    let from = 0;
    for (let at = part.indexOf(newline); at >= 0; at = part.indexOf(newline, from)) {
      lines.push(Buffer.concat([...pending, part.subarray(from, at)]));
      pending = [];
      from = at + 1;
    }
    if (from < part.length) pending.push(part.subarray(from));
    yield lines;
  }
  if (pending.length > 0) yield [Buffer.concat(pending)];
}

const rowStart = 0x5b;
/** Rows, and bytes of rows, that are handed on at once. */
const batch = { rows: 1000, bytes: 1 << 20 };

/** The lines in their order: head, each table with its rows, end. */
class Content {
  #head: BackupHead | undefined;
  #table: SnapshotTable | undefined;
  #hash = createHash('sha256');
  #rows = 0;
  #waiting: Cell[][] = [];
  #waitingBytes = 0;
  readonly #sums: TableSum[] = [];
  #claimed: TableSum[] | undefined;

  constructor(
    private readonly file: string,
    private readonly visitor: BackupVisitor,
  ) {}

  async take(lines: Buffer[]): Promise<void> {
    for (const line of lines) {
      if (line[0] === rowStart) this.#row(line);
      else await this.#mark(line);
      if (this.#waiting.length >= batch.rows || this.#waitingBytes >= batch.bytes) await this.#flush();
    }
  }

  /** @throws BackupFault when something is missing or does not come to what the end says */
  manifest(offset: number): Manifest {
    if (!this.#head || !this.#claimed) throw changedFault(this.file, offset);
    if (JSON.stringify(this.#claimed) !== JSON.stringify(this.#sums)) {
      throw new BackupFault(`${this.file} does not hold the rows that it says it holds. Use another backup.`);
    }
    const { data_keys: _, ...head } = this.#head;
    return { ...head, tables: this.#sums, rows: this.#sums.reduce((sum, { rows }) => sum + rows, 0) };
  }

  #row(line: Buffer): void {
    this.#hash.update(line).update('\n');
    this.#rows++;
    if (!this.visitor.rows) return;
    this.#waiting.push(JSON.parse(line.toString()));
    this.#waitingBytes += line.length;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0 || !this.#table) return;
    const rows = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.visitor.rows?.(this.#table, rows);
  }

  async #mark(line: Buffer): Promise<void> {
    await this.#flush();
    this.#endTable();
    const found = this.#parse(line);
    if (found.is === 'end') {
      this.#claimed = found.tables;
    } else if (found.is === 'table') {
      this.#table = found.table;
      await this.visitor.table?.(found.table);
    } else {
      this.#head = found.head;
      await this.visitor.head?.(found.head);
    }
  }

  #endTable(): void {
    if (!this.#table) return;
    this.#sums.push({ name: this.#table.name, rows: this.#rows, sha256: this.#hash.digest('hex') });
    this.#table = undefined;
    this.#hash = createHash('sha256');
    this.#rows = 0;
  }

  #parse(line: Buffer): Mark {
    const found = mark.safeParse(JSON.parse(line.toString()));
    if (found.success) return found.data;
    const why = 'holds something this program does not know: restore it with the version that made it';
    throw new BackupFault(`${this.file} ${why}.`);
  }
}
