import type { Database } from '../../../db/database';
import type { DictionaryStore, Item } from './dictionaries.store';
import { type Seed, type SeedItem, seeds } from './seeds';

interface Deps {
  db: Database;
  store: DictionaryStore;
}

/**
 * Adds what comes with this version of the product and is not there. What the company changed stays, what it removed
 * does not come back, and a label that it has used itself is not taken twice.
 */
export async function sow({ db, store }: Deps): Promise<void> {
  const asNew = seeds.map(({ code, label: [label_zh, label_en] }) => ({ code, label_zh, label_en, version: 1 }));
  await db.transact(() => store.addDictionaries(asNew));
  for (const seed of seeds) await sowOne({ db, store }, seed);
}

async function sowOne({ db, store }: Deps, { code, items }: Seed): Promise<void> {
  if (missingIn(await store.items(code), items).length === 0) return;
  await db.transact(async () => {
    const version = (await store.find(code))?.version ?? 0;
    // Another process, or a person, was faster: what is missing then is added at the next start.
    if (!(await store.touch(code, version))) return;
    const known = await store.items(code);
    await store.put(
      code,
      missingIn(known, items).map((seed, i) => ({
        ...itemOf(seed),
        position: known.length + i,
        is_default: seed.isDefault === true && known.length === 0,
      })),
    );
  });
}

function missingIn(known: readonly Item[], items: readonly SeedItem[]): SeedItem[] {
  const codes = new Set(known.map(({ code }) => code));
  const labels = new Set(known.filter(({ removed }) => !removed).map(({ label_zh }) => label_zh));
  return items.filter(({ code, label: [zh] }) => !codes.has(code) && !labels.has(zh));
}

const itemOf = ({
  code,
  label: [label_zh, label_en],
  extra = {},
}: SeedItem): Omit<Item, 'position' | 'is_default'> => ({
  ...{ code, label_zh, label_en, extra, active: true, removed: false },
});
