import type { Database } from '../../../../src/db/database';
import { createScopes } from '../../../../src/features/kernel/scope';
import {
  externalContactDetail,
  externalContactPage,
  externalContactQuery,
  historyQuery,
  relationPage,
  relationQuery,
} from '../../../../src/features/relations/external-contacts/external-contacts.schema';
import {
  createExternalContactViews,
  type ExternalContactViews,
} from '../../../../src/features/relations/external-contacts/external-contacts.views';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest } from '../../../support/vault';
import { head } from '../../../support/viewers';
import { aContact, aRelation, walk, writer } from './rows';

let db: Database;
let close: () => Promise<void>;
let views: ExternalContactViews;
let write: ReturnType<typeof writer>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
  views = createExternalContactViews({ db, scopes: createScopes(db), vault: vaultAtTest });
  write = writer(db);
  await write.staff('s-li', 'Li', '李');
  await write.staff('s-wang', 'wang');
});
afterEach(() => close());

const list = async (query: object = {}) =>
  externalContactPage.parse(await views.list(externalContactQuery.parse(query), head));
const ids = async (query: object) => (await list(query)).items.map((contact) => contact.external_userid);
const relations = async (query: object = {}) =>
  relationPage.parse(await views.listRelations(relationQuery.parse(query), head));

