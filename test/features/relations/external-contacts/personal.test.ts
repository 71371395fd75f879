import type { Database } from '../../../../src/db/database';
import { createScopes } from '../../../../src/features/kernel/scope';
import type { Relation } from '../../../../src/features/relations/external-contacts/external-contacts.entity';
import {
  externalContactQuery,
  historyQuery,
} from '../../../../src/features/relations/external-contacts/external-contacts.schema';
import { createRelationStore } from '../../../../src/features/relations/external-contacts/external-contacts.store';
import {
  createExternalContactViews,
  type ExternalContactViews,
} from '../../../../src/features/relations/external-contacts/external-contacts.views';
import { createMirror } from '../../../../src/features/relations/external-contacts/mirror';
import { createPlainRows } from '../../../../src/features/relations/external-contacts/plain-rows';
import { createPresence } from '../../../../src/features/relations/external-contacts/presence';
import type { Follower } from '../../../../src/wecom';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest as vault } from '../../../support/vault';
import { aViewer, head } from '../../../support/viewers';
import { aContact, aRelation, at, writer } from './rows';

const phone = '13812345678';
const mobile = phone;
const note = 'wife called from 13912345678';

let db: Database;
let close: () => Promise<void>;
let views: ExternalContactViews;
let write: ReturnType<typeof writer>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
  views = createExternalContactViews({ db, scopes: createScopes(db), vault });
  write = writer(db);
  await write.staff('s-li', 'Li', '李');
  await write.staff('s-wang', 'wang');
  await write.contacts(aContact(1, { extra: `{"wechat":"${phone}"}` }), aContact(2), aContact(3));
  await write.relations(
    aRelation(1, 's-li', 'wm1', { remark_mobiles: JSON.stringify([phone]), description: note, extra: '{"x":1}' }),
    aRelation(2, 's-wang', 'wm2', { remark_mobiles: '["+86 138 1234-5678","13812345678"]' }),
    aRelation(3, 's-li', 'wm3'),
  );
});
afterEach(() => close());

