import { randomInt } from 'node:crypto';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { mysqlIndex } from './index-mysql';
import { sqliteIndex } from './index-sqlite';

/** What a message is found by. */
export interface IndexEntry {
  /** Of the message. */
  id: number;
  /** As the index keeps them: keyed, each once. */
  tokens: readonly string[];
}

/** What is looked for, among the messages `from` ≤ id < `below`. */
export interface IndexQuery {
  /** All of them stand in the message. At least one. */
  all: readonly string[];
  /** One of them does, if there are any. */
  any: readonly string[];
  from: number;
  below: number;
  /** What else is asked of the row of the message, `m`; null: nothing. */
  where: Condition | null;
  limit: number;
}

/**
 * The index of tokens by message. What it finds is a superset: whoever shows it looks at the text itself. Everything
 * that writes belongs into the transaction of what it follows from.
 */
export interface TokenIndex {
  add(entries: readonly IndexEntry[]): Promise<void>;
  /** The entry of a message anew; without tokens it is found no more. */
  replace(entry: IndexEntry): Promise<void>;
  /** Ids, newest first. */
  find(query: IndexQuery): Promise<number[]>;
  /** Of these messages, those that have no entry. */
  missing(ids: readonly number[]): Promise<number[]>;
  drop(ids: readonly number[]): Promise<void>;
  /** Drops all entries at once. */
  clear(): Promise<void>;
}

export const createTokenIndex = (db: Database): TokenIndex =>
  db.dialect === 'sqlite' ? sqliteIndex(db) : mysqlIndex(db);

/**
 * The token tests itself by: a row with it is written, found and dropped. An index that is set up badly finds nothing
 * and says nothing (feasibility §5).
 * @throws Error when it is not found
 */
export async function testIndex(db: Database, index: TokenIndex, token: string): Promise<void> {
  // No message has it, and no other process takes the same at once.
  const id = -1 - randomInt(2 ** 40);
  await db.transact(() => index.add([{ id, tokens: [token] }]));
  try {
    const [found] = await index.find({ all: [token], any: [], from: id, below: 0, where: null, limit: 1 });
    if (found !== id) throw new Error('the search index does not find what it was given');
  } finally {
    await db.transact(() => index.drop([id]));
  }
}
