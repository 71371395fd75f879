import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BackupFault, changedFault } from './backup-fault';

/**
 * The plain beginning of a backup: who can open it, and nothing of what is in it.
 * File: magic (8 bytes), length of the header (4), header (JSON), its SHA-256 (32), then chunks.
 */
const magic = Buffer.from('SCRMBKP\n');
const mostBytes = 65_536;
const format = 1;

const header = z.object({
  format: z.number(),
  file_id: z.string(),
  master: z.object({ fingerprint: z.string(), wrapped: z.string() }),
  recovery: z.object({ public_key: z.string(), ephemeral: z.string(), wrapped: z.string() }).nullable(),
});
export type BackupHeader = z.infer<typeof header>;

/** Reads on in a file; fewer bytes than asked for at its end. */
export interface ByteReader {
  file: string;
  readonly offset: number;
  read(bytes: number): Promise<Buffer>;
}

export function headerBytes(about: Omit<BackupHeader, 'format'>): Buffer {
  const json = Buffer.from(JSON.stringify({ format, ...about }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const head = Buffer.concat([magic, length, json]);
  return Buffer.concat([head, digestOf(head)]);
}

/** @throws BackupFault for a file of another kind, a changed one, and one of a newer format */
export async function readHeader(reader: ByteReader): Promise<{ header: BackupHeader; digest: Buffer }> {
  const { file } = reader;
  const start = await reader.read(magic.length);
  if (!start.equals(magic)) throw new BackupFault(`${file} is not a backup of this program, or was changed at byte 0.`);
  const length = await reader.read(4);
  const bytes = length.length === 4 ? length.readUInt32BE() : mostBytes + 1;
  if (bytes > mostBytes) throw changedFault(file, magic.length);
  const json = await reader.read(bytes);
  const digest = await reader.read(32);
  if (!digestOf(Buffer.concat([start, length, json])).equals(digest)) throw changedFault(file, magic.length + 4);
  const parsed: unknown = JSON.parse(json.toString());
  if (z.object({ format: z.number() }).parse(parsed).format > format) {
    throw new BackupFault(`${file} was made by a newer version of this program: restore it with that version.`);
  }
  return { header: header.parse(parsed), digest };
}

const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
