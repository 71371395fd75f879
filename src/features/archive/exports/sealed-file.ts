import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { pipeline as finished } from 'node:stream/promises';

const algorithm = 'aes-256-gcm';

/** What opens a sealed file, to be kept sealed itself: key, nonce and tag in base64. */
export type FileKey = string;

/** Writes a file under a key of its own, whole or not at all. @returns what opens it */
export async function writeSealed(path: string, content: Readable): Promise<FileKey> {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv(algorithm, key, nonce);
  const temporary = `${path}.tmp`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await finished(content, cipher, createWriteStream(temporary, { mode: 0o600 }));
    await flush(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return Buffer.concat([key, nonce, cipher.getAuthTag()]).toString('base64');
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What was written. The stream fails before its end when a byte was changed. */
export function readSealed(path: string, fileKey: FileKey): Readable {
  const bytes = Buffer.from(fileKey, 'base64');
  const decipher = createDecipheriv(algorithm, bytes.subarray(0, 32), bytes.subarray(32, 44));
  decipher.setAuthTag(bytes.subarray(44));
  return pipeline(createReadStream(path), decipher, () => undefined);
}
