import { type Page, textIn, toPage } from '../../../core/paging';
import { createUses } from '../../../core/uses';
import type { Database } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import type { By } from '../approvals';
import type { AuditService } from '../audit';
import type { Dictionary } from './dictionaries.entity';
import { dictionaryError } from './dictionaries.errors';
import type {
  ChangedDictionary,
  ChangedItem,
  DictionaryAbout,
  DictionaryView,
  ItemView,
  NewItem,
  Removal,
} from './dictionaries.schema';
import { createDictionaryStore, type Item } from './dictionaries.store';
import { createDictionaryBook } from './dictionary-book';
import { sow } from './seeding';
import { assertSound, fault, graded, withPointsOf } from './soundness';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

interface Change {
  /** As it was when the caller read it. */
  version: number;
  by: By;
  act: 'changed' | 'item_created' | 'item_changed' | 'item_removed';
  /** What the audit trail says besides. */
  detail?: object;
}

export type DictionaryService = ReturnType<typeof createDictionaryService>;

/** Pick lists: their codes stay, their labels, order and colours are the company's (PLT-08). */
export function createDictionaryService({ db, audit }: Deps) {
  const store = createDictionaryStore(db);
  const uses = createUses();

  async function known(code: string): Promise<Dictionary> {
    const dictionary = await store.find(code);
    if (!dictionary) throw dictionaryError('not_found', { dictionary: code });
    return dictionary;
  }

  const itemsOf = async (code: string): Promise<Item[]> => (await store.items(code)).filter(({ removed }) => !removed);

  async function view(code: string): Promise<DictionaryView> {
    const { label_zh, label_en, version, updated_at } = await known(code);
    const items = (await itemsOf(code)).map(shown);
    return { code, label_zh, label_en, version, updated_at: iso(updated_at), items };
  }

  /** Every change goes this way: `next` says what the items shall be, in their order. */
  function change(code: string, { version, by, act, detail = {} }: Change, next: (items: Item[]) => Promise<Item[]>) {
    return db.transact(async () => {
      await known(code);
      if (!(await store.touch(code, version))) throw httpError('stale_version');
      const before = await itemsOf(code);
      const wanted = await next(before);
      const items = wanted.map((item, position) => ({ ...item, position }));
      assertSound(code, before, items);
      const gone = before.filter((item) => !items.some((one) => one.code === item.code));
      await store.put(code, [...differing(before, items), ...gone.map((item) => ({ ...item, ...removed }))]);
      await audit.record({
        ...{ actor: actorOf(by.viewer), action: `dictionary.${act}`, target: `dictionary:${code}`, result: 'ok' },
        ...{ address: by.address, detail: { ...detail, version: version + 1, ...changesOf(before, items) } },
      });
      return view(code);
    });
  }

  /** @throws dictionary.in_use with how many there are, and with what could take its place */
  async function replaceUses(dictionary: string, { code, replace_with }: Replacing, items: Item[]): Promise<void> {
    const count = await uses.count(dictionary, code);
    if (count > 0 && replace_with === undefined) {
      throw dictionaryError('in_use', { count, offer: offerFor(code, items)?.code ?? null });
    }
    if (replace_with === undefined) return;
    const heir = items.find((item) => item.code === replace_with);
    if (!heir?.active || heir.code === code) throw fault('replace_with', 'dictionary', 'expected another active item');
    await uses.replace(dictionary, code, heir.code);
  }

  return {
    ...createDictionaryBook({ db, store }),

    /** Says where items are used, before they are asked for. */
    usedBy: uses.add,

    /** By code. @throws paging.bad_cursor */
    async list({ limit, cursor }: ListQuery): Promise<Page<DictionaryAbout>> {
      const rows = await store.listAfter(cursor === undefined ? '' : textIn(cursor), limit + 1);
      return toPage(
        rows,
        limit,
        ({ code }) => [code],
        (row) => row,
      );
    },

    /** @throws dictionary.not_found */
    get: view,

    /** All but the removed ones, in their order. @throws dictionary.not_found, paging.bad_cursor */
    async page(code: string, { limit, cursor }: ListQuery): Promise<Page<ItemView>> {
      const { items } = await view(code);
      const after = cursor === undefined ? 0 : items.findIndex((item) => item.code === textIn(cursor)) + 1;
      return toPage(items.slice(after), limit, (item) => [item.code], shown);
    },

    /** Names, order, defaults and thresholds at once. @throws dictionary.not_found, label_taken, http.stale_version, validation */
    put: (code: string, { version, label_zh, label_en, items }: ChangedDictionary, by: By): Promise<DictionaryView> =>
      change(code, { version, by, act: 'changed', detail: { label_zh, label_en } }, async (before) => {
        const codes = items.map((item) => item.code).sort();
        const held = before.map((item) => item.code).sort();
        if (codes.join() !== held.join()) {
          throw fault(
            'items',
            'read_only',
            'codes stay as they are, and every item of the dictionary must be named once',
          );
        }
        await store.rename(code, label_zh, label_en);
        return items.map((item) => ({ ...item, position: 0, removed: false }));
      }),

    /** @throws dictionary.not_found, code_taken, label_taken, http.stale_version, validation */
    add: (code: string, { version, ...item }: NewItem, by: By): Promise<DictionaryView> =>
      change(code, { version, by, act: 'item_created', detail: { item: item.code } }, async (before) => {
        if (before.some((one) => one.code === item.code)) throw dictionaryError('code_taken', { code: item.code });
        const others = item.is_default ? before.map(notDefault) : before;
        return [...others, { ...item, position: 0, removed: false }];
      }),

    /** @throws dictionary.not_found, label_taken, http.stale_version, validation */
    change: (code: string, item: string, { version, ...to }: ChangedItem, by: By): Promise<DictionaryView> =>
      change(code, { version, by, act: 'item_changed', detail: { item } }, async (before) =>
        withItem(before, item, to),
      ),

    /** @throws dictionary.not_found, in_use, http.stale_version, validation */
    remove: (code: string, item: string, { version, replace_with }: Removal, by: By): Promise<DictionaryView> =>
      change(code, { version, by, act: 'item_removed', detail: { item, replace_with } }, async (before) => {
        const gone = itemIn(before, item);
        await replaceUses(code, { code: item, replace_with }, before);
        const rest = before.filter((one) => one !== gone);
        return rest.map((one) => (one.code === replace_with ? inheriting(code, one, gone) : one));
      }),

    /** The dictionaries that come with the product; several processes may begin at once. */
    begin: (): Promise<void> => sow({ db, store }),
  };
}

