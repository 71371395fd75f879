import { type Client, clientOf, smallCompany } from '../support';

let sandbox: ReturnType<typeof smallCompany>;
let client: Client;
let pair: { userid: string; external_userid: string };

beforeEach(async () => {
  sandbox = smallCompany();
  await sandbox.start();
  client = clientOf(sandbox);
  const { userid } = sandbox.control.hireStaff();
  pair = sandbox.control.addRelation({ userid, external_userid: 'wmABCDEFGHIJKLMNOPQRSTUVWXYZ0123' });
});
afterEach(() => sandbox.stop());

const write = async (path: 'remark' | 'mark_tag', fields: object): Promise<number> =>
  (await client.post(`externalcontact/${path}`, { ...pair, ...fields })).errcode;
const relation = () => sandbox.world.findRelation(pair.userid, pair.external_userid);
const tagIds = () => sandbox.world.tagIds();

test.each([
  ['remark', 20],
  ['description', 150],
  ['remark_company', 20],
])('WCM-07 40058 for a %s of more than %i characters', async (field, most) => {
  expect(await write('remark', { [field]: '注'.repeat(most) })).toBe(0);
  expect(await write('remark', { [field]: '注'.repeat(most + 1) })).toBe(40058);
});

test('WCM-07 a remark is a fact without a callback; what is left out stays; one empty number clears', async () => {
  expect(await write('remark', { remark: '王总', description: '老客户', remark_mobiles: ['13000000001'] })).toBe(0);
  expect(await write('remark', { remark_mobiles: [''] })).toBe(0);
  expect(relation()).toMatchObject({ remark: '王总', description: '老客户', remark_mobiles: [] });
  const [, first] = sandbox.ledger.facts.slice(-3);
  expect(first).toMatchObject({ kind: 'relation_remarked', ...pair, origin: 'api', detail: { remark: '王总' } });
});

test('WCM-07 the company of a WeCom user stays as it is', async () => {
  pair = sandbox.control.addRelation({ userid: pair.userid, external_userid: 'woABCDEFGHIJKLMNOPQRSTUVWXYZ0123' });
  expect(await write('remark', { remark_company: '另一家' })).toBe(0);
  expect(relation()?.remark_corp_name).toBe('');
});

test('WCM-07 tags come and go in one call: a fact without a callback', async () => {
  const [one = '', two = ''] = tagIds();
  expect(await write('mark_tag', { add_tag: [one] })).toBe(0);
  expect(await write('mark_tag', { add_tag: [two], remove_tag: [one] })).toBe(0);
  expect(await write('mark_tag', { add_tag: [two] })).toBe(0);
  expect(relation()?.tags).toEqual([two]);
  const fact = { kind: 'relation_tagged', ...pair, origin: 'api', detail: { add_tags: [two], remove_tags: [one] } };
  expect(sandbox.ledger.facts.at(-2)).toMatchObject(fact);
});

test('WCM-07 40058 for nothing to write, 40068 for a tag there is not', async () => {
  expect([await write('remark', {}), await write('mark_tag', {})]).toEqual([40058, 40058]);
  expect(await write('mark_tag', { add_tag: ['etnone'] })).toBe(40068);
});

test('WCM-07 84061 unless they are contacts, 40003 for a member there is not', async () => {
  const half = sandbox.control.addRelation({ userid: pair.userid, half: true });
  const writes = (whose: object) =>
    Promise.all([
      write('remark', { remark: 'x', ...whose }),
      write('mark_tag', { add_tag: tagIds().slice(1), ...whose }),
    ]);
  expect(await writes(half)).toEqual([84061, 84061]);
  expect(await writes({ external_userid: 'wmnone' })).toEqual([84061, 84061]);
  expect(await writes({ userid: 'nobody' })).toEqual([40003, 40003]);
});

test('WCM-07 whom the customer deleted can go on writing', async () => {
  sandbox.control.deleteByExternal(pair);
  expect(await write('remark', { remark: '还在' })).toBe(0);
});
