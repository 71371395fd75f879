import { z } from 'zod';

/** The first line of a backup's content. */
export const backupHead = z.object({
  program: z.string(),
  /** Empty: no company was connected yet. */
  corp_id: z.string(),
  /** What secrets are bound to, where that is not the corp id. */
  bound_as: z.string().nullable().default(null),
  mode: z.enum(['sandbox', 'live']),
  taken_at: z.iso.datetime(),
  /** The schema: names of migrations, oldest first. */
  migrations: z.array(z.string()),
  /** The keys that sealed values were sealed with, so that a backup opens under another master key too. */
  data_keys: z.array(z.object({ version: z.number(), key: z.string() })),
});
export type BackupHead = z.infer<typeof backupHead>;

/** Stands before the rows of a table. */
export const backupTable = z.object({
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['integer', 'text']) })),
  key: z.array(z.string()),
});

/** What a table must come to: rows, and SHA-256 over their lines in the order of the key. */
export const tableSum = z.object({ name: z.string(), rows: z.number(), sha256: z.string() });
export type TableSum = z.infer<typeof tableSum>;

/** A line that is not a row. Kinds to come, such as blobs, are refused by programs that do not know them. */
export const mark = z.discriminatedUnion('is', [
  z.object({ is: z.literal('head'), head: backupHead }),
  z.object({ is: z.literal('table'), table: backupTable }),
  z.object({ is: z.literal('end'), tables: z.array(tableSum) }),
]);
export type Mark = z.infer<typeof mark>;

/** What is known of a backup that was read to its end. */
export interface Manifest extends Omit<BackupHead, 'data_keys'> {
  tables: TableSum[];
  rows: number;
}

/**
 * Written anew for each database: whose schema it is, its keys under its own master key, and what each makes of its
 * own rows (the search index, which a run builds after a restore).
 */
export const ownTables = ['migration', 'data_key', 'archive_index'];
