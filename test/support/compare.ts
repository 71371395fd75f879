import { groupBy } from '../../src/core/collections';
import type { Vault } from '../../src/core/vault';
import { type Database, toDate } from '../../src/db/database';
import type { CorpTag, CorpTagGroup } from '../../src/features/relations/corp-tags/corp-tags.entity';
import type { Relation, RelationTag } from '../../src/features/relations/external-contacts/external-contacts.entity';
import { openRelation } from '../../src/features/relations/external-contacts/personal';
import type { GroupChat, GroupChatMember } from '../../src/features/relations/group-chats/group-chats.entity';
import type { Sandbox } from '../../src/sandbox';
import { expectedRelations } from './expected-relations';

/** What one side knows of one kind of thing, by its key. */
export type Picture = Map<string, unknown>;

export interface TruthDifference {
  entity: Mirrored;
  key: string;
  ours: unknown;
  truth: unknown;
}

/** Every entity that is mirrored. The first six are named as in `truth()`. */
export const mirrored = [
  'relations',
  'group_chats',
  'corp_tags',
  'staff',
  'departments',
  'unassigned',
  'departed',
] as const;
export type Mirrored = (typeof mirrored)[number];

/** Our tables, and what opens them. */
export interface Books {
  db: Database;
  vault: Vault;
}

type Pictures = Record<Mirrored, Picture>;

/** In what our tables differ from the pretend company as it is. Empty: they agree. */
export async function differencesFromTruth(books: Books, sandbox: Sandbox): Promise<TruthDifference[]> {
  const [ours, truth] = [await ourPictures(books), truePictures(sandbox)];
  return mirrored.flatMap((entity) => compare(entity, ours[entity], truth[entity]));
}

function compare(entity: Mirrored, ours: Picture, truth: Picture): TruthDifference[] {
  const keys = [...new Set([...ours.keys(), ...truth.keys()])].sort();
  return keys
    .map((key) => ({ entity, key, ours: ours.get(key), truth: truth.get(key) }))
    .filter((d) => JSON.stringify(d.ours) !== JSON.stringify(d.truth));
}

const picture = (entries: Iterable<readonly [string, unknown]>): Picture => new Map(entries);

function truePictures(sandbox: Sandbox): Pictures {
  const truth = sandbox.truth();
  return {
    relations: expectedRelations(sandbox),
    group_chats: picture(truth.group_chats.map(({ chat_id, ...chat }) => [chat_id, chat])),
    corp_tags: picture(truth.corp_tags.map(({ group_id, ...group }) => [group_id, group])),
    staff: picture(
      truth.staff.map(({ userid, name, department, status, follower }) => [
        userid,
        { name, department: [...department].sort(), status, follower: follower && status === 1 },
      ]),
    ),
    departments: picture(truth.departments.map(({ id, name, parentid }) => [String(id), { name, parentid }])),
    unassigned: picture(truth.unassigned.map((row) => [`${row.handover_userid} ${row.external_userid}`, true])),
    departed: picture(knowableLeavers(sandbox).map((userid) => [userid, true])),
  };
}

/** A leaver of before our time, without customers or groups, is named nowhere. */
function knowableLeavers({ world, ledger }: Sandbox): string[] {
  const named = new Set([
    ...[...world.unassigned(), ...world.transfers].map((row) => row.handover.userid),
    ...ledger.facts.flatMap((fact) => (fact.kind === 'staff_left' && fact.userid ? [fact.userid] : [])),
  ]);
  return [...world.departed.values()].map((staff) => staff.userid).filter((userid) => named.has(userid));
}

async function ourPictures({ db, vault }: Books): Promise<Pictures> {
  const staff = await db.query<StaffRow>('SELECT * FROM staff');
  const serving = new Map(staff.filter((row) => row.departed_at === null).map((row) => [row.id, row.userid]));
  const userids = new Map(staff.map((row) => [row.id, row.userid]));
  const relations = await ourRelations({ db, vault }, userids);
  return {
    relations: picture([...(await ourRelations({ db, vault }, serving))].filter(([, { state }]) => !isOver(state))),
    group_chats: await ourGroupChats(db),
    corp_tags: await ourCorpTags(db),
    staff: await ourStaff(db, staff),
    departments: await ourDepartments(db),
    unassigned: picture([...relations].filter(([, { state }]) => state === 'unassigned').map(([key]) => [key, true])),
    departed: picture(staff.filter((row) => row.departed_at !== null).map((row) => [row.userid, true])),
  };
}

