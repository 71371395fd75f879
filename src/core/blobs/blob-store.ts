import { createHash, randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../ids';
import { BlobFault } from './blob-fault';
import { makeFolder, namesIn, removeFile, writeFile } from './files';
import { openFrames, type Span, sealedSize, sealedSpan, sealFrames } from './frames';
import type { FinishedFile, Shelf } from './shelves';

/** What opens a blob. Its holder keeps the key sealed: whoever destroys the key destroys the blob. */
export interface BlobKey {
  id: string;
  key: Buffer;
  /** Bytes of its content. */
  size: number;
}

/** A blob that was written and has no place yet: `publish` or `discard` it. */
export interface WrittenBlob extends BlobKey {
  /** Of the content, hexadecimal. */
  sha256: string;
  md5: string;
  file: FinishedFile;
}

export interface BlobStoreOptions {
  /** Blobs on their way lie here, sealed as well. */
  dir: string;
  shelf: Shelf;
  /** The corp id: bound into every frame. */
  boundTo: string;
  /** What part of the disk is free, 0 to 1. */
  freeShare?: (dir: string) => Promise<number>;
}

/** Below it nothing large is written, so that what must be written still can be (F8). */
const leastFree = 0.1;

export type BlobStore = ReturnType<typeof createBlobStore>;

/** Large content, encrypted while it streams (S13): each blob under a key of its own, never as plain text on a disk. */
export function createBlobStore({ dir, shelf, boundTo, freeShare = shareFree }: BlobStoreOptions) {
  const incoming = join(dir, 'incoming');

  async function* read({ id, key, size }: BlobKey, span: Span = { from: 0, to: size }): AsyncGenerator<Buffer> {
    const found = await shelf.read(id, sealedSpan(size, span));
    if (!found) throw new BlobFault('missing', id);
    try {
      yield* openFrames(found, { id, key, boundTo }, { ...span, size });
    } finally {
      found.destroy();
    }
  }

  return {
    /** Seals the parts into a file of their own. @throws what the source of the parts does; nothing is left behind then */
    async write(parts: AsyncIterable<Buffer>): Promise<WrittenBlob> {
      const [id, key] = [newId(), randomBytes(32)];
      const content = createMeter(['sha256', 'md5']);
      const sealed = createMeter(['md5']);
      const path = join(incoming, id);
      await makeFolder(incoming);
      try {
        await writeFile(path, async (file) => {
          const frames = sealFrames(content.measured(parts), { id, key, boundTo });
          for await (const frame of sealed.measured(frames)) await file.appendFile(frame);
        });
      } catch (error) {
        await removeFile(path);
        throw error;
      }
      const file = { path, bytes: sealed.bytes(), md5: sealed.digest('md5', 'base64') };
      const [sha256, md5] = [content.digest('sha256', 'hex'), content.digest('md5', 'hex')];
      return { id, key, size: content.bytes(), sha256, md5, file };
    },

    /** Durable when it resolves. */
    publish: ({ id, file }: WrittenBlob): Promise<void> => shelf.take(id, file),
    discard: ({ file }: WrittenBlob): Promise<void> => removeFile(file.path),

    /** @throws BlobFault as soon as a frame is reached that is not what was written */
    read,

    /** Reads all of it. @returns what is wrong with it, or undefined */
    async fault(blob: BlobKey, sha256: string): Promise<BlobFault['reason'] | undefined> {
      const found = await shelf.size(blob.id);
      if (found !== sealedSize(blob.size)) return found === undefined ? 'missing' : 'changed';
      return hashOf(read(blob)).then((hash) => (hash === sha256 ? undefined : 'changed'), reasonOf);
    },

    /** Also when there is none. */
    remove: (id: string): Promise<void> => shelf.remove(id),

    /** What was being written when a process died. Only for the one process that writes. */
    async clean(): Promise<void> {
      for (const name of await namesIn(incoming)) await removeFile(join(incoming, name));
    },

    /** Whether the disk has room for more (F8). */
    async hasRoom(): Promise<boolean> {
      await makeFolder(dir);
      return (await freeShare(dir)) >= leastFree;
    },
  };
}

async function hashOf(parts: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function reasonOf(error: unknown): BlobFault['reason'] {
  if (error instanceof BlobFault) return error.reason;
  throw error;
}

async function shareFree(dir: string): Promise<number> {
  const { bavail, blocks } = await statfs(dir);
  // Some file systems tell no size; there is nothing to be feared from them.
  return blocks === 0 ? 1 : Number(bavail) / Number(blocks);
}

type Algorithm = 'sha256' | 'md5';

/** Counts and hashes what passes through. */
function createMeter(algorithms: readonly Algorithm[]) {
  const hashes = new Map(algorithms.map((name) => [name, createHash(name)]));
  let bytes = 0;
  return {
    async *measured(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const part of parts) {
        bytes += part.length;
        for (const hash of hashes.values()) hash.update(part);
        yield part;
      }
    },
    bytes: () => bytes,
    digest: (name: Algorithm, encoding: 'hex' | 'base64'): string => hashes.get(name)?.digest(encoding) ?? '',
  };
}
