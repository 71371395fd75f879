import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ObjectStore } from '../object-store';
import { moveFile, removeFile } from './files';
import type { Span } from './frames';

/** A file that is whole and on disk. */
export interface FinishedFile {
  path: string;
  bytes: number;
  /** Of what lies in it, base64. */
  md5: string;
}

/** Where sealed blobs stand: it sees neither keys nor content. */
export interface Shelf {
  /** Takes the file away to where it stays; durable when it resolves. */
  take(id: string, file: FinishedFile): Promise<void>;
  /** Undefined when there is none. */
  read(id: string, span: Span): Promise<Readable | undefined>;
  /** In bytes; undefined when there is none. */
  size(id: string): Promise<number | undefined>;
  /** Also when there is none. */
  remove(id: string): Promise<void>;
}

/** Files in a folder, spread over folders by the end of their ids, which is random. */
export function createFolderShelf(dir: string): Shelf {
  const at = (id: string) => join(dir, id.slice(-2), id);
  const size = (id: string) =>
    stat(at(id)).then(
      (found) => found.size,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      },
    );
  return {
    size,
    take: (id, { path }) => moveFile(path, at(id)),
    async read(id, { from, to }) {
      if ((await size(id)) === undefined) return undefined;
      return createReadStream(at(id), { start: from, end: to - 1, highWaterMark: 256 * 1024 });
    },
    remove: (id) => removeFile(at(id)),
  };
}

/** Objects of a bucket. */
export function createBucketShelf(objects: ObjectStore): Shelf {
  const at = (id: string) => `blobs/${id.slice(-2)}/${id}`;
  return {
    async take(id, file) {
      await objects.putFile(at(id), file);
      await removeFile(file.path);
    },
    read: (id, { from, to }) => objects.read(at(id), from, to),
    size: (id) => objects.size(at(id)),
    remove: (id) => objects.remove(at(id)),
  };
}
