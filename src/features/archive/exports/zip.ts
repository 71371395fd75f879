import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipArchive } from 'archiver';

/** A file as the manifest lists it. */
export interface Listed {
  path: string;
  bytes: number;
  sha256: string;
}

type Chunk = string | Buffer;

/** A ZIP that is written file after file, each hashed on its way. */
export function createZip(at: Date) {
  // Texts shrink well at the fastest level, and an export must not keep a core busy for long.
  const zip = new ZipArchive({ zlib: { level: 1 } });
  const listed: Listed[] = [];
  const waiting: ((error?: Error) => void)[] = [];
  zip.on('entry', () => waiting.shift()?.());
  zip.on('error', (error) => {
    for (const settle of waiting.splice(0)) settle(error as Error);
  });

  return {
    /** The ZIP itself; read it while files are added. */
    output: zip as Readable,
    listed: listed as readonly Listed[],

    /** Resolves when the file is in. */
    async add(path: string, content: AsyncIterable<Chunk> | Chunk): Promise<Listed> {
      const digest = createHash('sha256');
      let bytes = 0;
      async function* hashed(): AsyncGenerator<Buffer> {
        for await (const chunk of partsOf(content)) {
          const part = Buffer.from(chunk as Buffer);
          digest.update(part);
          bytes += part.length;
          yield part;
        }
      }
      await new Promise<void>((resolve, reject) => {
        waiting.push((error) => (error ? reject(error) : resolve()));
        const source = Readable.from(hashed(), { objectMode: false });
        source.on('error', reject);
        zip.append(source, { name: path, date: at });
      });
      const one = { path, bytes, sha256: digest.digest('hex') };
      listed.push(one);
      return one;
    },

    finish: (): Promise<void> => zip.finalize(),
    abort: (): void => void zip.abort(),
  };
}

async function* partsOf(content: AsyncIterable<Chunk> | Chunk): AsyncGenerator<Chunk> {
  if (typeof content === 'string' || Buffer.isBuffer(content)) yield content;
  else yield* content;
}

export type Zip = ReturnType<typeof createZip>;
