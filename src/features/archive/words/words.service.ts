import { newId } from '../../../core/ids';
import { type Page, pagingError, textIn, toPage } from '../../../core/paging';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import { starterLists } from './starter-lists';
import type { WordList } from './words.entity';
import { wordsError } from './words.errors';
import type { ChangedWordList, NewWordList, WordListVersionView, WordListView } from './words.schema';
import type { WordStore } from './words.store';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  store: WordStore;
}

/** Who acts, and from where. */
interface Acting {
  viewer: Viewer;
  address: string;
}

export type WordListService = ReturnType<typeof createWordListService>;

/** Word lists and their versions. A change holds for every message that is opened after it. */
export function createWordListService({ db, audit, store }: Deps) {
  async function known(id: string): Promise<WordList> {
    const list = await store.find(id);
    if (!list) throw wordsError('not_found', { id });
    return list;
  }

  async function toView(list: WordList): Promise<WordListView> {
    const { id, name, enabled, version } = list;
    return {
      ...{ id, name, enabled, version, category: list.category as WordListView['category'] },
      words: await store.words(id, version),
      ...{ created_at: iso(list.created_at), updated_at: iso(list.updated_at) },
    };
  }

  /** How many words, and not which: the trail is read by others than the list. */
  const record = (action: string, { id, ...list }: WordList, words: number, { viewer, address }: Acting) => {
    const { name, category, enabled, version } = list;
    const detail = { name, category, enabled, version, words };
    return audit.record({ actor: actorOf(viewer), action, target: `word_list:${id}`, result: 'ok', address, detail });
  };

  return {
    /** By name. @throws paging.bad_cursor */
    async list({ limit, cursor }: ListQuery): Promise<Page<WordListView>> {
      const last = cursor === undefined ? undefined : await store.find(textIn(cursor));
      if (cursor !== undefined && !last) throw pagingError('bad_cursor');
      const lists = await store.listsAfter(last, limit + 1);
      const page = toPage(
        lists,
        limit,
        ({ id }) => [id],
        (list) => list,
      );
      return { ...page, items: await Promise.all(page.items.map(toView)) };
    },

    /** @throws word_list.not_found */
    get: async (id: string): Promise<WordListView> => toView(await known(id)),

    /** Newest first. @throws word_list.not_found */
    async versions(id: string): Promise<Page<WordListVersionView>> {
      await known(id);
      const versions = await store.versions(id);
      const names = await audit.names(versions.map(({ actor }) => actor));
      return {
        items: versions.map(({ actor, created_at, ...version }) => ({
          ...{ ...version, actor, actor_name: names.get(actor) ?? null, created_at: iso(created_at) },
        })),
        next_cursor: null,
      };
    },

    create(input: NewWordList, acting: Acting): Promise<WordListView> {
      const now = db.now();
      const { words, ...settings } = input;
      const list: WordList = { id: newId(), ...settings, version: 1, created_at: now, updated_at: now };
      const each = distinct(words);
      return db.transact(async () => {
        await store.add(list);
        await store.addWords(list, each, actorOf(acting.viewer));
        await record('word_list.created', list, each.length, acting);
        return toView(list);
      });
    },

    /** @throws word_list.not_found, word_list.version_conflict */
    change(id: string, input: ChangedWordList, acting: Acting): Promise<WordListView> {
      const { words, version, ...settings } = input;
      const each = distinct(words);
      return db.transact(async () => {
        const before = await known(id);
        const list = { ...before, ...settings, version: version + 1, updated_at: db.now() };
        if (!(await store.change(list))) throw wordsError('version_conflict', { id });
        await store.addWords(list, each, actorOf(acting.viewer));
        const isDisabled = before.enabled && !list.enabled;
        await record(isDisabled ? 'word_list.disabled' : 'word_list.changed', list, each.length, acting);
        return toView(list);
      });
    },

    /** The lists that come with the product, where there are none. Several processes may begin at once. */
    async begin(): Promise<void> {
      if ((await store.lists()).length > 0) return;
      await db
        .transact(async () => {
          const now = db.now();
          for (const { words, ...settings } of starterLists) {
            const list: WordList = { ...settings, enabled: true, version: 1, created_at: now, updated_at: now };
            await store.add(list);
            await store.addWords(list, words, 'start');
          }
        })
        .catch(async (error: unknown) => {
          if ((await store.lists()).length === 0) throw error;
        });
    },
  };
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)];
