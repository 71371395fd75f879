import { createScanner, type Hit as Found } from '../../../core/scanner';
import { everything, type Message } from '../../../wecom/archive/messages';
import type { MessageSink, StoredMessage } from '../conversations';
import type { Hit, WordStore } from './words.store';

interface Scannable {
  id: number;
  message: Message;
}

/** Where a word of a list stands: in the texts of the item at `path`, a line each, in UTF-16 units. */
export interface WordHit {
  list_id: string;
  name: string;
  category: string;
  word: string;
  path: string;
  from: number;
  to: number;
}

/** A text of a message and where in it it stands. */
interface Placed {
  path: string;
  text: string;
}

/** The texts of each item, a line each. */
const textsOf = (message: Message): Placed[] =>
  everything(message).map(({ path, texts }) => ({ path, text: texts.join('\n') }));

/** The words of all lists that are on, as they were when loaded. */
interface Loaded {
  stamp: string;
  scan(id: number, texts: readonly Placed[]): Hit[];
}

export type WordScan = ReturnType<typeof createWordScan>;

/** Scans what is opened for the words of all lists, and remembers what it found. */
export function createWordScan({ store }: { store: WordStore }) {
  let loaded: Loaded | undefined;

  /** The lists as they are now; they are read anew only when one was changed, in whatever process. */
  async function current(): Promise<Loaded> {
    const lists = await store.lists();
    const stamp = lists.map(({ id, version }) => `${id} ${version}`).join();
    if (loaded?.stamp === stamp) return loaded;
    const known: { list_id: string; version: number; word: number }[] = [];
    const words: string[] = [];
    for (const { id, version } of lists.filter(({ enabled }) => enabled)) {
      for (const [word, text] of (await store.words(id, version)).entries()) {
        known.push({ list_id: id, version, word });
        words.push(text);
      }
    }
    const scan = createScanner(words);
    loaded = {
      stamp,
      scan: (message_id, texts) =>
        texts.flatMap(({ path, text }) =>
          [...new Set(scan(text).map(({ word }) => word))].map((word) => ({
            ...{ message_id, path: path.slice(0, 191) },
            ...(known[word] as (typeof known)[number]),
          })),
        ),
    };
    return loaded;
  }

  const scanAll = ({ scan }: Loaded, messages: readonly Scannable[]): Hit[] =>
    messages.flatMap(({ id, message }) => scan(id, textsOf(message)));

  return {
    /** Scans before the transaction; only should a list have changed meanwhile, again inside it. */
    sink: ((messages) => {
      const before = loaded && { loaded, hits: scanAll(loaded, messages) };
      return async () => {
        const now = await current();
        await store.addHits(before?.loaded === now ? before.hits : scanAll(now, messages));
      };
    }) satisfies MessageSink,

    /** Texts that are told later of a message, such as that of a QR code. Call it in the transaction that stores them. */
    async addTexts(id: number, texts: readonly Placed[]): Promise<void> {
      await store.addHits((await current()).scan(id, texts));
    },

    /** Scans stored messages by the lists of now. Must run in a transaction. @returns how many hits are new */
    async scanAgain(stored: readonly StoredMessage[]): Promise<number> {
      const messages = stored.flatMap(({ id, opened }) => (opened ? [{ id, message: opened.message }] : []));
      return store.addHits(scanAll(await current(), messages));
    },

    /**
     * What was found in these messages, and where, by message. It is content: whoever shows it records that first
     * (A11).
     */
    async hitsIn(stored: readonly StoredMessage[]): Promise<ReadonlyMap<number, WordHit[]>> {
      const hits = await store.of(stored.map(({ id }) => id));
      const lists = new Map((await store.lists()).map((list) => [list.id, list]));
      const wordsOf = new Map<string, string[]>();
      for (const { list_id, version } of hits) {
        const name = `${list_id} ${version}`;
        if (!wordsOf.has(name)) wordsOf.set(name, await store.words(list_id, version));
      }
      const wordOf = ({ list_id, version, word }: Hit) => wordsOf.get(`${list_id} ${version}`)?.[word] ?? '';
      return new Map(
        stored.map(({ id, opened }) => {
          const texts = opened ? textsOf(opened.message) : [];
          const own = hits.filter(({ message_id }) => message_id === id);
          return [id, own.flatMap((hit) => placesOf({ hit, word: wordOf(hit), texts, list: lists.get(hit.list_id) }))];
        }),
      );
    },
  };
}

interface Placing {
  hit: Hit;
  word: string;
  texts: readonly Placed[];
  list: { name: string; category: string } | undefined;
}

function placesOf({ hit: { list_id, path }, word, texts, list }: Placing): WordHit[] {
  const about = { list_id, name: list?.name ?? '', category: list?.category ?? 'other', word, path };
  const text = texts.find((one) => one.path === path)?.text ?? '';
  return createScanner([word])(text).map(({ from, to }: Found) => ({ ...about, from, to }));
}
