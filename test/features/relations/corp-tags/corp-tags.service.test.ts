import type { Database } from '../../../../src/db/database';
import { corpTagPage } from '../../../../src/features/relations/corp-tags/corp-tags.schema';
import {
  type CorpTagService,
  createCorpTagService,
} from '../../../../src/features/relations/corp-tags/corp-tags.service';
import type { CorpTag, CorpTagGroup, CorpTagQuery } from '../../../../src/wecom';
import { WecomError } from '../../../../src/wecom/errors';
import { openTestDatabase } from '../../../support/database';
import { movableClock } from '../../kernel/support';
import { aContact, aRelation, writer } from '../external-contacts/rows';

const created_at = new Date('2026-01-01T00:00:00.000Z');
const aTag = (tag_id: string, more: Partial<CorpTag> = {}): CorpTag => ({
  tag_id,
  name: `name of ${tag_id}`,
  created_at,
  order: 0,
  deleted: false,
  ...more,
});
const aGroup = (group_id: string, tags: CorpTag[], more: Partial<CorpTagGroup> = {}): CorpTagGroup => ({
  group_id,
  name: `name of ${group_id}`,
  created_at,
  order: 0,
  deleted: false,
  tags,
  ...more,
});

/** WeCom's tags; answers with everything, whatever is asked, unless told otherwise. */
const fake = { groups: [] as CorpTagGroup[], asked: [] as CorpTagQuery[], refusal: undefined as Error | undefined };
const wecom = {
  corpTags: {
    async list(query: CorpTagQuery) {
      fake.asked.push(query);
      if (fake.refusal) throw fake.refusal;
      return fake.groups;
    },
  },
};

const clock = movableClock();
let db: Database;
let close: () => Promise<void>;
let corpTags: CorpTagService;
beforeEach(async () => {
  Object.assign(fake, { groups: [], asked: [], refusal: undefined });
  ({ db, close } = await openTestDatabase([], clock));
  corpTags = createCorpTagService({ db, wecom });
});
afterEach(() => close());

const mirror = (groups: CorpTagGroup[], options = { complete: true }) =>
  db.transact(() => corpTags.mirror(groups, options));
const react = async (read: Promise<() => Promise<void>>) => db.transact(await read);
const list = async (query: { deleted?: boolean } = {}) =>
  corpTagPage.parse({ items: await corpTags.list(query), next_cursor: null }).items;
const names = async (query: { deleted?: boolean } = {}) =>
  (await list(query)).map((group) => [group.group_id, ...group.tags.map((tag) => tag.tag_id)]);

/** Two relations; the first carries the tags, the second the first of them. */
async function carry(...tagKeys: string[]): Promise<void> {
  const write = writer(db);
  const rows = [aRelation(1, 's-li', 'wm1'), aRelation(2, 's-li', 'wm2')];
  await write.contacts(aContact(1), aContact(2));
  await write.relations(...rows);
  const row = (i: number, tag_key: string) => ({
    relation_id: rows[i]?.id ?? '',
    tag_key,
    type: 1,
    name: null,
    group_name: null,
  });
  await write.tags([...tagKeys.map((key) => row(0, key)), ...tagKeys.slice(0, 1).map((key) => row(1, key))]);
}
const carried = async () =>
  (await db.query<{ tag_key: string }>('SELECT tag_key FROM relation_tag ORDER BY tag_key')).map((t) => t.tag_key);

test('groups and tags are listed by order, bigger first, with the relations that carry them', async () => {
  await mirror([
    aGroup('g1', [aTag('t1', { order: 1 }), aTag('t2', { order: 2 })], { order: 1 }),
    aGroup('g2', [aTag('t3')], { order: 4_294_967_295 }),
  ]);
  await carry('t1', 't3');
  expect(await names()).toEqual([
    ['g2', 't3'],
    ['g1', 't2', 't1'],
  ]);
  const [first, second] = await list();
  expect(first?.order).toBe(4_294_967_295);
  expect(second?.tags.map((tag) => tag.relation_count)).toEqual([0, 2]);
});

