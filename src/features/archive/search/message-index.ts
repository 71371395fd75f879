import { cached } from '../../../core/cached';
import { seconds } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { HealthCheck } from '../../../http/health';
import type { MessageReader, MessageSink, OpenedMessage, StoredMessage } from '../conversations';
import { createTokenIndex, type IndexEntry, type IndexQuery, testIndex } from './index-port';
import { type PlacedText, placedTexts } from './matching';
import { keyedTokens, phraseOf, tokensOf } from './tokens';
import { createWindows, windowOf } from './windows';

/** Texts that are told of messages beside what they say, such as those of QR codes. */
export type MoreTexts = (ids: readonly number[]) => Promise<ReadonlyMap<number, readonly PlacedText[]>>;

interface Deps {
  db: Database;
  vault: Pick<Vault, 'indexKey'>;
  logger: Pick<Logger, 'error'>;
  reader: Pick<MessageReader, 'read'>;
  /** Whether the index is kept (ARCHIVE_SEARCH_INDEX). */
  isKept: boolean;
  moreTexts: MoreTexts;
}

export type SearchIndex = ReturnType<typeof createSearchIndex>;

/** The tokens of every message, under a key, and what keeps them in step with the messages. */
export function createSearchIndex({ db, vault, logger, reader, isKept, moreTexts }: Deps) {
  const index = createTokenIndex(db);
  const windows = createWindows(db);
  const keyed = keyedTokens(vault.indexKey('archive search'));

  function entryOf(id: number, texts: readonly PlacedText[]): IndexEntry {
    return {
      id,
      tokens: keyed(
        texts.flatMap(({ text }) => tokensOf(text)),
        windowOf(id),
      ),
    };
  }
  /** What was purged has an entry too, an empty one: so every message has one, or the index is not whole. */
  const entryOfStored = ({ id, opened }: StoredMessage, more?: readonly PlacedText[]): IndexEntry =>
    entryOf(id, opened ? placedTexts(opened.message, more) : []);

  const works = cached(
    () =>
      testIndex(db, index, 'selftest').then(
        () => true,
        (error: unknown) => {
          logger.error('the search index does not work: searches read every message', { error: messageOf(error) });
          return false;
        },
      ),
    { ms: Number.POSITIVE_INFINITY },
  );

  async function counts(): Promise<{ messages: number; indexed: number }> {
    const [row] = await db.query<{ messages: unknown; indexed: unknown }>(
      `SELECT (SELECT COUNT(*) FROM archive_message) AS messages,
              (SELECT COUNT(*) FROM archive_index WHERE ${db.dialect === 'sqlite' ? 'rowid' : 'id'} > 0) AS indexed`,
    );
    return { messages: Number(row?.messages), indexed: Number(row?.indexed) };
  }
  const isWhole = async (): Promise<boolean> => {
    const { messages, indexed } = await counts();
    return messages === indexed;
  };
  const lookedAt = cached(isWhole, { ms: seconds(10), share: 0.01 });
  // Once whole it stays so: a message comes with its entry.
  let whole = false;

  return {
    windows,
    moreTexts,
    counts,
    isKept,

    /** Hears of opened messages and indexes them in the same transaction. */
    sink: ((messages: readonly OpenedMessage[]) => {
      const entries = isKept ? messages.map(({ id, message }) => entryOf(id, placedTexts(message))) : [];
      return async () => {
        await index.add(entries);
        await windows.add(messages);
      };
    }) satisfies MessageSink,

    /** Whether it answers for every message: kept, tested, and whole. */
    async isReady(): Promise<boolean> {
      if (!isKept || !(await works())) return false;
      whole ||= await lookedAt();
      return whole;
    },

    /** Candidates for messages that hold all of the terms, newest first. */
    find(terms: readonly string[], query: Omit<IndexQuery, 'all' | 'any'>): Promise<number[]> {
      return index.find({ ...query, all: keyed(terms.flatMap(phraseOf), windowOf(query.from)), any: [] });
    },

    /**
     * Makes a message known by texts that are told of it later, such as that of a QR code in its picture. Call it in the
     * transaction that stores them; `moreTexts` must tell them from then on.
     */
    async addTexts(id: number, texts: readonly PlacedText[]): Promise<void> {
      if (!isKept) return;
      const [stored] = await reader.read([id]);
      const known = (await moreTexts([id])).get(id) ?? [];
      if (stored) await index.replace(entryOfStored(stored, [...known, ...texts]));
    },

    /** Messages that were purged are found no more. Call it in the transaction that purges them. */
    async remove(ids: readonly number[]): Promise<void> {
      if (!isKept) return;
      for (const id of ids) await index.replace({ id, tokens: [] });
    },

    /** Indexes those of these messages that are not. @returns a function that writes, to be called in a transaction */
    async prepareMissing(ids: readonly number[]): Promise<() => Promise<void>> {
      const stored = await reader.read(await index.missing(ids));
      const more = await moreTexts(stored.map(({ id }) => id));
      const entries = stored.map((one) => entryOfStored(one, more.get(one.id)));
      return () => index.add(entries);
    },

    /** Where the index is not to be kept, nothing of it stays. */
    async clear(): Promise<void> {
      const { indexed } = await counts();
      if (indexed > 0) await index.clear();
    },

    health: {
      name: 'search',
      async check() {
        if (!isKept) return { level: 'ok', detail: 'without an index: searches read every message' };
        if (!(await works()))
          return { level: 'degraded', detail: 'the index does not work: searches read every message' };
        whole ||= await lookedAt();
        return { level: 'ok', detail: whole ? 'every message is indexed' : 'the index is being built' };
      },
    } satisfies HealthCheck,
  };
}
