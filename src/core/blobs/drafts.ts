import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, encrypt } from '../vault';
import { BlobFault } from './blob-fault';
import { makeFolder, moveFile, namesIn, removeFile, writeFile } from './files';

/** Content that comes in slices, with pauses in which the process may die. */
export interface Draft {
  /** Safe in a path. */
  id: string;
  key: Buffer;
}

export type Drafts = ReturnType<typeof createDrafts>;

/** Slices of what is not whole yet, each sealed and durable by itself. On this machine, wherever blobs stand later. */
export function createDrafts({ dir, boundTo }: { dir: string; boundTo: string }) {
  const home = join(dir, 'drafts');
  const at = ({ id }: Draft, n: number) => join(home, id, String(n));
  const aad = ({ id }: Draft, n: number) => Buffer.from(JSON.stringify([boundTo, 'draft', id, n]));

  async function slice(draft: Draft, n: number): Promise<Buffer> {
    const sealed = await readFile(at(draft, n)).catch(() => {
      throw new BlobFault('missing', draft.id);
    });
    try {
      return decrypt(draft.key, sealed, aad(draft, n));
    } catch {
      throw new BlobFault('changed', draft.id);
    }
  }

  return {
    /** Slice `n`, from 0 on, in the place of one that is there. Durable when it resolves. */
    async put(draft: Draft, n: number, bytes: Buffer): Promise<void> {
      const path = at(draft, n);
      await makeFolder(join(home, draft.id));
      await writeFile(`${path}.new`, async (file) => {
        await file.appendFile(encrypt(draft.key, bytes, aad(draft, n)));
      });
      await moveFile(`${path}.new`, path);
    },

    /** The first `count` slices. @throws BlobFault when one is not there, or is not what was put */
    async *read(draft: Draft, count: number): AsyncGenerator<Buffer> {
      for (let n = 0; n < count; n++) yield await slice(draft, n);
    },

    /** Whether that many slices lie here. */
    has: async (id: string, count: number): Promise<boolean> => (await namesIn(join(home, id))).length >= count,

    drop: (id: string): Promise<void> => removeFile(join(home, id)),

    /** Those that anything lies here of. */
    ids: (): Promise<string[]> => namesIn(home),
  };
}