describe('a complete read', () => {
  test('tells what appeared, what changed and what is gone, and then nothing more', async () => {
    const first = await mirror([aGroup('g1', [aTag('t1'), aTag('t2')])]);
    expect(first.changes.map((c) => `${c.kind} ${c.subject}`)).toEqual([
      'corp_tag_group_appeared g1',
      'corp_tag_appeared t1',
      'corp_tag_appeared t2',
    ]);
    await carry('t1', 't2');
    const now = [aGroup('g1', [aTag('t1', { name: 'VIP', order: 5 })]), aGroup('g2', [aTag('t3')])];
    expect((await mirror(now)).changes).toEqual([
      { kind: 'corp_tag_group_appeared', subject: 'g2', detail: { name: [null, 'name of g2'], sort: [null, 0] } },
      { kind: 'corp_tag_changed', subject: 't1', detail: { name: ['name of t1', 'VIP'], sort: [0, 5] } },
      {
        kind: 'corp_tag_appeared',
        subject: 't3',
        detail: { name: [null, 'name of t3'], sort: [null, 0], group_id: [null, 'g2'] },
      },
      { kind: 'corp_tag_deleted', subject: 't2', detail: { name: ['name of t2', null] } },
    ]);
    expect(await carried()).toEqual(['t1', 't1']);
    expect(await mirror(now)).toEqual({ changes: [], held: [] });
  });

  test('that lacks everything we hold is not believed until confirmed', async () => {
    await mirror([aGroup('g1', [aTag('t1')])]);
    await carry('t1');
    const { changes, held } = await mirror([]);
    expect(changes).toEqual([]);
    expect(held.map((c) => `${c.kind} ${c.subject}`)).toEqual(['corp_tag_group_deleted g1', 'corp_tag_deleted t1']);
    expect(await names()).toEqual([['g1', 't1']]);
    expect(await carried()).toEqual(['t1', 't1']);
    const confirmed = await db.transact(() => corpTags.mirror([], { complete: true, confirmEmpty: true }));
    expect(confirmed).toEqual({ changes: held, held: [] });
    expect(await names()).toEqual([]);
    expect(await carried()).toEqual([]);
  });

  test('may be empty when we hold nothing', async () => {
    expect(await mirror([])).toEqual({ changes: [], held: [] });
  });

  test('begun before a tag was deleted does not bring it back; a later one does', async () => {
    await mirror([aGroup('g1', [aTag('t1'), aTag('t2')])]);
    const readAt = clock.now();
    clock.advance(1000);
    await react(corpTags.onDeleted({ id: 't1', tagType: 'tag' }));
    const shown = [aGroup('g1', [aTag('t1'), aTag('t2')])];
    expect((await db.transact(() => corpTags.mirror(shown, { complete: true, readAt }))).changes).toEqual([]);
    clock.advance(1000);
    expect((await mirror(shown)).changes.map((c) => c.kind)).toEqual(['corp_tag_appeared']);
    expect(await names()).toEqual([['g1', 't1', 't2']]);
  });
});

describe('events', () => {
  beforeEach(async () => {
    await mirror([aGroup('g1', [aTag('t1'), aTag('t2')]), aGroup('g2', [aTag('t3')])]);
    clock.advance(1000);
  });

  test('a partial read never infers a deletion, unless WeCom says so', async () => {
    fake.groups = [aGroup('g1', [aTag('t1', { name: 'VIP' })])];
    await react(corpTags.onChanged({ id: 't1', tagType: 'tag' }));
    expect(fake.asked).toEqual([{ tag_ids: ['t1'] }]);
    expect(await names()).toEqual([
      ['g1', 't1', 't2'],
      ['g2', 't3'],
    ]);
    expect((await list())[0]?.tags[0]?.name).toBe('VIP');
    fake.groups = [aGroup('g1', [aTag('t1', { deleted: true }), aTag('t2')])];
    await react(corpTags.onChanged({ id: 'g1', tagType: 'tag_group' }));
    expect(fake.asked[1]).toEqual({ group_ids: ['g1'] });
    expect(await names()).toEqual([
      ['g1', 't2'],
      ['g2', 't3'],
    ]);
  });

  test('deleting a group deletes its tags and takes them off the relations', async () => {
    await carry('t1', 't2', 't3');
    await react(corpTags.onDeleted({ id: 'g1', tagType: 'tag_group' }));
    expect(await carried()).toEqual(['t3']);
    expect(await names()).toEqual([['g2', 't3']]);
    expect(await names({ deleted: true })).toEqual([
      ['g1', 't1', 't2'],
      ['g2', 't3'],
    ]);
    const [group] = await list({ deleted: true });
    expect([group?.deleted_at, group?.tags[0]?.deleted_at]).toEqual(Array(2).fill(clock.now().toISOString()));
    await expect(react(corpTags.onDeleted({ id: 'g1', tagType: 'tag_group' }))).resolves.toBeUndefined();
  });

  test('deleting a tag takes it off the relations, one of a rule group too', async () => {
    await carry('t1', 'st1', 't2');
    await react(corpTags.onDeleted({ id: 't1', tagType: 'tag' }));
    await react(corpTags.onDeleted({ id: 'st1', tagType: 'tag' }));
    expect(await carried()).toEqual(['t2']);
    expect(fake.asked).toEqual([]);
  });

  test('a shuffle reads the order anew, of one group or of all', async () => {
    fake.groups = [aGroup('g1', [aTag('t1', { order: 1 }), aTag('t2', { order: 2 })])];
    await react(corpTags.onShuffled('g1'));
    expect((await names())[0]).toEqual(['g1', 't2', 't1']);
    fake.groups = [aGroup('g1', [], { order: 1 }), aGroup('g2', [], { order: 2 })];
    await react(corpTags.onShuffled(''));
    expect((await names()).map(([group]) => group)).toEqual(['g2', 'g1']);
    expect(fake.asked).toEqual([{ group_ids: ['g1'] }, {}]);
  });

  test('a tag the list does not know is left alone; any other refusal is a fault', async () => {
    const refuse = (errcode: number) => {
      fake.refusal = new WecomError({ errcode, errmsg: 'no', api: 'get_corp_tag_list' });
    };
    refuse(40068);
    await react(corpTags.onChanged({ id: 'st1', tagType: 'tag' }));
    expect((await names({ deleted: true })).flat()).not.toContain('st1');
    refuse(48002);
    await expect(corpTags.onChanged({ id: 't1', tagType: 'tag' })).rejects.toMatchObject({ errcode: 48002 });
  });
});
