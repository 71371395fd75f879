import type { BlobStore, WrittenBlob } from '../../../core/blobs/blob-store';
import type { BlobRows } from './blobs.store';
import { isPicture, typeOf } from './file-type';
import type { DueFile } from './files.store';
import { type Look, lookAt } from './pictures';

/** What became of a file that came whole: its content is durable, its rows are still to be written. */
export interface Kept {
  id: string;
  size: number;
  sha256: string;
  type: string;
  md5Ok: boolean | null;
  sizeOk: boolean | null;
  content: Placed;
  thumbnail: Placed | null;
  qr: string[];
}

/** Content in its place: written by us, or there already. */
export interface Placed {
  sha256: string;
  written: WrittenBlob | null;
}

/** What came is not what the message tells: worth a second try, and then kept as it came. */
export class Mismatch extends Error {
  constructor() {
    super('size or md5 differ from what the message tells');
    this.name = 'Mismatch';
  }
}

/** As many bytes as the type is known by, packed documents included. */
const headBytes = 256 * 1024;
/** Larger pictures are stored, and not looked at. */
const mostOpened = 20 * 1024 * 1024;
const nothingSeen: Look = { thumbnail: null, qr: [] };

interface Deps {
  blobs: Pick<BlobStore, 'write' | 'publish' | 'discard'>;
  rows: Pick<BlobRows, 'find' | 'announce'>;
  look?: (bytes: Buffer) => Promise<Look>;
}

export type Keeper = ReturnType<typeof createKeeper>;

/** Takes in whole files: hashes them, finds out what they are, and puts their content in its place, once (A5). */
export function createKeeper({ blobs, rows, look = lookAt }: Deps) {
  async function place(written: WrittenBlob): Promise<Placed> {
    const { sha256 } = written;
    if (await rows.find(sha256)) {
      await blobs.discard(written);
      return { sha256, written: null };
    }
    await rows.announce(written);
    await blobs.publish(written);
    return { sha256, written };
  }

  return {
    /** @throws Mismatch at the first try; what the source of the parts throws, and what the storage does */
    async keep(file: DueFile, parts: AsyncIterable<Buffer>): Promise<Kept> {
      const watch = watched(parts);
      const written = await blobs.write(watch.parts());
      const agrees = compared(file, written);
      if (file.attempts === 0 && (agrees.sizeOk === false || agrees.md5Ok === false)) {
        await blobs.discard(written);
        throw new Mismatch();
      }
      const type = await typeOf(watch.head());
      const picture = isPicture(type) ? watch.whole() : undefined;
      const { thumbnail, qr } = picture ? await look(picture) : nothingSeen;
      const { size, sha256 } = written;
      return {
        ...{ id: file.id, size, sha256, type, ...agrees, qr },
        content: await place(written),
        thumbnail: thumbnail && (await place(await blobs.write(only(thumbnail)))),
      };
    },
  };
}

/** Null where the message tells nothing. */
const compared = ({ toldSize, toldMd5 }: DueFile, { size, md5 }: WrittenBlob) => ({
  sizeOk: toldSize === null ? null : toldSize === size,
  md5Ok: toldMd5 === null ? null : toldMd5 === md5,
});

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Remembers what passes: the beginning, and all of it while that is little enough to be opened. */
function watched(source: AsyncIterable<Buffer>) {
  const seen: Buffer[] = [];
  let bytes = 0;
  let first: Buffer | undefined;
  const joined = () => Buffer.concat(seen);
  const head = () => first ?? joined().subarray(0, headBytes);
  return {
    async *parts(): AsyncGenerator<Buffer> {
      for await (const part of source) {
        bytes += part.length;
        if (bytes <= mostOpened) seen.push(part);
        else {
          first ??= joined().subarray(0, headBytes);
          seen.length = 0;
        }
        yield part;
      }
    },
    head,
    whole: (): Buffer | undefined => (bytes <= mostOpened ? joined() : undefined),
  };
}