const stored = (table: string) => db.query<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1`);
const compliance = aViewer(['compliance_officer']);
const find = async (query: object, viewer = head) =>
  (await views.list(externalContactQuery.parse(query), viewer)).items.map((item) => item.external_userid).sort();

test('S13 S15 phone numbers and notes stand sealed in one column, and open for whoever may read them', async () => {
  const [relation, , bare] = await stored('relation');
  expect(relation).toMatchObject({ description: '', remark_mobiles: '[]', extra: null });
  expect(relation?.personal).toMatch(/^v1\./);
  expect(bare?.personal).toBeNull();
  for (const table of ['relation', 'external_contact', 'relation_phone']) {
    expect(JSON.stringify(await stored(table))).not.toContain('12345678');
  }
  const [shown] = (await views.get('wm1', head)).relations;
  expect(shown).toMatchObject({ remark_mobiles: [phone], description: note });
});

test('S13 a sealed note moved to another relation does not open', async () => {
  const [first] = await stored('relation');
  await db.execute('UPDATE relation SET personal = ? WHERE id = ?', [String(first?.personal), aRelation(3, '', '').id]);
  await expect(views.get('wm3', head)).rejects.toThrow();
  await expect(views.get('wm1', head)).resolves.toMatchObject({ external_userid: 'wm1' });
});

test('S15 a number is found by its keyed hash, however it is written, as mobile and as q', async () => {
  for (const mobile of [phone, '+86 138-1234-5678', '１３８１２３４５６７８']) {
    expect(await find({ mobile })).toEqual(['wm1', 'wm2']);
    expect(await find({ q: mobile })).toEqual(['wm1', 'wm2']);
  }
  expect(await find({ mobile, userid: 'wang' })).toEqual(['wm2']);
  expect(await find({ mobile: '13812345679' })).toEqual([]);
  expect(await find({ mobile: '1381234' })).toEqual([]);
  expect(await find({ mobile: 'nobody' })).toEqual([]);
});

test('S15 hits by number stay within what the viewer sees, and masked for whom the field is', async () => {
  const li = aViewer(['sales'], { staffId: 's-li', hasSuperior: true });
  expect(await find({ mobile }, li)).toEqual(['wm1']);
  const [hit] = (await views.list(externalContactQuery.parse({ mobile, q: '客户1' }), compliance)).items;
  expect(hit?.relations[0]).toMatchObject({ remark_mobiles: ['138****5678'] });
});

test('a whole number that nobody noted is looked for as text', async () => {
  await write.relations(aRelation(4, 's-wang', 'wm3', { remark: '赵 02155556666' }));
  expect(await find({ q: '02155556666' })).toEqual(['wm3']);
});

const follower = (more: Partial<Follower>): Follower => ({
  userid: 'Li',
  remark: '',
  description: '',
  createtime: at,
  tags: [],
  remark_corp_name: '',
  remark_mobiles: [],
  add_way: 0,
  oper_userid: '',
  state: '',
  raw: {},
  ...more,
});

async function edit(changes: Partial<Follower>) {
  const store = createRelationStore({ db, vault });
  const mirror = createMirror({ db, store, presence: createPresence({ db, store }) });
  const contact = { ...aContact(1), avatar: '', position: '', corp_name: '', corp_full_name: '', raw: {} };
  const origin = { source: 'event', ref: 'inbox:1', at } as const;
  return db.transact(() => mirror.apply([{ contact, staffId: 's-li', follower: follower(changes) }], origin));
}

test('S15 an edited number is found by the new one alone; what was before stands sealed in the history', async () => {
  const { changes } = await edit({ remark: 'A', remark_mobiles: ['13700001111'], description: 'new note' });
  expect(await find({ mobile: '13700001111' })).toEqual(['wm1']);
  expect(await find({ mobile })).toEqual(['wm2']);
  expect(JSON.stringify(await stored('relation_history'))).not.toMatch(/12345678|00001111|note/);
  expect(JSON.stringify(changes)).not.toMatch(/13812345678|13700001111|note/);

  const [line] = (await views.history('wm1', historyQuery.parse({}), head)).items;
  expect(line?.detail).toEqual({
    remark: ['', 'A'],
    remark_mobiles: [`["${phone}"]`, '["13700001111"]'],
    description: [note, 'new note'],
  });
  const [masked] = (await views.history('wm1', historyQuery.parse({}), compliance)).items;
  expect(masked?.detail).toMatchObject({ remark: ['', 'A'], remark_mobiles: ['["138****5678"]', '["137****1111"]'] });
});

test('S23 without the key of the person the history still says what changed, not from what to what', async () => {
  await edit({ remark: 'A', remark_mobiles: [] });
  await db.execute('UPDATE personal_key SET sealed = NULL, erased_at = ?', [at]);
  const [line] = (await views.history('wm1', historyQuery.parse({}), head)).items;
  const hidden = ['***', '***'];
  expect(line?.detail).toEqual({ remark: hidden, remark_mobiles: hidden, description: hidden });
  await edit({ remark: 'A', remark_mobiles: ['13700001111'] });
  expect(JSON.stringify(await stored('relation_history'))).not.toContain('"sealed"');
});

test('S15 rows of an older version read as before, and are sealed where they stand', async () => {
  const id = aRelation(3, '', '').id;
  const plain = ['old', '["13700002222"]', id];
  await db.execute('UPDATE relation SET description = ?, remark_mobiles = ? WHERE id = ?', plain);
  await db.execute('UPDATE external_contact SET extra = ? WHERE external_userid = ?', ['{"tel":"13700002222"}', 'wm3']);
  expect((await views.get('wm3', head)).relations[0]).toMatchObject({ description: 'old' });
  for (const table of createPlainRows({ db, vault })) {
    expect(await db.transact(() => table.sealNext(''))).toBeNull();
  }
  expect(JSON.stringify([await stored('relation'), await stored('external_contact')])).not.toContain('13700002222');
  expect((await views.get('wm3', head)).relations[0]).toMatchObject({
    description: 'old',
    remark_mobiles: ['13700002222'],
  } satisfies Partial<Record<keyof Relation, unknown>>);
  expect(await find({ mobile: '13700002222' })).toEqual(['wm3']);
});
