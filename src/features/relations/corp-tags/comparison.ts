import { groupBy } from '../../../core/collections';
import type { CorpTag as WecomTag, CorpTagGroup as WecomTagGroup } from '../../../wecom';
import type { CorpTag, CorpTagGroup } from './corp-tags.entity';

/** One thing in which our tags differed from WeCom's. */
export interface CorpTagChange {
  kind: `${'corp_tag' | 'corp_tag_group'}_${'appeared' | 'changed' | 'deleted'}`;
  /** The id of the tag or group. */
  subject: string;
  /** `{field: [before, after]}` */
  detail: Record<string, unknown>;
}

/** Our copy, deleted ones included. */
export interface Known {
  groups: ReadonlyMap<string, CorpTagGroup>;
  tags: ReadonlyMap<string, CorpTag>;
}

/** Rows to write, and what each of them changes. */
export interface Draft {
  groups: CorpTagGroup[];
  tags: CorpTag[];
  changes: CorpTagChange[];
}

/** What the groups and tags that were shown lead to; nothing is inferred from what was not. */
export function compareShown(known: Known, shown: WecomTagGroup[], readAt: Date): Draft {
  const draft: Draft = { groups: [], tags: [], changes: [] };
  for (const group of shown) {
    const row = groupRow(group);
    const change = changeOf(known.groups.get(row.group_id), row, ['name', 'sort'], readAt);
    if (change) draft.groups.push(row);
    if (change)
      draft.changes.push({ kind: `corp_tag_group_${change.how}`, subject: row.group_id, detail: change.detail });
  }
  for (const row of shown.flatMap((group) => group.tags.map((tag) => tagRow(tag, group)))) {
    const change = changeOf(known.tags.get(row.tag_id), row, ['name', 'sort', 'group_id'], readAt);
    if (change) draft.tags.push(row);
    if (change) draft.changes.push({ kind: `corp_tag_${change.how}`, subject: row.tag_id, detail: change.detail });
  }
  return draft;
}

/** What must be gone when the read showed everything there is. */
export function compareAbsent(
  known: Known,
  shown: WecomTagGroup[],
  { readAt, now }: { readAt: Date; now: Date },
): Draft {
  const groupIds = new Set(shown.map((group) => group.group_id));
  const tagIds = new Set(shown.flatMap((group) => group.tags.map((tag) => tag.tag_id)));
  const isMissed = (row: Row) => isLive(row) && !isOutrun(row, readAt);
  return deletion(
    [...known.groups.values()].filter((row) => isMissed(row) && !groupIds.has(row.group_id)),
    [...known.tags.values()].filter((row) => isMissed(row) && !tagIds.has(row.tag_id)),
    now,
  );
}

/** A group takes its tags with it. */
export function compareDeleted(known: Known, gone: { groupIds: string[]; tagIds: string[] }, now: Date): Draft {
  const byGroup = groupBy(known.tags.values(), (tag) => tag.group_id);
  const groups = gone.groupIds.flatMap((id) => known.groups.get(id) ?? []);
  const inGroups = gone.groupIds.flatMap((id) => byGroup.get(id) ?? []);
  const alone = gone.tagIds.flatMap((id) => known.tags.get(id) ?? []);
  return deletion(groups.filter(isLive), [...new Set([...inGroups, ...alone])].filter(isLive), now);
}

type Row = CorpTag | CorpTagGroup;

export const isLive = (row: Row): boolean => row.deleted_at === null;

const deletion = (groups: CorpTagGroup[], tags: CorpTag[], now: Date): Draft => ({
  groups: groups.map((row) => ({ ...row, deleted_at: now })),
  tags: tags.map((row) => ({ ...row, deleted_at: now })),
  changes: [
    ...groups.map((row) => ({ kind: 'corp_tag_group_deleted' as const, subject: row.group_id, detail: lost(row) })),
    ...tags.map((row) => ({ kind: 'corp_tag_deleted' as const, subject: row.tag_id, detail: lost(row) })),
  ],
});

const lost = ({ name }: Row) => ({ name: [name, null] });

/** Written after the read began: an event was faster, and the answer may be the older one. */
const isOutrun = ({ updated_at }: Row, readAt: Date): boolean => updated_at !== null && updated_at > readAt;

/** @returns undefined when nothing differs, or when the read was outrun */
function changeOf<T extends Row>(old: T | undefined, row: T, fields: (keyof T & string)[], readAt: Date) {
  if (old && isOutrun(old, readAt)) return undefined;
  const live = old && isLive(old) ? old : undefined;
  const changed = fields.filter((field) => live?.[field] !== row[field]);
  if (changed.length === 0) return undefined;
  return {
    how: live ? ('changed' as const) : ('appeared' as const),
    detail: Object.fromEntries(changed.map((field) => [field, [live?.[field] ?? null, row[field]]])),
  };
}

const groupRow = ({ group_id, name, order, created_at }: WecomTagGroup): CorpTagGroup => ({
  group_id,
  name,
  sort: order,
  created_at,
  deleted_at: null,
  updated_at: null,
});

const tagRow = ({ tag_id, name, order, created_at }: WecomTag, { group_id }: WecomTagGroup): CorpTag => ({
  tag_id,
  group_id,
  name,
  sort: order,
  created_at,
  deleted_at: null,
  updated_at: null,
});
