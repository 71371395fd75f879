import type { Json } from '../../../support/system';
import { aTableOf, useConfiguring } from '../configuring';

const { system, as, ask, read, trail } = useConfiguring();

const list = async (kind: string): Promise<Json[]> => (await read(`categories?kind=${kind}&limit=200`)).items;
const make = (kind: string, name: string, more: Json = {}) => ask('POST', 'categories', { kind, name, ...more });
async function made(kind: string, name: string, parent_id: string | null = null): Promise<string> {
  return (await make(kind, name, { parent_id })).body.id;
}
async function change(id: string, to: Json) {
  const { name, parent_id, color, active, version } = await read(`categories/${id}`);
  return ask('PUT', `categories/${id}`, { name, parent_id, color, active, version, ...to });
}
async function remove(id: string, heir?: string) {
  const { version } = await read(`categories/${id}`);
  return ask('DELETE', `categories/${id}?version=${version}${heir ? `&replace_with=${heir}` : ''}`);
}
const rule = ({ status, body }: { status: number; body: Json }) => [status, body.fields?.[0]?.rule];
const names = (categories: Json[]) => categories.map(({ name, level }) => `${'  '.repeat(level - 1)}${name}`);

describe('CUS-12 categories', () => {
  test('of customers begin with 未分类, which stays', async () => {
    const [first] = await list('customer');
    expect(first).toMatchObject({ name: '未分类', is_default: true, level: 1, position: 0 });
    expect(await system.at.system.services.categories.defaultOf('customer')).toBe(first?.id);
    expect(rule(await remove(first?.id))).toEqual([422, 'default']);
    expect(rule(await change(first?.id, { active: false }))).toEqual([422, 'default']);
    await system.at.system.services.categories.begin();
    expect(await list('customer')).toHaveLength(1);
  });

  test('every role reads them, and only who configures the CRM changes them', async () => {
    expect((await as('service')('POST', 'categories', { kind: 'customer', name: 'x' })).status).toBe(403);
    expect((await as('finance')('GET', 'categories?kind=product')).status).toBe(200);
    expect((await ask('GET', 'categories/nothing')).body.code).toBe('CATEGORY_NOT_FOUND');
  });

  test('stand in four levels and no more', async () => {
    let parent: string | null = null;
    for (const name of ['一', '二', '三', '四']) parent = await made('product', name, parent);
    expect(rule(await make('product', '五', { parent_id: parent }))).toEqual([422, 'depth']);
    expect((await list('product')).map(({ level }) => level)).toEqual([1, 1, 2, 3, 4]);
    const two = (await list('product')).find(({ name }) => name === '二');
    expect((await system.at.system.services.categories.paths('product')).get(two?.id)).toEqual(['一', '二']);
  });

  test('a tree that is moved keeps the depth', async () => {
    const three = (await list('product')).find(({ name }) => name === '三');
    const top = await made('product', '甲');
    const under = await made('product', '乙', top);
    const low = await made('product', '丙', under);
    expect(rule(await change(three?.id, { parent_id: low }))).toEqual([422, 'depth']);
    expect((await change(three?.id, { parent_id: under })).status).toBe(200);
    expect(names(await list('product')).slice(-5)).toEqual(['甲', '  乙', '    丙', '    三', '      四']);
  });

  test('a circle is refused with 422', async () => {
    const top = await made('knowledge', '上');
    const low = await made('knowledge', '下', top);
    expect(rule(await change(top, { parent_id: low }))).toEqual([422, 'cycle']);
    expect(rule(await change(top, { parent_id: top }))).toEqual([422, 'cycle']);
    expect(rule(await change(top, { parent_id: 'nothing' }))).toEqual([422, 'not_found']);
    const other = (await list('customer'))[0]?.id;
    expect(rule(await change(top, { parent_id: other }))).toEqual([422, 'not_found']);
  });

  test('of two moves that would make a circle together only one is done', async () => {
    const [one, other] = [await made('knowledge', '左'), await made('knowledge', '右')];
    const both = await Promise.all([change(one, { parent_id: other }), change(other, { parent_id: one })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await list('knowledge')).map(({ name }) => name)).toEqual(expect.arrayContaining(['左', '右']));
  });

  test('have an order among their siblings', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.push(await made('complaint', name));
    await change(ids[2] ?? '', { position: 0 });
    expect(names(await list('complaint'))).toEqual(['c', '未分类', 'a', 'b']);
    await remove(ids[0] ?? '');
    expect((await list('complaint')).map(({ position }) => position)).toEqual([0, 1, 2]);
    expect((await make('complaint', 'd', { position: 1 })).body.position).toBe(1);
    await change(ids[1] ?? '', { color: 'blue' });
    expect(names(await list('complaint'))).toEqual(['c', 'd', '未分类', 'b']);
  });

  test('PLT-06 a name stands once among siblings; the trail keeps the old one', async () => {
    const id = await made('customer', '渠道');
    await made('customer', '直销');
    expect((await change(id, { name: ' 直销' })).body.code).toBe('CATEGORY_NAME_TAKEN');
    expect((await make('customer', '渠道')).status).toBe(409);
    expect((await make('customer', '渠道', { parent_id: id })).status).toBe(201);
    expect((await change(id, { name: '经销', color: 'teal' })).body).toMatchObject({ name: '经销', color: 'teal' });
    const last = (await trail(`category:${id}`)).at(-1);
    expect(last).toMatchObject({ action: 'category.changed', detail: { before: { name: '渠道' } } });
  });

  test('one with others under it, or of another version, stays', async () => {
    const id = await made('customer', '大区');
    await made('customer', '华东', id);
    expect((await remove(id)).body.code).toBe('CATEGORY_HAS_CHILDREN');
    expect((await change(id, { version: 9 })).body.code).toBe('STALE_VERSION');
  });

  test('PLT-06 one in use is removed only when another takes its records', async () => {
    const { categories } = system.at.system.services;
    const [used, heir] = [await made('customer', '旧'), await made('customer', '新')];
    const records = aTableOf('customer', [used, used]);
    categories.usedBy(records);
    const refused = await remove(used);
    expect([refused.status, refused.body.code]).toEqual([409, 'CATEGORY_IN_USE']);
    expect(refused.body.details).toEqual({ count: 2, offer: await categories.defaultOf('customer') });
    for (const wrong of [used, 'nothing', await categories.defaultOf('product')]) {
      expect(rule(await remove(used, wrong))).toEqual([422, 'not_found']);
    }
    expect((await remove(used, heir)).status).toBe(204);
    expect(records.held).toEqual([heir, heir]);
    await expect(categories.check('customer', used)).rejects.toMatchObject({ status: 422 });
    await expect(categories.check('customer', heir)).resolves.toBeUndefined();
  });

  test('one is made once for one Idempotency-Key', async () => {
    const body = { kind: 'product', name: '一次' };
    const [first, again] = [await ask('POST', 'categories', body, 'c-1'), await ask('POST', 'categories', body, 'c-1')];
    expect([first.status, again.body]).toEqual([201, first.body]);
  });
});
