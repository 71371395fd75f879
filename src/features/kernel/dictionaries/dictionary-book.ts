import type { Database } from '../../../db/database';
import { dictionaryError } from './dictionaries.errors';
import type { ItemView } from './dictionaries.schema';
import type { DictionaryStore, Item } from './dictionaries.store';
import { fault } from './soundness';

interface Label {
  zh: string;
  en: string;
}

interface Kept {
  stamp: string;
  items: readonly Item[];
}

interface Deps {
  db: Database;
  store: DictionaryStore;
}

/** Dictionaries to read by. A change counts at once, in whatever process it was made: each time the stamp is compared. */
export function createDictionaryBook({ db, store }: Deps) {
  const kept = new Map<string, Kept>();

  async function everItem(dictionary: string): Promise<readonly Item[]> {
    const stamp = await store.stamp(dictionary);
    if (stamp === undefined) throw dictionaryError('not_found', { dictionary });
    const known = kept.get(dictionary);
    if (known?.stamp === stamp) return known.items;
    const items = await store.items(dictionary);
    // What a transaction sees may be undone with it.
    if (!db.inTransaction) kept.set(dictionary, { stamp, items });
    return items;
  }

  const items = async (dictionary: string): Promise<ItemView[]> =>
    (await everItem(dictionary)).filter(({ active, removed }) => active && !removed);

  return {
    /** Those that may be chosen, in their order. @throws dictionary.not_found */
    items,

    /**
     * An item that may be chosen. @param path of the field that holds the code, for the answer
     * @throws http.validation
     */
    async check(dictionary: string, code: string, path: string = dictionary): Promise<ItemView> {
      const item = (await items(dictionary)).find((one) => one.code === code);
      if (!item) throw fault(path, 'dictionary', `${code} cannot be chosen: it is no active item of ${dictionary}`);
      return item;
    },

    /** What records show for a code, also for an item that is no longer chosen or was removed. */
    async labels(dictionary: string): Promise<ReadonlyMap<string, Label>> {
      const all = await everItem(dictionary);
      return new Map(all.map(({ code, label_zh, label_en }) => [code, { zh: label_zh, en: label_en || label_zh }]));
    },
  };
}
