import type { z } from 'zod';
import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { Scope } from '../../kernel/scope';
import type { Relation, RelationTag } from './external-contacts.entity';
import type { relationView } from './external-contacts.schema';
import { shownPhones, shownText } from './personal';

export type RelationView = z.input<typeof relationView>;
type TagView = RelationView['tags'][number];

interface StaffName {
  id: string;
  userid: string;
  name: string | null;
}

interface CorpTagName {
  tag_id: string;
  name: string;
  group_name: string | null;
  sort: unknown;
  group_sort: unknown;
  deleted_at: unknown;
}

interface Shown {
  relations: Relation[];
  /** Of the external contacts, by `external_userid`. */
  names: ReadonlyMap<string, string>;
  scope: Scope;
}

/** Relations as the viewer sees them, in the order given: one query a table, however many there are. */
export async function relationViews(db: Database, { relations, names, scope }: Shown): Promise<RelationView[]> {
  const owners = [...new Set(relations.map((r) => r.staff_id))];
  const staff = await staffNames(db, owners);
  const mobiles = await scope.field('relation.remark_mobiles', owners);
  const description = await scope.field('relation.description', owners);
  const tags = await tagViews(
    db,
    relations.map((r) => r.id),
  );
  return relations.map((row) => ({
    id: row.id,
    userid: staff.get(row.staff_id)?.userid ?? '',
    staff_name: staff.get(row.staff_id)?.name ?? null,
    external_userid: row.external_userid,
    external_name: names.get(row.external_userid) || null,
    state: row.state,
    spell: row.spell,
    started_at: iso(toDate(row.started_at)),
    ended_at: isoOrNull(toDateOrNull(row.ended_at)),
    absent_since: isoOrNull(toDateOrNull(row.absent_since)),
    remark: row.remark,
    description: shownText(row.description, description(row.staff_id)),
    remark_corp_name: row.remark_corp_name,
    remark_mobiles: shownPhones(JSON.parse(row.remark_mobiles), mobiles(row.staff_id)),
    tags: tags.get(row.id) ?? [],
    add_way: row.add_way,
    oper_userid: row.oper_userid,
    channel: row.channel,
    updated_at: iso(toDate(row.updated_at)),
  }));
}

async function staffNames(db: Database, ids: string[]): Promise<Map<string, StaffName>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<StaffName>(`SELECT id, userid, name FROM staff WHERE id IN (${placeholders(chunk.length)})`, chunk),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The tags of each relation: corp tags first, in WeCom's order. */
export async function tagViews(db: Database, relationIds: string[]): Promise<Map<string, TagView[]>> {
  const rows = await inChunks(relationIds, (chunk) =>
    db.query<RelationTag>(`SELECT * FROM relation_tag WHERE relation_id IN (${placeholders(chunk.length)})`, chunk),
  );
  const corpTags = await corpTagNames(db, [...new Set(rows.filter((t) => t.type === 1).map((t) => t.tag_key))]);
  const rank = new Map([...corpTags.keys()].map((id, i) => [id, i]));
  const place = (tag: RelationTag) => rank.get(tag.tag_key) ?? rank.size;
  const shown = rows
    // A read that began before the tag was deleted may have brought it back.
    .filter((tag) => corpTags.get(tag.tag_key)?.deleted_at == null)
    .sort((a, b) => a.type - b.type || place(a) - place(b) || (a.tag_key < b.tag_key ? -1 : 1));
  const groups = groupBy(shown, (tag) => tag.relation_id);
  return new Map([...groups].map(([id, tags]) => [id, tags.map((tag) => tagView(tag, corpTags.get(tag.tag_key)))]));
}

async function corpTagNames(db: Database, ids: string[]): Promise<Map<string, CorpTagName>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<CorpTagName>(
      `SELECT t.tag_id, t.name, t.sort, t.deleted_at, g.name AS group_name, g.sort AS group_sort
       FROM corp_tag t LEFT JOIN corp_tag_group g ON g.group_id = t.group_id
       WHERE t.tag_id IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  rows.sort((a, b) => Number(b.group_sort) - Number(a.group_sort) || Number(b.sort) - Number(a.sort));
  return new Map(rows.map((row) => [row.tag_id, row]));
}

const tagTypes: Record<number, TagView['type']> = { 1: 'corp', 2: 'personal', 3: 'rule_group' };

const tagView = (tag: RelationTag, corpTag: CorpTagName | undefined): TagView => ({
  tag_id: tag.type === 2 ? null : tag.tag_key,
  name: corpTag?.name ?? tag.name,
  group_name: corpTag ? corpTag.group_name : tag.group_name,
  type: tagTypes[tag.type] ?? 'corp',
});
