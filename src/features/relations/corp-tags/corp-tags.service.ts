import type { z } from 'zod';
import { groupBy } from '../../../core/collections';
import type { Database } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { CorpTagApi, CorpTagQuery, CorpTagGroup as WecomTagGroup } from '../../../wecom';
import { nullOn } from '../../../wecom/errors';
import {
  type CorpTagChange,
  compareAbsent,
  compareDeleted,
  compareShown,
  type Draft,
  isLive,
  type Known,
} from './comparison';
import type { CorpTag, CorpTagGroup } from './corp-tags.entity';
import type { corpTagGroupView } from './corp-tags.schema';
import { createCorpTagStore } from './corp-tags.store';

export type { CorpTagChange } from './comparison';

type GroupView = z.input<typeof corpTagGroupView>;

/** What an event names: a tag, or a whole group. */
export interface CorpTagRef {
  id: string;
  tagType: 'tag' | 'tag_group';
}

export interface MirrorOptions {
  /** Whether the read showed everything there is, so that what it lacks is gone. */
  complete: boolean;
  /** When the read began, by the database's clock. Default: now. */
  readAt?: Date;
  /** Believe a read that lacks everything we hold. */
  confirmEmpty?: boolean;
}

export interface CorpTagMirror {
  changes: CorpTagChange[];
  /** Deletions that were not carried out: the read lacked everything we hold, which is seldom true. */
  held: CorpTagChange[];
}

export type CorpTagService = ReturnType<typeof createCorpTagService>;

/** The company's tags as WeCom last showed them. Every `on…` reads first and returns the write. */
export function createCorpTagService({ db, wecom }: { db: Database; wecom: { corpTags: CorpTagApi } }) {
  const store = createCorpTagStore(db);

  async function load(): Promise<Known> {
    const groups = await store.groups();
    const tags = await store.tags();
    return {
      groups: new Map(groups.map((row) => [row.group_id, row])),
      tags: new Map(tags.map((row) => [row.tag_id, row])),
    };
  }

  async function save({ groups, tags }: Draft): Promise<void> {
    await store.saveGroups(groups);
    await store.saveTags(tags);
    await store.takeOff(tags.filter((tag) => !isLive(tag)).map((tag) => tag.tag_id));
  }

  /** Brings tags in line with a read. Must run inside `transact`. */
  async function mirror(shown: WecomTagGroup[], options: MirrorOptions): Promise<CorpTagMirror> {
    const { complete, readAt = db.now(), confirmEmpty = false } = options;
    const known = await load();
    const live = shown.filter((g) => !g.deleted).map((g) => ({ ...g, tags: g.tags.filter((t) => !t.deleted) }));
    const told = [compareShown(known, live, readAt), compareDeleted(known, toldDeleted(shown), db.now())];
    const absent = complete ? compareAbsent(known, live, { readAt, now: db.now() }) : nothing;
    const hold = !confirmEmpty && isEverything(known, absent);
    const drafts = hold ? told : [...told, absent];
    for (const draft of drafts) await save(draft);
    return { changes: drafts.flatMap((draft) => draft.changes), held: hold ? absent.changes : [] };
  }

  /** Tags of rule groups (规则组标签) have the same events, but this list does not know them. */
  async function readSome(query: CorpTagQuery): Promise<() => Promise<void>> {
    const readAt = db.now();
    const shown = await nullOn([invalidTag], wecom.corpTags.list(query, { lane: 'event' }));
    return async () => {
      if (shown) await mirror(shown, { complete: false, readAt });
    };
  }

  return {
    mirror,

    /** All groups with their tags, bigger `order` first: the list always comes whole. */
    async list({ deleted = false }: { deleted?: boolean | undefined } = {}): Promise<GroupView[]> {
      const wanted = (row: CorpTag | CorpTagGroup) => deleted || isLive(row);
      const groups = (await store.groups()).filter(wanted);
      const tags = groupBy((await store.tags()).filter(wanted), (tag) => tag.group_id);
      const counts = await store.relationCounts();
      return groups.map((group) => groupView(group, tags.get(group.group_id) ?? [], counts));
    },

    /** Created, renamed or otherwise edited. */
    onChanged: ({ id, tagType }: CorpTagRef) => readSome(tagType === 'tag' ? { tag_ids: [id] } : { group_ids: [id] }),

    /** Ids are never given twice, so there is nothing to read: what is deleted stays so. */
    async onDeleted({ id, tagType }: CorpTagRef): Promise<() => Promise<void>> {
      const gone = tagType === 'tag' ? { groupIds: [], tagIds: [id] } : { groupIds: [id], tagIds: [] };
      return async () => {
        await save(compareDeleted(await load(), gone, db.now()));
        // Tags of rule groups are on relations, too, and have no row of ours.
        await store.takeOff(gone.tagIds);
      };
    },

    /** @param id of the group whose tags were put in another order; empty when the groups themselves were */
    onShuffled: (id: string) => readSome(id ? { group_ids: [id] } : {}),
  };
}

/** Errcode of an id that is no corp tag (contacts §4). */
const invalidTag = 40068;

const toldDeleted = (shown: WecomTagGroup[]) => ({
  groupIds: shown.filter((group) => group.deleted).map((group) => group.group_id),
  tagIds: shown.flatMap((group) => group.tags.filter((tag) => tag.deleted || group.deleted).map((tag) => tag.tag_id)),
});

const nothing: Draft = { groups: [], tags: [], changes: [] };

/** Whether nothing would be left of what we hold. */
function isEverything({ groups, tags }: Known, { changes }: Draft): boolean {
  const held = [...groups.values(), ...tags.values()].filter(isLive).length;
  return held > 0 && changes.length === held;
}

const groupView = (group: CorpTagGroup, tags: CorpTag[], counts: ReadonlyMap<string, number>): GroupView => ({
  group_id: group.group_id,
  name: group.name,
  order: group.sort,
  created_at: iso(group.created_at),
  deleted_at: isoOrNull(group.deleted_at),
  tags: tags.map((tag) => ({
    tag_id: tag.tag_id,
    name: tag.name,
    order: tag.sort,
    created_at: iso(tag.created_at),
    deleted_at: isoOrNull(tag.deleted_at),
    relation_count: counts.get(tag.tag_id) ?? 0,
  })),
});
