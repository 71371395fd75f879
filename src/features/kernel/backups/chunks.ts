import { createCipheriv, createDecipheriv } from 'node:crypto';
import { changedFault } from './backup-fault';
import type { ByteReader } from './header';

/**
 * The encrypted rest of a backup: chunks of length (4 bytes, the highest bit marks the last one), ciphertext, tag (16).
 * A chunk is bound to its file, its number and whether it is the last: cut, swapped, repeated or foreign ones do not open.
 */
export interface ChunkCipher {
  key: Buffer;
  /** Of the header, which thereby cannot be exchanged either. */
  digest: Buffer;
}

const algorithm = 'aes-256-gcm';
const tagBytes = 16;
const lastBit = 0x8000_0000;
const mostBytes = 1 << 20;

/** @param size plain bytes of a chunk */
export async function* sealChunks(
  parts: AsyncIterable<Buffer>,
  cipher: ChunkCipher,
  size = 1 << 18,
): AsyncGenerator<Buffer> {
  let index = 0;
  let waiting = Buffer.alloc(0);
  for await (const part of parts) {
    waiting = Buffer.concat([waiting, part]);
    for (; waiting.length > size; waiting = waiting.subarray(size)) {
      yield sealed(waiting.subarray(0, size), cipher, index++, false);
    }
  }
  yield sealed(waiting, cipher, index, true);
}

function sealed(plain: Buffer, { key, digest }: ChunkCipher, index: number, last: boolean): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce(index)).setAAD(aad(digest, index, last));
  const length = Buffer.alloc(4);
  length.writeUInt32BE((plain.length | (last ? lastBit : 0)) >>> 0);
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws BackupFault naming file and byte */
export async function* openChunks(reader: ByteReader, cipher: ChunkCipher): AsyncGenerator<Buffer> {
  for (let index = 0, last = false; !last; index++) {
    const at = reader.offset;
    const chunk = await readChunk(reader);
    const plain = chunk && opened(chunk.body, cipher, index, chunk.last);
    if (!chunk || !plain) throw changedFault(reader.file, at);
    last = chunk.last;
    yield plain;
  }
  if ((await reader.read(1)).length > 0) throw changedFault(reader.file, reader.offset - 1);
}

/** @returns undefined where the file ends too early, or says what no chunk says */
async function readChunk(reader: ByteReader): Promise<{ body: Buffer; last: boolean } | undefined> {
  const head = await reader.read(4);
  if (head.length < 4) return undefined;
  const mark = head.readUInt32BE();
  const last = mark >= lastBit;
  const bytes = (last ? mark - lastBit : mark) + tagBytes;
  if (bytes > mostBytes) return undefined;
  const body = await reader.read(bytes);
  return body.length === bytes ? { body, last } : undefined;
}

function opened(body: Buffer, { key, digest }: ChunkCipher, index: number, last: boolean): Buffer | undefined {
  try {
    const decipher = createDecipheriv(algorithm, key, nonce(index))
      .setAAD(aad(digest, index, last))
      .setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The number of the chunk: no nonce comes twice under a key that serves one file. */
function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(index), 4);
  return bytes;
}

const aad = (digest: Buffer, index: number, last: boolean): Buffer =>
  Buffer.concat([digest, nonce(index), Buffer.from([Number(last)])]);