interface Replacing {
  code: string;
  replace_with: string | undefined;
}

const removed = { active: false, is_default: false, removed: true };
const notDefault = <T extends ItemView>(item: T): T => ({ ...item, is_default: false });

/** @throws dictionary.not_found */
function itemIn(items: readonly Item[], code: string): Item {
  const item = items.find((one) => one.code === code);
  if (!item) throw dictionaryError('not_found', { item: code });
  return item;
}

/** The items after one was changed. @throws dictionary.not_found, http.validation */
function withItem(before: Item[], code: string, { new_default, ...to }: Omit<ChangedItem, 'version'>): Item[] {
  const old = itemIn(before, code);
  if (to.code !== undefined && to.code !== code) throw fault('code', 'read_only', 'a code stays as it is');
  const items = before.map((one) => (one === old ? { ...old, ...to, code } : one));
  const heir = new_default ?? (to.is_default ? code : undefined);
  if (heir === undefined) return items;
  if (!items.some((one) => one.code === heir)) throw fault('new_default', 'dictionary', `${heir} is not there`);
  return items.map((one) => ({ ...one, is_default: one.code === heir }));
}

/** The default, or else the first that may be chosen. */
const offerFor = (code: string, items: readonly Item[]): Item | undefined => {
  const others = items.filter((item) => item.active && item.code !== code);
  return others.find(({ is_default }) => is_default) ?? others[0];
};

function inheriting(dictionary: string, heir: Item, gone: Item): Item {
  const named = gone.is_default ? { ...heir, is_default: true } : heir;
  return dictionary === graded ? { ...named, extra: withPointsOf(named, gone).extra } : named;
}

const shown = ({ code, label_zh, label_en, position, active, is_default, extra }: ItemView): ItemView => ({
  ...{ code, label_zh, label_en, position, active, is_default, extra },
});

/** Those of `items` that are new, or not as they were. */
function differing(before: readonly Item[], items: readonly Item[]): Item[] {
  const known = new Map(before.map((item) => [item.code, JSON.stringify(shown(item))]));
  return items.filter((item) => known.get(item.code) !== JSON.stringify(shown(item)));
}

/** What an item was called stays in the trail (PLT-06). A place in the order alone is not named. */
function changesOf(before: readonly Item[], items: readonly Item[]): object {
  const said = ({ position: _, ...item }: ItemView) => item;
  const old = new Map(before.map((item) => [item.code, said(shown(item))]));
  const changed = items.flatMap((item) => {
    const [was, is] = [old.get(item.code), said(shown(item))];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ before: was ?? null, after: is }];
  });
  const gone = before.filter((item) => !items.some((one) => one.code === item.code));
  const changes = [...changed, ...gone.map((item) => ({ before: said(shown(item)), after: null }))];
  return { changes: changes.slice(0, 20), changed: changes.length };
}
