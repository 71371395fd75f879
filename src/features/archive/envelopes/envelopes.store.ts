import { hash } from 'node:crypto';
import { rootOf } from '../../../core/merkle';
import { zeroSeq } from '../../../core/seq';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { Envelope } from '../../../wecom/archive';

/** How far fetching has come. */
export interface PullCursor {
  seq: string;
  lastId: number;
  answeredAt: Date | null;
}

export interface PullRecord {
  askedAt: Date;
  fromSeq: string;
  asked: number;
  returned: number;
  toSeq: string | null;
  code: number | null;
  ms: number;
  fault: string | null;
}

export interface Gap {
  afterSeq: string;
  beforeSeq: string;
  cause: 'expired' | 'outage' | 'conflict';
  detail?: string;
}

/** A record with its seq padded, and the hash of all of it. */
export interface HashedEnvelope extends Envelope {
  leaf: string;
}

/** Every byte that WeCom sent of a record, in one hash. The leading byte: merkle.ts and chain.ts have the others. */
export const leafOfEnvelope = ({ seq, msgid, publickey_ver, encrypt_random_key, encrypt_chat_msg }: Envelope): string =>
  hash(
    'sha256',
    `\u0000${JSON.stringify(['envelope', 1, seq, msgid, publickey_ver, encrypt_random_key, encrypt_chat_msg])}`,
  );

const pull = 'pull';

/** The tables of what was fetched. Everything that writes is called inside a transaction. */
export function createEnvelopeStore(db: Database) {
  return {
    async cursor(): Promise<PullCursor> {
      const sql = 'SELECT seq, last_id, answered_at FROM archive_cursor WHERE name = ?';
      const [row] = await db.query<{ seq: string; last_id: unknown; answered_at: unknown }>(sql, [pull]);
      if (!row) return { seq: zeroSeq, lastId: 0, answeredAt: null };
      return {
        seq: row.seq,
        lastId: Number(row.last_id),
        answeredAt: row.answered_at ? toDate(row.answered_at) : null,
      };
    },

    moveCursor: ({ seq, lastId, answeredAt }: PullCursor): Promise<number> =>
      insertRows(
        db,
        {
          table: 'archive_cursor',
          columns: ['name', 'seq', 'last_id', 'answered_at'],
          onConflict: { keys: ['name'], update: ['seq', 'last_id', 'answered_at'] },
        },
        [[pull, seq, lastId, answeredAt]],
      ),

    /** Of the seqs, those that are stored, with their hashes. */
    async leavesOf(seqs: string[]): Promise<Map<string, string>> {
      const rows = await inChunks(seqs, (chunk) =>
        db.query<{ seq: string; leaf: string }>(
          `SELECT seq, leaf FROM archive_envelope WHERE seq IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      return new Map(rows.map(({ seq, leaf }) => [seq, leaf]));
    },

    /** @param envelopes by seq, at least one; none of them stored @returns the id of the page */
    async addPage(envelopes: readonly HashedEnvelope[], { lastId, at }: { lastId: number; at: Date }): Promise<number> {
      const [first, last] = [envelopes[0] as HashedEnvelope, envelopes.at(-1) as HashedEnvelope];
      // Pages are written one after the other, so the first envelope's id names the page as well.
      const pageId = lastId + 1;
      const root = rootOf(envelopes.map(({ leaf }) => leaf));
      const page = [pageId, first.seq, last.seq, envelopes.length, root, at];
      const columns = ['id', 'from_seq', 'to_seq', 'count', 'root', 'received_at'];
      await insertRows(db, { table: 'archive_page', columns }, [page]);
      const rows = envelopes.map((e, i) => [lastId + 1 + i, ...recordOf(e), pageId, e.leaf]);
      await insertRows(db, { table: 'archive_envelope', columns: ['id', ...recordColumns, 'page_id', 'leaf'] }, rows);
      return pageId;
    },

    addConflicts: (envelopes: readonly HashedEnvelope[], at: Date): Promise<number> =>
      insertRows(
        db,
        {
          table: 'archive_conflict',
          columns: [...recordColumns, 'leaf', 'found_at'],
          onConflict: { keys: ['seq', 'leaf'] },
        },
        envelopes.map((e) => [...recordOf(e), e.leaf, at]),
      ),

    addGap: ({ afterSeq, beforeSeq, cause, detail }: Gap, at: Date): Promise<number> =>
      insertRows(db, { table: 'archive_gap', columns: ['after_seq', 'before_seq', 'cause', 'found_at', 'detail'] }, [
        [afterSeq, beforeSeq, cause, at, detail ?? null],
      ]),

    addPull: ({ askedAt, fromSeq, asked, returned, toSeq, code, ms, fault }: PullRecord): Promise<number> =>
      insertRows(
        db,
        {
          table: 'archive_pull',
          columns: ['asked_at', 'from_seq', 'asked', 'returned', 'to_seq', 'code', 'ms', 'fault'],
        },
        [[askedAt, fromSeq, asked, returned, toSeq, code, ms, fault]],
      ),
  };
}

export type EnvelopeStore = ReturnType<typeof createEnvelopeStore>;

const recordColumns = ['seq', 'msgid', 'publickey_ver', 'random_key', 'message'];
const recordOf = (e: Envelope) => [e.seq, e.msgid, e.publickey_ver, e.encrypt_random_key, e.encrypt_chat_msg];
