import { createDictionaryService } from '../../../../src/features/kernel/dictionaries';
import { seeds } from '../../../../src/features/kernel/dictionaries/seeds';
import type { Json } from '../../../support/system';
import { aTableOf, useConfiguring } from '../configuring';

const { system, as, ask, read, trail } = useConfiguring();

const get = (code: string): Promise<Json> => read(`dictionaries/${code}`);
const itemOf = (dictionary: Json, code: string): Json => dictionary.items.find((item: Json) => item.code === code);
/** What may be sent back of an item. */
const sent = ({ position: _, ...item }: Json): Json => item;
const version = async (code: string): Promise<number> => (await get(code)).version;
async function change(dictionary: string, item: string, to: Json) {
  const before = await get(dictionary);
  const body = { ...sent(itemOf(before, item)), ...to, version: before.version };
  return ask('PUT', `dictionaries/${dictionary}/items/${item}`, body);
}
async function add(dictionary: string, item: Json) {
  return ask('POST', `dictionaries/${dictionary}/items`, { ...item, version: await version(dictionary) });
}
async function remove(dictionary: string, item: string, heir?: string) {
  const replace = heir ? `&replace_with=${heir}` : '';
  return ask('DELETE', `dictionaries/${dictionary}/items/${item}?version=${await version(dictionary)}${replace}`);
}
const services = () => system.at.system.services;