const isOver = (state: string): boolean =>
  ['deleted_by_staff', 'deleted_by_both', 'transferred_out', 'missing'].includes(state);

/** Of the staff that is named, by userid and external_userid. Of half a relation no read shows more. */
async function ourRelations(
  { db, vault }: Books,
  userids: Map<string, string>,
): Promise<Map<string, { state: string }>> {
  const tags = groupBy(await db.query<RelationTag>('SELECT * FROM relation_tag'), (tag) => tag.relation_id);
  const stored = await db.query<Relation>('SELECT * FROM relation');
  const rows = stored.filter((row) => userids.has(row.staff_id)).map((row) => openRelation(vault, row));
  return new Map(
    rows.map((row) => [
      `${userids.get(row.staff_id)} ${row.external_userid}`,
      row.state === 'half' ? { state: 'half' } : fieldsOf(row, tags.get(row.id) ?? []),
    ]),
  );
}

const fieldsOf = (row: Relation, tags: RelationTag[]) => ({
  state: row.state,
  remark: row.remark,
  description: row.description,
  remark_mobiles: JSON.parse(row.remark_mobiles),
  tag_ids: tags
    .filter((tag) => tag.type === 1)
    .map((tag) => tag.tag_key)
    .sort(),
  add_way: row.add_way,
  channel: row.channel ?? '',
});

async function ourGroupChats(db: Database): Promise<Picture> {
  const members = groupBy(await db.query<GroupChatMember>('SELECT * FROM group_chat_member'), (m) => m.chat_id);
  const rows = await db.query<GroupChat>("SELECT * FROM group_chat WHERE state = 'active'");
  return picture(
    rows.map((row) => [
      row.chat_id,
      {
        name: row.name,
        owner: row.owner,
        notice: row.notice,
        status: row.status,
        member_version: row.member_version,
        admins: JSON.parse(row.admins).sort(),
        members: (members.get(row.chat_id) ?? []).map((member) => member.userid).sort(),
      },
    ]),
  );
}

async function ourCorpTags(db: Database): Promise<Picture> {
  const tags = groupBy(await db.query<CorpTag>('SELECT * FROM corp_tag WHERE deleted_at IS NULL'), (t) => t.group_id);
  const groups = await db.query<CorpTagGroup>('SELECT * FROM corp_tag_group WHERE deleted_at IS NULL');
  return picture(
    groups.map((group) => {
      const shown = (tags.get(group.group_id) ?? []).map(({ tag_id, name }) => ({ id: tag_id, name }));
      return [group.group_id, { group_name: group.name, tags: shown.sort((a, b) => (a.id < b.id ? -1 : 1)) }];
    }),
  );
}

interface StaffRow {
  id: string;
  userid: string;
  name: string | null;
  status: string;
  follows_external: unknown;
  departed_at: unknown;
}

const statusNumber: Record<string, number> = { active: 1, disabled: 2, inactive: 4, left: 5 };

async function ourStaff(db: Database, rows: StaffRow[]): Promise<Picture> {
  const places = groupBy(
    await db.query<{ staff_id: string; department_id: unknown }>(
      'SELECT staff_id, department_id FROM staff_department',
    ),
    (place) => place.staff_id,
  );
  const serving = rows.filter((row) => row.departed_at === null);
  return picture(
    serving.map((row) => [
      row.userid,
      {
        name: row.name,
        department: (places.get(row.id) ?? []).map((place) => Number(place.department_id)).sort(),
        status: statusNumber[row.status],
        follower: Boolean(row.follows_external),
      },
    ]),
  );
}

async function ourDepartments(db: Database): Promise<Picture> {
  const rows = await db.query<{ id: unknown; name: string; parent_id: unknown }>(
    'SELECT id, name, parent_id FROM department WHERE deleted_at IS NULL',
  );
  return picture(rows.map((row) => [String(row.id), { name: row.name, parentid: Number(row.parent_id ?? 0) }]));
}

/** When a relation began, by our books, in seconds. */
export async function startsOf(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<{ userid: string; external_userid: string; started_at: unknown }>(
    'SELECT s.userid, r.external_userid, r.started_at FROM relation r JOIN staff s ON s.id = r.staff_id',
  );
  return new Map(rows.map((r) => [`${r.userid} ${r.external_userid}`, toDate(r.started_at).getTime() / 1000]));
}