describe('external contacts', () => {
  test('pages run newest first and show every row exactly once while rows are added', async () => {
    await write.contacts(...Array.from({ length: 11 }, (_, i) => aContact(i + 1)));
    const seen = await walk(list, (pageNo) => write.contacts(aContact(100 + pageNo)));
    expect(seen.map((c) => c.external_userid)).toEqual(Array.from({ length: 11 }, (_, i) => `wm${11 - i}`));
  });

  test('a contact is shown with all its relations, whoever was asked for', async () => {
    await write.contacts(aContact(1, { type: 2, gender: 1, corp_name: '晨星' }));
    await write.relations(aRelation(1, 's-li', 'wm1'), aRelation(2, 's-wang', 'wm1', { state: 'deleted_by_staff' }));
    const [contact] = (await list({ userid: 'wang' })).items;
    expect(contact).toMatchObject({ type: 'wecom', gender: 'male', corp_name: '晨星', name: '客户1' });
    expect(contact?.relations.map((r) => [r.userid, r.staff_name, r.external_name, r.state])).toEqual([
      ['wang', null, '客户1', 'deleted_by_staff'],
      ['Li', '李', '客户1', 'active'],
    ]);
  });

  test('userids are found however they are spelled, and by what they were before', async () => {
    await write.formerUserid('old.li', 's-li');
    await write.contacts(aContact(1), aContact(2));
    await write.relations(aRelation(1, 's-li', 'wm1'), aRelation(2, 's-wang', 'wm2'));
    expect(await ids({ userid: 'LI' })).toEqual(['wm1']);
    expect(await ids({ userid: 'Old.Li' })).toEqual(['wm1']);
    expect(await ids({ userid: 'nobody' })).toEqual([]);
    expect((await relations({ userid: 'Old.Li' })).items.map((r) => r.external_userid)).toEqual(['wm1']);
    expect((await relations({ userid: 'nobody' })).items).toEqual([]);
  });

  test('an id given anew belongs to its new holder', async () => {
    await write.formerUserid('wang', 's-li');
    await write.contacts(aContact(1), aContact(2));
    await write.relations(aRelation(1, 's-li', 'wm1'), aRelation(2, 's-wang', 'wm2'));
    expect(await ids({ userid: 'wang' })).toEqual(['wm2']);
  });

  test('filters must hold for one and the same relation', async () => {
    await write.contacts(aContact(1), aContact(2));
    await write.relations(
      aRelation(1, 's-li', 'wm1'),
      aRelation(2, 's-wang', 'wm1', { state: 'missing' }),
      aRelation(3, 's-li', 'wm2', { state: 'missing' }),
    );
    await write.tags([{ relation_id: aRelation(1, '', '').id, tag_key: 'et1', type: 1, name: null, group_name: null }]);
    expect(await ids({ state: 'missing' })).toEqual(['wm2', 'wm1']);
    expect(await ids({ state: 'missing', userid: 'li' })).toEqual(['wm2']);
    expect(await ids({ tag_id: 'et1' })).toEqual(['wm1']);
    expect(await ids({ tag_id: 'et1', state: 'missing' })).toEqual([]);
    expect(await ids({ tag_id: 'et2' })).toEqual([]);
  });

  test('a word is looked for in names, companies and remarks, and taken literally', async () => {
    await write.contacts(
      aContact(1, { name: 'Ann_a 100%' }),
      aContact(2, { name: 'Annxa', corp_name: 'Acme' }),
      aContact(3),
    );
    await write.relations(aRelation(3, 's-li', 'wm3', { remark: '老客户 VIP' }));
    expect(await ids({ q: 'ann' })).toEqual(['wm2', 'wm1']);
    expect(await ids({ q: 'n_a' })).toEqual(['wm1']);
    expect(await ids({ q: '0%' })).toEqual(['wm1']);
    expect(await ids({ q: 'ACM' })).toEqual(['wm2']);
    expect(await ids({ q: 'vip', userid: 'li' })).toEqual(['wm3']);
  });

  test('a filter that most relations pass gives the same list as one that few pass', async () => {
    const many = Array.from({ length: 10_050 }, (_, i) => i + 1);
    await db.transact(async () => {
      await write.contacts(...many.map((n) => aContact(n, [7, 51, 10_049].includes(n) ? { name: 'Zoë' } : {})));
      await write.relations(
        ...many.map((n) => aRelation(n, 's-li', `wm${n}`, { state: n % 3000 === 0 ? 'missing' : 'active' })),
      );
    });
    expect(await ids({ state: 'active', limit: 2 })).toEqual(['wm10050', 'wm10049']);
    expect(await ids({ state: 'missing' })).toEqual(['wm9000', 'wm6000', 'wm3000']);
    expect(await ids({ userid: 'li', state: 'active', q: '户3001' })).toEqual(['wm3001']);
    // A search looks through 10,000 at a time: wm51 is the last of the first window.
    expect(await ids({ q: 'zo' })).toEqual(['wm10049', 'wm51']);
    const { next_cursor } = await list({ q: 'zo', limit: 2 });
    expect(await ids({ q: 'zo', limit: 1, cursor: next_cursor })).toEqual(['wm7']);
  });

  test('a search that has looked through 10,000 stops, and its cursor leads on', async () => {
    const many = Array.from({ length: 10_003 }, (_, i) => i + 1);
    await db.transact(() => write.contacts(...many.map((n) => aContact(n, n === 2 ? { name: 'Zoë' } : {}))));
    const { items, next_cursor } = await list({ q: 'zo' });
    expect(items).toEqual([]);
    expect(next_cursor).not.toBeNull();
    const rest = await list({ q: 'zo', cursor: next_cursor });
    expect(rest.items.map((item: { external_userid: string }) => item.external_userid)).toEqual(['wm2']);
    expect(rest.next_cursor).toBeNull();
  });

  test('the number of queries does not grow with the page', async () => {
    const query = jest.spyOn(db, 'query');
    const queriesFor = async (limit: number) => {
      query.mockClear();
      await list({ limit });
      return query.mock.calls.length;
    };
    await write.contacts(...Array.from({ length: 60 }, (_, i) => aContact(i + 1)));
    await write.relations(...Array.from({ length: 60 }, (_, i) => aRelation(i + 1, 's-li', `wm${i + 1}`)));
    const few = await queriesFor(2);
    expect(few).toBeGreaterThan(2);
    expect(await queriesFor(60)).toBe(few);
  });

  test('unknown filters, states and cursors are refused', async () => {
    expect(() => externalContactQuery.parse({ colour: 'red' })).toThrow('colour');
    expect(() => relationQuery.parse({ state: 'lost' })).toThrow('state');
    for (const cursor of ['nonsense', Buffer.from('[7]').toString('base64url')]) {
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'paging.bad_cursor', status: 400 });
    }
  });

  test('one contact: its active group chats, and 404 for a stranger', async () => {
    await write.contacts(aContact(1));
    await write.groupChat(1, 'wrA', 'active');
    await write.groupChat(2, 'wrB', 'dismissed');
    await write.groupMember('wrA', 'wm1');
    await write.groupMember('wrB', 'wm1');
    const contact = externalContactDetail.parse(await views.get('wm1', head));
    expect(contact.group_chats).toEqual([{ chat_id: 'wrA', name: 'name of wrA', owner: 'li' }]);
    const refusal = { code: 'external_contact.not_found', status: 404 };
    await expect(views.get('wm9', head)).rejects.toMatchObject(refusal);
    await expect(views.history('wm9', historyQuery.parse({}), head)).rejects.toMatchObject(refusal);
  });
});