describe('PLT-08 dictionaries come with the product', () => {
  test('every role reads them, and only who configures the CRM changes them', async () => {
    const page = await read('dictionaries?limit=200');
    expect(page.items.map(({ code }: Json) => code)).toEqual(seeds.map(({ code }) => code).sort());
    const body = { code: 'x', label_zh: '某', version: await version('attitude') };
    expect((await as('sales_manager')('POST', 'dictionaries/attitude/items', body)).status).toBe(403);
    expect((await read('dictionaries/nothing')).code).toBe('DICTIONARY_NOT_FOUND');
  });

  test('the industry has the 20 sections of GB/T 4754 and their 97 divisions', async () => {
    const { items } = await get('industry');
    const isSection = ({ extra }: Json) => extra.parent === undefined;
    expect(items.filter(isSection)).toHaveLength(20);
    const divisions = items.filter((item: Json) => !isSection(item)).map(({ code }: Json) => code);
    expect(divisions).toEqual(Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')));
    expect(itemOf({ items }, '65').extra).toEqual({ parent: 'I' });
  });

  test('a list of items is paged in their order', async () => {
    const first = await read('dictionaries/industry/items?limit=100');
    const rest = await read(`dictionaries/industry/items?limit=100&cursor=${first.next_cursor}`);
    expect([first.items.length, rest.items.length, rest.next_cursor]).toEqual([100, 17, null]);
    expect(first.items[0].code).toBe('A');
  });

  test('no two items of a dictionary share a code or a label', () => {
    for (const { code, items } of seeds) {
      expect([code, new Set(items.map((item) => item.code)).size]).toEqual([code, items.length]);
      expect([code, new Set(items.map(({ label }) => label[0])).size]).toEqual([code, items.length]);
    }
  });

  test('what the company changed is kept at the next start, what it removed stays away, what is new is added', async () => {
    await change('salutation', 'mr', { label_zh: '某先生' });
    await remove('salutation', 'engineer');
    await system.at.db.execute("DELETE FROM dictionary_item WHERE dictionary = 'salutation' AND code = 'doctor'");
    await services().dictionaries.begin();
    const after = await get('salutation');
    expect(itemOf(after, 'mr').label_zh).toBe('某先生');
    expect(itemOf(after, 'engineer')).toBeUndefined();
    expect(after.items.at(-1)).toMatchObject({ code: 'doctor', label_zh: '医生' });
    await services().dictionaries.begin();
    expect((await get('salutation')).version).toBe(after.version);
  });
});

describe('PLT-08 a change', () => {
  test('a code stays: another one is refused with 422', async () => {
    const { status, body } = await change('attitude', 'neutral', { code: 'so_so' });
    expect([status, body.fields]).toEqual([422, [expect.objectContaining({ path: 'code', rule: 'read_only' })]]);
    expect((await change('attitude', 'neutral', { code: 'neutral', label_zh: '中立' })).status).toBe(200);
  });

  test('by the dictionary at once a code cannot be changed or left out either', async () => {
    const { label_zh, label_en, items, version: at } = await get('attitude');
    const renamed = items.map((item: Json, i: number) => ({ ...sent(item), ...(i === 0 ? { code: 'other' } : {}) }));
    for (const wrong of [renamed, items.slice(1).map(sent)]) {
      const { status, body } = await ask('PUT', 'dictionaries/attitude', {
        label_zh,
        label_en,
        items: wrong,
        version: at,
      });
      expect([status, body.fields[0].rule]).toEqual([422, 'read_only']);
    }
  });

  test('names, order and colours of a dictionary at once; the trail keeps the old label (PLT-06)', async () => {
    const { items, version: at } = await get('contact_kind');
    const turned = items.map(sent).reverse();
    turned[0] = { ...turned[0], label_zh: '同行', extra: { color: 'pink' } };
    const body = { label_zh: '联系人分类', label_en: 'Contacts', items: turned, version: at };
    const { status, body: changed } = await ask('PUT', 'dictionaries/contact_kind', body);
    expect([status, changed.label_zh, changed.version]).toEqual([200, '联系人分类', at + 1]);
    expect(changed.items[0]).toMatchObject({
      code: 'competitor',
      label_zh: '同行',
      position: 0,
      extra: { color: 'pink' },
    });
    const [row] = await trail('dictionary:contact_kind');
    expect(row).toMatchObject({ action: 'dictionary.changed', detail: { changed: 1 } });
    expect(row?.detail.changes[0].before.label_zh).toBe('竞争对手');
  });

  test('a label that another item has is refused with 409 (PLT-06)', async () => {
    const { status, body } = await change('won_reason', 'price', { label_zh: '  品牌 ' });
    expect([status, body.code]).toEqual([409, 'DICTIONARY_LABEL_TAKEN']);
    expect((await add('won_reason', { code: 'luck', label_zh: '品牌' })).body.code).toBe('DICTIONARY_LABEL_TAKEN');
  });

  test('of two who change it from the same version one does', async () => {
    const at = await version('lost_reason');
    const body = (label_zh: string) => ({ code: label_zh, label_zh, version: at });
    const both = await Promise.all(['x1', 'x2'].map((one) => ask('POST', 'dictionaries/lost_reason/items', body(one))));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('an item is made once for one Idempotency-Key', async () => {
    const body = { code: 'once', label_zh: '一次', version: await version('hold_reason') };
    const first = await ask('POST', 'dictionaries/hold_reason/items', body, 'k-1');
    const again = await ask('POST', 'dictionaries/hold_reason/items', body, 'k-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await add('hold_reason', { code: 'once', label_zh: '两次' })).body.code).toBe('DICTIONARY_CODE_TAKEN');
  });

  test.each([
    ['a control character', { label_zh: 'a\u0007b' }],
    ['a code with a space', { code: 'a b' }],
    ['a colour there is not', { extra: { color: 'violet' } }],
    ['a key nobody reads', { extra: { weight: 3 } }],
    ['no label', { label_zh: '   ' }],
  ])('refused with 422: %s', async (_, wrong) => {
    expect((await add('asset_kind', { code: 'new', label_zh: '新', ...wrong })).status).toBe(422);
  });
});

describe('PLT-08 the default', () => {
  test('switched off it asks for a new one, which may be named in the same call', async () => {
    const refused = await change('lead_source', 'other', { active: false, is_default: false });
    expect([refused.status, refused.body.fields[0]]).toEqual([422, expect.objectContaining({ path: 'new_default' })]);
    const off = { active: false, is_default: false, new_default: 'phone' };
    const { status, body } = await change('lead_source', 'other', off);
    expect([status, itemOf(body, 'other').active, itemOf(body, 'phone').is_default]).toEqual([200, false, true]);
    const back = await change('lead_source', 'other', { active: true, is_default: true });
    expect(back.body.items.filter(({ is_default }: Json) => is_default).map(({ code }: Json) => code)).toEqual([
      'other',
    ]);
  });

  test('must be active', async () => {
    const wrong = await change('opportunity_type', 'renewal', { active: false, is_default: true });
    expect(wrong.status).toBe(422);
    const unknown = await change('opportunity_type', 'new', { is_default: false, new_default: 'nothing' });
    expect(unknown.status).toBe(422);
  });

  test('removed it asks for another, which then is the default', async () => {
    expect((await remove('payment_method', 'bank_transfer')).status).toBe(422);
    const { body } = await remove('payment_method', 'bank_transfer', 'alipay');
    expect(itemOf(body, 'alipay').is_default).toBe(true);
  });
});

describe('PLT-06 an item in use', () => {
  test('is removed only with another in its place, which is offered and put there in the same call', async () => {
    const records = aTableOf('contact_role', ['buyer', 'user', 'buyer']);
    services().dictionaries.usedBy(records);
    const refused = await remove('contact_role', 'buyer');
    expect([refused.status, refused.body.code]).toEqual([409, 'DICTIONARY_IN_USE']);
    expect(refused.body.details).toEqual({ count: 2, offer: 'decider' });
    for (const wrong of ['buyer', 'nothing']) expect((await remove('contact_role', 'buyer', wrong)).status).toBe(422);
    const { status, body } = await remove('contact_role', 'buyer', 'finance');
    expect([status, itemOf(body, 'buyer'), records.held]).toEqual([200, undefined, ['finance', 'user', 'finance']]);
    expect((await services().dictionaries.labels('contact_role')).get('buyer')).toEqual({ zh: '采购人', en: 'Buyer' });
    const last = (await trail('dictionary:contact_role')).at(-1);
    expect(last).toMatchObject({
      action: 'dictionary.item_removed',
      detail: { item: 'buyer', replace_with: 'finance' },
    });
  });

  test('an item nobody uses goes at once, and may come again', async () => {
    expect((await remove('contact_role', 'blocker')).status).toBe(200);
    const { status, body } = await add('contact_role', { code: 'blocker', label_zh: '阻力' });
    expect([status, body.items.at(-1)]).toEqual([201, expect.objectContaining({ code: 'blocker', label_zh: '阻力' })]);
  });
});

describe('CUS-10 grades of activity', () => {
  const put = async (points: Record<string, [number, number | null]>) => {
    const { label_zh, label_en, items, version: at } = await get('activity_grade');
    const with_ = ({ code, extra, ...item }: Json) => {
      const [from, to] = points[code] ?? [extra.from, extra.to];
      return { ...sent({ code, ...item }), extra: { ...extra, from, to } };
    };
    return ask('PUT', 'dictionaries/activity_grade', { label_zh, label_en, items: items.map(with_), version: at });
  };
  const points = (dictionary: Json) => dictionary.items.map(({ code, extra }: Json) => [code, extra.from, extra.to]);

  test('come as the formula has them', async () => {
    expect(points(await get('activity_grade'))).toEqual([
      ['active', 20, null],
      ['normal', 8, 19],
      ['low', 1, 7],
      ['dormant', 0, 0],
    ]);
  });

  test.each<[string, string, Record<string, [number, number | null]>]>([
    ['overlap', 'overlap', { normal: [7, 19] }],
    ['leave a gap', 'gap', { normal: [9, 19] }],
    ['do not begin with 0', 'gap', { dormant: [1, 1], low: [2, 7] }],
    ['have an end', 'gap', { active: [20, 99] }],
    ['have two without an end', 'overlap', { normal: [8, null] }],
    ['end before they begin', 'range', { normal: [8, 7] }],
  ])('thresholds that %s are refused with 422', async (_, rule, wrong) => {
    const { status, body } = await put(wrong);
    expect([status, body.fields[0].rule]).toEqual([422, rule]);
  });

  test('thresholds change together', async () => {
    const { status, body } = await put({ active: [30, null], normal: [8, 29] });
    expect([status, points(body).slice(0, 2)]).toEqual([
      200,
      [
        ['active', 30, null],
        ['normal', 8, 29],
      ],
    ]);
    expect((await change('activity_grade', 'low', { extra: { from: 2, to: 7 } })).status).toBe(422);
  });

  test('a grade in use is removed with another in its place, which takes its points', async () => {
    services().dictionaries.usedBy(aTableOf('activity_grade', ['low']));
    const refused = await remove('activity_grade', 'low');
    expect([refused.status, refused.body.details.count]).toEqual([409, 1]);
    expect((await remove('activity_grade', 'low', 'active')).status).toBe(422);
    const { status, body } = await remove('activity_grade', 'low', 'normal');
    expect([status, points(body)[1]]).toEqual([200, ['normal', 1, 29]]);
  });
});

describe('PLT-08 what other features ask', () => {
  test('an item is checked, and the answer names the field', async () => {
    const { dictionaries } = services();
    expect(await dictionaries.check('education', 'master', 'education')).toMatchObject({ label_zh: '硕士' });
    await change('education', 'primary', { active: false });
    for (const code of ['primary', 'nothing']) {
      await expect(dictionaries.check('education', code, 'person.education')).rejects.toMatchObject({
        status: 422,
        details: [expect.objectContaining({ path: 'person.education', rule: 'dictionary' })],
      });
    }
    expect((await dictionaries.items('education')).map(({ code }) => code)).not.toContain('primary');
    expect((await dictionaries.labels('education')).get('primary')).toEqual({ zh: '小学', en: 'Primary school' });
  });

  test('a change by another process counts at once', async () => {
    const { db, system: running } = system.at;
    const other = createDictionaryService({ db, audit: running.services.audit });
    const label = async () => (await other.labels('feedback_kind')).get('wish')?.zh;
    expect(await label()).toBe('建议');
    await change('feedback_kind', 'wish', { label_zh: '愿望' });
    expect(await label()).toBe('愿望');
  });

  test('what is undone with its transaction is not remembered', async () => {
    const { dictionaries } = services();
    const { db } = system.at;
    const first = async () => (await dictionaries.items('ticket_kind'))[0]?.label_zh;
    const label = async (text: string) => {
      await db.execute("UPDATE dictionary SET version = version + 1 WHERE code = 'ticket_kind'");
      await db.execute("UPDATE dictionary_item SET label_zh = ? WHERE dictionary = 'ticket_kind' AND position = 0", [
        text,
      ]);
    };
    const undone = db.transact(async () => {
      await label('幻');
      expect(await first()).toBe('幻');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    // The same version again, with other words.
    await db.transact(() => label('真'));
    expect(await first()).toBe('真');
  });
});
