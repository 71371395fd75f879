import { isIdNumber } from '../../../src/features/party/contacts/dates';
import { type Json, useSystem } from '../../support/system';
import { type Caller, caller } from './support';

const system = useSystem({ staff: 6, externalContacts: 20, groupChats: 0, leavers: 0 });
let boss: Caller;
beforeAll(async () => {
  await system.at.syncAll();
  boss = await caller(system.at, ['sales_manager']);
});
const refused = async (body: object) => {
  const answer = await boss.post('contacts', { name: '某人', ...body });
  return [answer.status, (answer.body.fields ?? []).map(({ path, rule }: Json) => `${path} ${rule}`)];
};

test('CON-01 only the name is needed; what is said comes back as it was said', async () => {
  const body = {
    ...{
      name: '陈小满',
      gender: 'female',
      title: '采购经理',
      salutation: '陈总',
      department: '采购部',
      office: 'A-1203',
    },
    ...{ mobiles: ['+86 138 0000 2222', '13900003333'], business_phone: '021-66668888', business_fax: '021-66668889' },
    ...{ business_email: 'chen@example.com', private_email: 'xm@example.com', homepage: 'https://example.com/' },
    ...{ business_address: { city: '上海', street: '南京西路 1 号' }, postcode: '200040', remark: '爱喝茶' },
    ...{ net_call: [{ kind: 'qq', handle: '12345' }], native_place: '浙江', education: 'bachelor', school: '复旦大学' },
    ...{
      birthday: { calendar: 'lunar', month: 12, day: 30 },
      anniversaries: [{ name: '结婚', date: '2010-10-01', yearly: true }],
    },
    ...{
      supervisor_name: '王总',
      supervisor_phone: '13700001111',
      assistant_name: '小李',
      assistant_phone: '13600001111',
    },
    ...{ car_phone: '13500001111', home_fax: '021-11112222' },
  };
  const made = await boss.made('contacts', body);
  expect(made).toMatchObject({ ...body, status: 'active', masked: expect.not.arrayContaining(['mobiles']) });
  expect((await boss.made('contacts', { name: '只有名字' })).mobiles).toEqual([]);
});

test('CON-01 CON-05 what cannot be is refused, field by field', async () => {
  expect(await refused({ name: '' })).toEqual([422, ['name required']]);
  expect(await refused({ mobiles: ['12x'] })).toEqual([422, ['mobiles.0 format']]);
  expect(await refused({ business_email: 'no-mail' })).toEqual([422, ['business_email format']]);
  expect(await refused({ birthday: { month: 2, day: 30 } })).toEqual([422, ['birthday range']]);
  expect(await refused({ birthday: { month: 2, day: 29, year: 2001 } })).toEqual([422, ['birthday range']]);
  expect(await refused({ birthday: { month: 1, day: 1, year: 1800 } })).toEqual([422, ['birthday range']]);
  const ahead = { month: 12, day: 31, year: new Date().getFullYear() + 1 };
  expect((await refused({ birthday: ahead }))[0]).toBe(422);
  expect((await refused({ anniversaries: [{ name: '', date: '2010-10-01' }] }))[0]).toBe(422);
  expect((await refused({ anniversaries: [{ name: '结婚', date: '2010-02-30' }] }))[0]).toBe(422);
  expect(await refused({ kind: 'enemy' })).toEqual([422, ['kind unknown']]);
  expect(await refused({ customer_id: 'nobody' })).toEqual([422, ['customer_id unknown']]);
});

test('CON-01 one mobile number is one contact, also when two are made at once', async () => {
  await boss.made('contacts', { name: '号主', mobiles: ['13811112222'] });
  expect(await refused({ mobiles: ['+86 138-1111-2222'] })).toEqual([409, ['mobiles duplicate']]);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => boss.post('contacts', { name: '同时', mobiles: ['13811113333', '13811114444'] })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
});

test('CON-04 a customer has one primary contact: the next one demotes it', async () => {
  const customer = await boss.made('customers', { name: '主联系人公司' });
  const first = await boss.made('contacts', { name: '甲', customer_id: customer.id, is_primary: true });
  const second = await boss.made('contacts', { name: '乙', customer_id: customer.id, is_primary: true });
  expect((await boss.get(`contacts/${first.id}`)).body).toMatchObject({ is_primary: false, version: 2 });
  expect((await boss.get(`contacts/${second.id}`)).body).toMatchObject({ is_primary: true });
  expect(await refused({ is_primary: true })).toEqual([422, ['is_primary required']]);
});

test('CON-01 class S is nobody’s unless a role gives it: not to write, not to see, not to ask for', async () => {
  const answer = await boss.post('contacts', { name: '敏感', id_number: '11010519491231002X', blood_type: 'A' });
  expect([answer.status, answer.body.code]).toEqual([403, 'FIELD_FORBIDDEN']);
  const made = await boss.made('contacts', { name: '敏感' });
  expect(made).toMatchObject({ id_number: null, blood_type: null });
  expect(made.masked).toEqual(expect.arrayContaining(['id_number', 'blood_type', 'home_address']));
  const filter = encodeURIComponent(JSON.stringify({ field: 'id_number', op: 'eq', value: '11010519491231002X' }));
  expect((await boss.get(`contacts?filter=${filter}`)).body.code).toBe('FIELD_FORBIDDEN');
});

test('CON-01 an id number is checked by its check sign', () => {
  expect(isIdNumber('11010519491231002X')).toBe(true);
  expect(isIdNumber('110105194912310021')).toBe(false);
  expect(isIdNumber('110105491231002')).toBe(true);
  expect(isIdNumber('1101054912310')).toBe(false);
});

test('CON-03 a contact is found by part of the name, a whole number, the last four digits', async () => {
  const made = await boss.made('contacts', {
    name: '欧阳寻找',
    mobiles: ['13877776543'],
    business_phone: '0571-88889999',
  });
  for (const q of ['阳寻', '13877776543', '6543', '0571-88889999']) {
    expect([q, await boss.ids(`contacts?q=${encodeURIComponent(q)}`)]).toEqual([q, [made.id]]);
  }
  const filter = (value: object) => boss.ids(`contacts?filter=${encodeURIComponent(JSON.stringify(value))}`);
  expect(await filter({ field: 'mobiles', op: 'eq', value: '+8613877776543' })).toEqual([made.id]);
  expect(await filter({ field: 'mobiles', op: 'eq', value: '13877776544' })).toEqual([]);
});

test('CON-03 marketing sees numbers in part', async () => {
  const staff = system.at.sandbox.world.followers()[0]?.userid ?? '';
  const marketing = await caller(system.at, ['marketing'], staff);
  const made = await boss.made('contacts', { name: '营销看', owner_userid: staff, mobiles: ['13866665555'] });
  expect((await marketing.get(`contacts/${made.id}`)).body).toMatchObject({
    mobiles: ['138****5555'],
    masked: expect.arrayContaining(['mobiles']),
  });
});
