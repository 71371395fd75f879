import { hours } from '../../../src/core/clock';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 6, externalContacts: 10, groupChats: 0, leavers: 0, seed: 47 });
beforeAll(() => system.at.syncAll());

/** A change with the method that the client of the tests lacks. */
async function send(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const { services } = system.at.system;
  const { token } = await services.access.issueToken({ name: path.slice(0, 40), roles: ['compliance_officer'] });
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    ...{ method, body: body ? JSON.stringify(body) : null },
    headers: { connection: 'close', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

async function aList(words: string[], name: string): Promise<Json> {
  const answer = await system.at.api.post('archive/word-lists', { name, category: 'private_payment', words });
  return answer.body;
}
const changeList = ({ id, name, category, version }: Json, change: object) =>
  send('PUT', `archive/word-lists/${id}`, { name, category, version, ...change });

const people = (): string[] => system.at.sandbox.world.followers().map(({ userid }) => userid);
const atWecom = () => [...system.at.sandbox.world.interceptRules.values()];
const ofList = ({ name }: Json) => atWecom().filter(({ rule_name }) => rule_name.startsWith(name));

async function created(list: Json, more: object = {}): Promise<Json> {
  const body = { list_id: list.id, type: 'warn', userids: people().slice(0, 2), semantics: ['phone'], ...more };
  const answer = await system.at.api.post('interception-rules', body);
  expect([answer.status, answer.body.state]).toEqual([201, 'waiting']);
  await system.at.settled();
  return answer.body;
}
const opened = async ({ id }: Json): Promise<Json> => (await system.at.api.get(`interception-rules/${id}`)).body;

test('VIO-1.5 a list becomes rules of at most 300 words; words WeCom does not take are counted', async () => {
  const words = Array.from({ length: 640 }, (_, n) => `词${n}`);
  const list = await aList([...words, '字'.repeat(40)], '大词库');
  const plan = await created(list);
  const rules = ofList(list);
  expect(rules.map(({ word_list }) => word_list.length)).toEqual([300, 300, 40]);
  expect(rules.flatMap(({ word_list }) => word_list)).toEqual(words);
  for (const rule of rules) {
    expect(rule).toMatchObject({
      intercept_type: 2,
      semantics_list: [1],
      user_list: people().slice(0, 2),
      byApp: true,
    });
    expect([...rule.rule_name].length).toBeLessThanOrEqual(20);
  }
  expect(await opened(plan)).toMatchObject({ state: 'pushed', left_out: 1, rules: [{ differences: [] }, {}, {}] });
});

test('VIO-1.5 a changed list is pushed by the schedule, with one rule less; a list that is off intercepts nothing', async () => {
  const { interception } = system.at.system.services;
  const list = await aList(
    Array.from({ length: 301 }, (_, n) => `旧${n}`),
    '变动词库',
  );
  const plan = await created(list);
  const ids = ofList(list).map(({ rule_id }) => rule_id);
  expect(ids).toHaveLength(2);
  const { id } = await lastRun();
  await interception.keepInStep();
  expect((await lastRun()).id).toBe(id);
  await changeList(list, { words: ['新词'] });
  await interception.keepInStep();
  await system.at.settled();
  expect(ofList(list)).toMatchObject([{ rule_id: ids[0], word_list: ['新词'] }]);
  await changeList({ ...list, version: 2 }, { words: ['新词'], enabled: false });
  await interception.keepInStep();
  await system.at.settled();
  expect([ofList(list), (await opened(plan)).state]).toEqual([[], 'pushed']);
  const { items } = (await system.at.api.get('interception-rules?limit=200')).body;
  expect(items.filter((rule: Json) => rule.interception_id === plan.id)).toEqual([
    { rule_id: null, name: '变动词库', created_at: null, state: 'intended', interception_id: plan.id },
  ]);
});

test('VIO-1.5 whom it holds for and how is changed by difference, also beyond a thousand at once', async () => {
  const list = await aList(['打我卡'], '范围词库');
  const many = Array.from({ length: 1500 }, (_, n) => `m${n}`);
  await system.at.db.transact(() => system.at.system.services.staff.resolve([...many, 'neu']));
  const plan = await created(list, { userids: many, department_ids: [2] });
  expect(ofList(list)[0]?.user_list).toHaveLength(1500);
  const body = { type: 'block', semantics: [], userids: ['m7', 'neu'], department_ids: [], version: 1 };
  const changed = await send('PUT', `interception-rules/${plan.id}`, body);
  await system.at.settled();
  expect([changed.status, changed.body.version]).toEqual([200, 2]);
  expect(ofList(list)).toMatchObject([
    { intercept_type: 1, semantics_list: [], user_list: ['m7', 'neu'], department_list: [] },
  ]);
  expect((await send('PUT', `interception-rules/${plan.id}`, body)).body.code).toBe('INTERCEPTION_VERSION_CONFLICT');
  const nobody = await send('PUT', `interception-rules/${plan.id}`, { ...body, userids: [], version: 2 });
  expect(nobody.status).toBe(422);
  expect(system.at.sandbox.ledger.violations).toEqual([]);
});

test('F1 VIO-1.5 a rule whose creation was never heard of is found by its name, and made once', async () => {
  const { faults, ledger } = system.at.sandbox;
  const list = await aList(['转我个人'], '断线词库');
  faults.set('reset', { only: ['externalcontact/add_intercept_rule'], count: 1 });
  const plan = await created(list);
  await system.at.runEnds('runs', (await lastRun()).id);
  const [rule, ...more] = ofList(list);
  expect(more).toEqual([]);
  expect((await opened(plan)).rules).toMatchObject([{ rule_id: rule?.rule_id, differences: [] }]);
  expect(
    ledger.facts.filter(({ kind }) => kind === 'intercept_rule_added').map(({ detail }) => detail.rule_id),
  ).toEqual(expect.arrayContaining([rule?.rule_id]));
});

const lastRun = async (): Promise<Json> =>
  (await system.at.api.get('runs?kind=interception-push&limit=1')).body.items[0];

test('VIO-1.5 what somebody edits in the console is shown as a difference, and undone by a push', async () => {
  const { control } = system.at.sandbox;
  const list = await aList(['私下转', '现金给我'], '被改词库');
  const plan = await created(list);
  const rule_id = ofList(list)[0]?.rule_id ?? '';
  control.editInterceptRule({
    rule_id,
    word_list: ['私下转', '别的'],
    intercept_type: 1,
    user_list: [people()[0] ?? ''],
  });
  expect((await opened(plan)).rules[0].differences).toEqual([
    { field: 'words', added: ['别的'], removed: ['现金给我'] },
    { field: 'type', added: ['block'], removed: ['warn'] },
    { field: 'userids', added: [], removed: [people()[1]] },
  ]);
  const push = await system.at.api.post(`interception-rules/${plan.id}/pushes`);
  await system.at.runEnds('runs', push.body.id);
  expect((await opened(plan)).rules[0].differences).toEqual([]);
  control.removeInterceptRule({ rule_id });
  expect((await opened(plan)).rules[0].differences).toMatchObject([{ field: 'gone' }]);
  const again = await system.at.api.post(`interception-rules/${plan.id}/pushes`);
  await system.at.runEnds('runs', again.body.id);
  expect(ofList(list)).toMatchObject([{ word_list: ['私下转', '现金给我'] }]);
});

test('VIO-1.5 others’ rules are shown and never touched; ours go with their interception', async () => {
  const { control } = system.at.sandbox;
  const foreign = control.addInterceptRule({ rule_name: '控制台规则', word_list: ['回扣'] });
  const list = await aList(['返点'], '短命词库');
  const plan = await created(list);
  const rules = await system.at.api.all('interception-rules');
  expect(rules.find(({ rule_id }) => rule_id === foreign.rule_id)).toMatchObject({
    state: 'foreign',
    interception_id: null,
  });
  expect(rules.find(({ interception_id }) => interception_id === plan.id)).toMatchObject({ state: 'ours' });
  const first = (await system.at.api.get('interception-rules?limit=2')).body;
  expect(first.items).toEqual(rules.slice(0, 2));
  expect((await send('DELETE', `interception-rules/${foreign.rule_id}`)).status).toBe(404);
  const removal = await send('DELETE', `interception-rules/${plan.id}`);
  await system.at.runEnds('runs', removal.body.id);
  expect(ofList(list)).toEqual([]);
  expect((await system.at.api.get(`interception-rules/${plan.id}`)).status).toBe(404);
  expect(atWecom().map(({ rule_id }) => rule_id)).toContain(foreign.rule_id);
});

test('VIO-1.5 beyond a hundred rules nothing is made; a push that failed is tried again the next day, or after a change', async () => {
  const { at } = system;
  const { interception } = at.system.services;
  const full = Array.from({ length: 100 }, (_, n) =>
    at.sandbox.control.addInterceptRule({ rule_name: `占位${n}`, word_list: ['x'] }),
  );
  const list = await aList(['垫付'], '超限词库');
  const plan = await created(list);
  expect(await lastRun()).toMatchObject({ state: 'failed', error: expect.stringContaining('100 interception rules') });
  expect(await opened(plan)).toMatchObject({ state: 'waiting', rules: [{ rule_id: null }] });
  const { id } = await lastRun();
  await interception.keepInStep();
  expect((await lastRun()).id).toBe(id);
  for (const one of full) at.sandbox.control.removeInterceptRule(one);
  await at.db.execute('UPDATE run SET created_at = ? WHERE id = ?', [new Date(at.db.now().getTime() - hours(25)), id]);
  await at.db.execute('UPDATE interception SET updated_at = ? WHERE id = ?', [new Date(0), plan.id]);
  await at.db.execute('UPDATE archive_word_list SET updated_at = ? WHERE id = ?', [new Date(0), list.id]);
  await interception.keepInStep();
  await at.settled();
  expect(ofList(list)).toHaveLength(1);
});

test('VIO-1.5 when WeCom does not answer, that is said', async () => {
  const { faults } = system.at.sandbox;
  faults.set('refused', { errcode: 48002, only: ['externalcontact/get_intercept_rule_list'] });
  const answer = await system.at.api.get('interception-rules');
  expect([answer.status, answer.body.code]).toEqual([502, 'INTERCEPTION_WECOM']);
  faults.clear();
});

test('VIO-1.5 whom nobody knows is named, when it is made and when it is changed', async () => {
  const list = await aList(['无人知'], '无人知');
  const plan = await created(list);
  const before = atWecom().length;
  const settings = {
    type: 'warn',
    userids: [people()[0]?.toUpperCase(), 'nobody-1', 'nobody-2'],
    department_ids: [1, 987_654],
  };
  const fields = [
    { path: 'userids', rule: 'unknown', message: 'nobody-1 is not known' },
    { path: 'userids', rule: 'unknown', message: 'nobody-2 is not known' },
    { path: 'department_ids', rule: 'unknown', message: '987654 is not known' },
  ];
  const made = await send('POST', 'interception-rules', { list_id: list.id, ...settings });
  expect([made.status, made.body.fields]).toEqual([422, fields]);
  const changed = await send('PUT', `interception-rules/${plan.id}`, { ...settings, version: 1 });
  expect([changed.status, changed.body.fields]).toEqual([422, fields]);
  expect(atWecom()).toHaveLength(before);
});
