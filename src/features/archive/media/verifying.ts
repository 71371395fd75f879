import type { BlobStore } from '../../../core/blobs/blob-store';
import { rootOf } from '../../../core/merkle';
import type { Database } from '../../../db/database';
import type { Checked, CheckOptions } from '../verification';
import type { BlobRows } from './blobs.store';
import { leafOfFile } from './file-batch.stream';

/** What is wrong with stored files. */
export interface MediaFault {
  kind: /** The files of a batch do not give its root. */
    | 'batch'
    /** The row of a file does not say what was stored. */
    | 'row'
    /** Its content is not there. */
    | 'missing'
    /** Its content is not what was stored. */
    | 'changed';
  /** `batch:<id>` or `file:<id>`. */
  target: string;
}

interface Deps {
  db: Database;
  blobs: Pick<BlobStore, 'fault'>;
  rows: Pick<BlobRows, 'key'>;
}

interface StoredRow {
  id: number | string;
  file_id: string;
  sha256: string;
  size: number | string;
}

interface BatchRow {
  id: number | string;
  root: string;
  count: number | string;
}

interface FileRow {
  id: string;
  sha256: string | null;
  size: number | string | null;
  blob_id: string | null;
}

const pageSize = 200;

export type MediaVerifier = ReturnType<typeof createMediaVerifier>;

/** Compares stored files with what the chain fixes of them (A5). That the batches are linked is the chain's to verify. */
export function createMediaVerifier({ db, blobs, rows }: Deps) {
  async function batchFault({ id, root, count }: BatchRow): Promise<MediaFault | undefined> {
    const sql = 'SELECT file_id, sha256, size FROM archive_stored_file WHERE batch_id = ? ORDER BY id';
    const stored = await db.query<StoredRow>(sql, [id]);
    const leaves = stored.map(({ file_id, sha256, size }) => leafOfFile({ id: file_id, sha256, size: Number(size) }));
    const holds = leaves.length === Number(count) && rootOf(leaves) === root;
    return holds ? undefined : { kind: 'batch', target: `batch:${id}` };
  }

  /** The newest proof of a file counts: purged and sent again, it is stored twice. */
  async function fileFault(file: FileRow): Promise<MediaFault | undefined> {
    const sql = 'SELECT sha256, size FROM archive_stored_file WHERE file_id = ? ORDER BY id DESC LIMIT 1';
    const [proof] = await db.query<StoredRow>(sql, [file.id]);
    const target = `file:${file.id}`;
    if (proof?.sha256 !== file.sha256 || Number(proof.size) !== Number(file.size)) return { kind: 'row', target };
    // Purged: there is nothing left that could be wrong.
    if (file.blob_id === null) return undefined;
    const key = await rows.key(file.blob_id);
    const kind = key ? await blobs.fault(key, proof.sha256) : 'missing';
    return kind && { kind, target };
  }

  const batches = (seen: number) =>
    allRows<BatchRow>(seen, (after) =>
      db.query('SELECT id, root, count FROM archive_file_batch WHERE id > ? ORDER BY id LIMIT ?', [after, pageSize]),
    );
  const files = (seen: number) =>
    allRows<FileRow>('', (after) =>
      db.query(
        `SELECT id, sha256, size, blob_id FROM archive_file WHERE state = 'stored' AND id > ?
         AND id IN (SELECT file_id FROM archive_stored_file WHERE batch_id > ?) ORDER BY id LIMIT ?`,
        [after, seen, pageSize],
      ),
    );

  /** Everything that is wrong since a batch. Reads the files themselves: it takes its time. */
  async function* faults({ after = 0, signal, seen }: Reading = {}): AsyncGenerator<MediaFault> {
    for await (const batch of batches(after)) {
      seen?.({ batch: Number(batch.id) });
      const fault = await batchFault(batch);
      if (fault) yield fault;
    }
    for await (const file of files(after)) {
      signal?.throwIfAborted();
      seen?.({});
      const fault = await fileFault(file);
      if (fault) yield fault;
    }
  }

  return {
    faults,

    /** For the verification of the archive; `after` is the last batch that an earlier one saw. */
    async check({ after, found, signal, progress }: CheckOptions): Promise<Checked> {
      const checked = { rows: 0, last: after };
      const seen = ({ batch }: { batch?: number }) => {
        if (batch === undefined) checked.rows += 1;
        else checked.last = batch;
      };
      for await (const { kind, target } of faults({ after, seen, ...(signal ? { signal } : {}) })) {
        const [what, id = ''] = target.split(':');
        const table = what === 'batch' ? 'archive_file_batch' : 'archive_file';
        found({ kind: faultKinds[kind], table, id, detail: details[kind] });
      }
      await progress?.(checked.rows);
      return checked;
    },
  };
}

interface Reading {
  /** The last batch that was seen. */
  after?: number;
  signal?: AbortSignal;
  seen?: (what: { batch?: number }) => void;
}

const faultKinds = { batch: 'ROOT', row: 'CONTENT', missing: 'BLOB', changed: 'BLOB' } as const;
const details = {
  batch: 'its files',
  row: 'not what was stored',
  missing: 'its content is not there',
  changed: 'its content is not what was stored',
} as const;

/** Page by page, in the order of their ids. */
async function* allRows<T extends { id: string | number }>(
  first: string | number,
  read: (after: string | number) => Promise<T[]>,
): AsyncGenerator<T> {
  for (let page = await read(first); page.length > 0; page = await read(page.at(-1)?.id ?? first)) yield* page;
}
