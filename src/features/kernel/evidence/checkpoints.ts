import { hash, type KeyObject } from 'node:crypto';
import { minutes } from '../../../core/clock';
import { insertRows } from '../../../db/bulk';
import { type Database, instantText, toDate, toSqlInstant } from '../../../db/database';
import { isSigned, type Signer } from './signing';

/** A signature over the chain up to link `n`. */
export interface Checkpoint {
  id: number;
  n: number;
  link: string;
  made_at: string;
  key_id: string;
  /** Hash of the signature before it. */
  prev: string;
  sig: string;
}

export interface Head {
  n: number;
  link: string;
}

/** A checkpoint is due after so many links, or after so long when there are any. */
const everyLinks = 1000;
const everyMs = minutes(5);
/** No two checkpoints are further apart: the sealer asks after every batch. */
export const mostLinksApart = 2000;

/** What the first checkpoint, or anchor, names as the one before it. */
export const nothingBefore = '0'.repeat(64);

const columns = ['id', 'n', 'link', 'made_at', 'key_id', 'prev', 'sig'];
const select = `SELECT ${columns.join(', ')} FROM evidence_checkpoint`;

export const checkpointStatement = (corp: string, { id, n, link, made_at, key_id, prev }: Omit<Checkpoint, 'sig'>) =>
  JSON.stringify(['checkpoint', 1, corp, id, n, link, made_at, key_id, prev]);

export const hashOfSig = (sig: string): string => hash('sha256', sig);

export const isGenuine = (corp: string, checkpoint: Checkpoint, key: KeyObject): boolean =>
  isSigned(key, checkpointStatement(corp, checkpoint), checkpoint.sig);

const toCheckpoint = (row: Record<keyof Checkpoint, unknown>): Checkpoint => ({
  id: Number(row.id),
  n: Number(row.n),
  link: String(row.link),
  made_at: instantText(row.made_at),
  key_id: String(row.key_id),
  prev: String(row.prev),
  sig: String(row.sig),
});

export async function lastCheckpoint(db: Database): Promise<Checkpoint | undefined> {
  const [row] = await db.query<Record<keyof Checkpoint, unknown>>(`${select} ORDER BY id DESC LIMIT 1`);
  return row && toCheckpoint(row);
}

/** In order, from after `afterId`. */
export async function checkpointsAfter(db: Database, afterId: number, limit: number): Promise<Checkpoint[]> {
  const sql = `${select} WHERE id > ? ORDER BY id LIMIT ?`;
  return (await db.query<Record<keyof Checkpoint, unknown>>(sql, [afterId, limit])).map(toCheckpoint);
}

/** Signs the head when it is time, or always when it is not signed yet. Call it inside the transaction that appended the links. */
export async function checkpointWhenDue(
  { db, corp, signer }: { db: Database; corp: string; signer: Signer },
  head: Head,
  always = false,
): Promise<void> {
  const last = await lastCheckpoint(db);
  if (head.n === (last?.n ?? 0) || !(always || isDue(last, head, db.now()))) return;
  const unsigned = {
    id: (last?.id ?? 0) + 1,
    n: head.n,
    link: head.link,
    made_at: toSqlInstant(db.now()),
    key_id: signer.keyId,
    prev: last ? hashOfSig(last.sig) : nothingBefore,
  };
  const sig = signer.sign(checkpointStatement(corp, unsigned));
  const { id, n, link, made_at, key_id, prev } = unsigned;
  await insertRows(db, { table: 'evidence_checkpoint', columns }, [[id, n, link, toDate(made_at), key_id, prev, sig]]);
}

const isDue = (last: Checkpoint | undefined, { n }: Head, now: Date): boolean =>
  !last || n - last.n >= everyLinks || now.getTime() - toDate(last.made_at).getTime() >= everyMs;
