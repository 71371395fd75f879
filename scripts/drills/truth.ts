import type { Vault } from '../../src/core/vault';
import type { Database } from '../../src/db/database';
import { toDate, toDateOrNull } from '../../src/db/database';
import type { Relation } from '../../src/features/relations/external-contacts/external-contacts.entity';
import { openRelation } from '../../src/features/relations/external-contacts/personal';
import type { Sandbox } from '../../src/sandbox';
import { must } from './checks';
import { type Site, until } from './site';

type Truth = ReturnType<Sandbox['truth']>;

interface RelationRow extends Relation {
  userid: string;
}

/** States in which WeCom's list shows the relation. */
const listed = new Set(['active', 'half', 'deleted_by_external']);

/** What our copy says and the company does not, or the other way round; empty when they agree (I6). */
export async function differences(db: Database, vault: Vault, truth: Truth): Promise<string[]> {
  return [
    ...(await relationDifferences(db, vault, truth)),
    ...(await groupChatDifferences(db, truth)),
    ...(await tagDifferences(db, truth)),
    ...(await staffDifferences(db, truth)),
  ];
}

/** @throws Broken with the first differences, unless there are none within `ms` */
export async function mustEqualTruth(site: Site, ms = 0): Promise<void> {
  const db = await site.db();
  const vault = await site.vault();
  let found: string[] = [];
  const look = async () => {
    found = await differences(db, vault, site.sandbox.truth());
    return found.length === 0;
  };
  await until('equal to the truth', ms, look).catch(() => undefined);
  must(found.length === 0, `${found.length} differences to the truth: ${found.slice(0, 5).join('; ')}`);
}

async function relationDifferences(db: Database, vault: Vault, truth: Truth): Promise<string[]> {
  const rows = await db.query<RelationRow>('SELECT r.*, s.userid FROM relation r JOIN staff s ON s.id = r.staff_id');
  const tags = await tagsOf(db);
  const ours = new Map(
    rows.map((row) => [pair(row.userid, row.external_userid), { ...openRelation(vault, row), userid: row.userid }]),
  );
  const shown = new Set(truth.relations.map((one) => pair(one.userid, one.external_userid)));
  return [
    ...truth.relations.filter((one) => one.listed).flatMap((one) => compareRelation(one, ours, tags)),
    ...[...ours]
      .filter(([key, { state }]) => listed.has(state) && !shown.has(key))
      .map(([key, { state }]) => `${key} is ${state} here`),
    ...truth.unassigned
      .map((one) => pair(one.handover_userid, one.external_userid))
      .filter((key) => ours.get(key)?.state !== 'unassigned')
      .map((key) => `${key} is ${ours.get(key)?.state}, not unassigned`),
  ];
}

const pair = (userid: string, externalUserid: string): string => `${userid.toLowerCase()} ${externalUserid}`;

function compareRelation(
  one: Truth['relations'][number],
  ours: Map<string, RelationRow>,
  tags: Map<string, string>,
): string[] {
  const key = pair(one.userid, one.external_userid);
  const row = ours.get(key);
  if (!row || !listed.has(row.state)) return [`${key} is ${row?.state ?? 'not here'}`];
  const faults: string[] = [];
  const same = (what: string, here: unknown, there: unknown) => {
    if (here !== there) faults.push(`${key}: ${what} is ${here}, not ${there}`);
  };
  same('remark', row.remark, one.remark);
  same('description', row.description, one.description);
  same('tags', tags.get(row.id) ?? '', one.tag_ids.join());
  // A half relation begins before it is confirmed, and the list shows only the latter.
  if (toDate(row.started_at).getTime() / 1000 > one.createtime + 5) faults.push(`${key} began too late`);
  // That a customer deleted somebody is in no list, so a lost event leaves it open (I6); the reverse is wrong, unless
  // both happened within one second: events have no finer time, and nothing else tells which came first.
  const end = toDateOrNull(row.ended_at)?.getTime() ?? 0;
  if (row.state === 'deleted_by_external' && !one.external_deleted && end / 1000 !== one.createtime) {
    faults.push(`${key} was not deleted`);
  }
  return faults;
}

async function tagsOf(db: Database): Promise<Map<string, string>> {
  const rows = await db.query<{ relation_id: string; tag_key: string }>(
    `SELECT relation_id, tag_key FROM relation_tag WHERE type <> 2 AND tag_key NOT IN
     (SELECT tag_id FROM corp_tag WHERE deleted_at IS NOT NULL) ORDER BY relation_id, tag_key`,
  );
  const tags = new Map<string, string>();
  for (const { relation_id, tag_key } of rows) {
    const before = tags.get(relation_id);
    tags.set(relation_id, before ? `${before},${tag_key}` : tag_key);
  }
  return tags;
}

async function groupChatDifferences(db: Database, { group_chats }: Truth): Promise<string[]> {
  const members = await db.query<{ chat_id: string; userid: string }>(
    'SELECT chat_id, userid FROM group_chat_member ORDER BY chat_id, userid',
  );
  const seats = new Map<string, string[]>();
  for (const { chat_id, userid } of members) seats.set(chat_id, [...(seats.get(chat_id) ?? []), userid]);
  const ours = await db.query<{ chat_id: string; name: string; owner: string; notice: string; admins: string }>(
    "SELECT chat_id, name, owner, notice, admins FROM group_chat WHERE state = 'active'",
  );
  return compareSets(
    'group chat',
    ours.map((chat) => ({ ...chat, admins: JSON.parse(chat.admins), members: (seats.get(chat.chat_id) ?? []).sort() })),
    group_chats,
    ({ chat_id, name, owner, notice, admins, members: present }) => [chat_id, { name, owner, notice, admins, present }],
  );
}

async function tagDifferences(db: Database, { corp_tags }: Truth): Promise<string[]> {
  const ours = await db.query<{ tag_id: string; name: string; group_id: string }>(
    'SELECT tag_id, name, group_id FROM corp_tag WHERE deleted_at IS NULL',
  );
  const theirs = corp_tags.flatMap(({ group_id, tags }) =>
    tags.map(({ id, name }) => ({ tag_id: id, name, group_id })),
  );
  return compareSets('corp tag', ours, theirs, ({ tag_id, ...rest }) => [tag_id, rest]);
}

async function staffDifferences(db: Database, { staff }: Truth): Promise<string[]> {
  const ours = await db.query<{ userid: string }>('SELECT userid FROM staff WHERE departed_at IS NULL');
  return compareSets('staff', ours, staff, ({ userid }) => [userid.toLowerCase(), {}]);
}

function compareSets<T, U extends T>(
  what: string,
  ours: T[],
  theirs: U[],
  entry: (item: T) => [key: string, fields: object],
): string[] {
  const texts = (items: T[]) =>
    new Map(items.map(entry).map(([key, fields]) => [key, JSON.stringify(fields, Object.keys(fields).sort())]));
  const [here, there] = [texts(ours), texts(theirs)];
  const keys = new Set([...here.keys(), ...there.keys()]);
  return [...keys]
    .filter((key) => here.get(key) !== there.get(key))
    .map((key) => `${what} ${key} is ${here.get(key) ?? 'not here'}, not ${there.get(key) ?? 'there'}`);
}
