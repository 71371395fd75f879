import { useArchive } from '../../../support/archive-system';
import { aPerson } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { ruleDesk, words } from './rule-desk';

const archive = useArchive();
const desk = ruleDesk(archive);
const now = () => Date.now() - 60_000;

test('WCM-03 a draft is judged by nobody; it is switched on after a dry run of that very version', async () => {
  const { body: rule } = await desk.make({ matchers: [words('暗号一')] });
  expect(rule).toMatchObject({ state: 'draft', version: 1, live_version: null });
  const early = await desk.turn(rule.id, 'on');
  expect([early.status, early.body.code]).toEqual([409, 'RULE_DRY_RUN_NEEDED']);
  await archive.said(archive.say('暗号一，还是草稿'));
  expect(await desk.found(rule)).toEqual([]);

  await desk.tries(rule.id);
  expect((await desk.turn(rule.id, 'on')).body).toMatchObject({ state: 'on', live_version: 1 });
  await archive.said(archive.say('暗号一，现在有效'));
  expect(await desk.found(rule)).toHaveLength(1);
});

test('WCM-03 a change holds for the next message once it was tried; until then the old version counts; two at once: one', async () => {
  const { api } = archive.at;
  const rule = await desk.on({ matchers: [words('暗号二')] });
  const settings = { name: '新', family: 'FEIDAN', category: 'off_book', severity: 'low' };
  const changed = { ...settings, definition: { matchers: [words('暗号三')] }, version: 1 };
  const both = await Promise.all([api.put(`rules/${rule.id}`, changed), api.put(`rules/${rule.id}`, changed)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('RULE_VERSION_CONFLICT');
  expect((await api.get(`rules/${rule.id}`)).body).toMatchObject({ state: 'on', version: 2, live_version: 1 });

  await archive.said(archive.say('暗号二'), archive.say('暗号三'));
  expect((await desk.found(rule)).map(({ features }) => features.rule_version)).toEqual([1]);
  expect((await desk.turn(rule.id, 'on', 2)).body.code).toBe('RULE_DRY_RUN_NEEDED');
  expect((await desk.turn(rule.id, 'on', 1)).body.code).toBe('RULE_VERSION_CONFLICT');
  await desk.tries(rule.id);
  await desk.turn(rule.id, 'on', 2);
  await archive.said(archive.say('暗号二'), archive.say('暗号三'));
  expect((await desk.found(rule)).map(({ detector, severity, version }) => [detector, severity, version])).toEqual([
    ['FEIDAN', 'low', 2],
    ['CONTENT_RULE', 'high', 1],
  ]);
  const { items } = (await api.get(`rules/${rule.id}/versions`)).body;
  expect(items.map(({ version, name, actor_name }: Record<string, unknown>) => [version, name, actor_name])).toEqual([
    [2, '新', 'test'],
    [1, '试', 'test'],
  ]);
});

test('WCM-03 what was on before is switched off and on again without another dry run', async () => {
  const rule = await desk.on({ matchers: [words('暗号四')] });
  await desk.turn(rule.id, 'off');
  await archive.said(archive.say('暗号四'));
  expect(await desk.found(rule)).toEqual([]);
  expect((await desk.turn(rule.id, 'on')).status).toBe(200);
  await archive.said(archive.say('暗号四'));
  expect(await desk.found(rule)).toHaveLength(1);
});

test('VIO-4 a changed word list counts for the next message', async () => {
  const { api } = archive.at;
  const list = { name: '货', category: 'other', words: ['旧暗语'] };
  const { body } = await api.post('archive/word-lists', list);
  const rule = await desk.on({ matchers: [{ kind: 'words', lists: [body.id] }] });
  const [old, tooEarly] = [archive.say('旧暗语'), archive.say('新暗语')];
  await archive.said(old, tooEarly);
  await api.put(`archive/word-lists/${body.id}`, { ...list, words: ['新暗语'], version: 1 });
  const [tooLate, fresh] = [archive.say('旧暗语'), archive.say('新暗语')];
  await archive.said(tooLate, fresh);
  const refs = async () => (await desk.found(rule)).map(({ evidence }) => evidence[0].ref);
  expect(await refs()).toEqual(await desk.idsOf(fresh, old));
  await api.put(`archive/word-lists/${body.id}`, { ...list, words: ['新暗语'], enabled: false, version: 2 });
  await archive.said(archive.say('新暗语'));
  expect(await refs()).toHaveLength(2);
});

test.each([
  [{ matchers: [{ kind: 'pattern', pattern: '(' }] }, 'definition.matchers.0.pattern', 'pattern'],
  [{ matchers: [{ kind: 'pattern', pattern: 'a*' }] }, 'definition.matchers.0.pattern', 'pattern'],
  [{ matchers: [words('a'), { kind: 'words', lists: ['nowhere'] }] }, 'definition.matchers.1.lists', 'unknown'],
  [{ matchers: [words('a')], conditions: { departments: [999] } }, 'definition.conditions.departments', 'unknown'],
  [{ matchers: [words('a')], conditions: { tags: ['et9'] } }, 'definition.conditions.tags', 'unknown'],
  [
    { matchers: [words('a')], conditions: { staff_excepted: ['x'] } },
    'definition.conditions.staff_excepted',
    'unknown',
  ],
  [{ matchers: [{ kind: 'words' }] }, 'definition.matchers.0.words', 'custom'],
  [{ matchers: [words('a', '。')] }, 'definition.matchers.0.words.1', 'custom'],
  [{ matchers: [{ kind: 'file', names: ['…'] }] }, 'definition.matchers.0.names.0', 'custom'],
  [{ matchers: [words('a')], exclusions: ['！？'] }, 'definition.exclusions.0', 'custom'],
  [{ matchers: [words('a')], least: 3 }, 'definition.window_minutes', 'custom'],
  [
    { matchers: [words('a')], conditions: { hours: { when: 'in', weekdays: [1], from: '18:00', to: '09:00' } } },
    'definition.conditions.hours.to',
    'custom',
  ],
])('VIO-4 what cannot be judged by is refused by name: %#', async (definition, path, rule) => {
  const { status, body } = await desk.make(definition);
  expect([status, body.fields]).toEqual([422, [expect.objectContaining({ path, rule })]]);
});

/** The ids of those that are read where they are said to stand. */
async function readable(examples: { message_id: string; conversation_id: string }[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { message_id, conversation_id } of examples) {
    const messages = await archive.at.api.all(`conversations/${conversation_id}/messages`);
    if (messages.some(({ id }) => id === message_id)) ids.push(message_id);
  }
  return ids;
}

test('WCM-03 a dry run counts by day, staff and matcher, names examples, and writes down nothing as found', async () => {
  const definition = { matchers: [words('试运行词'), { kind: 'words', words: ['变形词语'], fuzzy: true }] };
  const said = [
    archive.say('试运行词', { msgtime: now() }),
    archive.say('这里有变 形 词 语', { msgtime: now() }),
    archive.say('试运行词', { from: 'hu', msgtime: now() }),
    archive.say('试运行词', { msgtime: now() - 40 * 86_400_000 }),
  ];
  await archive.said(...said);
  const { body: rule } = await desk.make(definition);
  const { result, run, version } = await desk.tries(rule.id);
  expect([run.state, version]).toEqual(['succeeded', 1]);
  expect(result).toMatchObject({
    ...{ found: 3, fuzzy: 1, by_matcher: [2, 1] },
    by_staff: [
      { userid: 'lin', found: 2 },
      { userid: 'hu', found: 1 },
    ],
  });
  expect(await readable(result.examples)).toEqual(await desk.idsOf(...said.slice(0, 3)));
  expect(result.by_day).toEqual([{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), found: 3 }]);
  expect(await desk.found(rule)).toEqual([]);
  expect(await archive.at.db.query('SELECT id FROM risk_rule_hit WHERE rule_id = ?', [rule.id])).toEqual([]);
  const other = await desk.make(definition);
  expect((await archive.at.api.get(`rules/${other.body.id}/dry-runs/${run.id}`)).body.code).toBe('RULE_NO_DRY_RUN');
});

test('S9 WCM-03 who reads a dry run sees no numbers of themselves; that it was read is in the trail', async () => {
  const { db, api, system } = archive.at;
  const columns = 'id, userid, userid_key, status, direct_leaders, created_at, updated_at';
  const staff = `INSERT INTO staff (${columns}) VALUES ('s-mo', 'mo', 'mo', 'active', '[]', ?, ?)`;
  await db.execute(staff, [new Date(), new Date()]);
  await archive.said(
    archive.say('自己的词', { from: 'mo', msgtime: now() }),
    archive.say('自己的词', { msgtime: now() }),
  );
  const { body: rule } = await desk.make({ matchers: [words('自己的词')] });
  const { run, result } = await desk.tries(rule.id);
  expect(result.by_staff.map(({ userid }: { userid: string }) => userid).sort()).toEqual(['lin', 'mo']);

  const place = { access: system.services.access, db };
  const mo = await aPerson(place, { roles: ['compliance_officer'], name: 'mo', userid: 'mo' });
  const guard = aViewer(['security_admin'], { kind: 'account', id: 'guard' });
  const keeper = {
    name: '规则',
    about: '',
    reach: 'nobody' as const,
    permissions: ['rules:manage' as const],
    fields: {},
  };
  const { key } = await system.services.customRoles.create(keeper, guard);
  const other = await aPerson(place, { roles: [key], name: 'other' });
  const seenBy = async ({ headers }: typeof mo) => {
    const path = `${system.url}/api/v1/rules/${rule.id}/dry-runs/${run.id}`;
    const answer = await fetch(path, { headers: { connection: 'close', ...headers } });
    return ((await answer.json()) as { result: typeof result }).result;
  };
  expect((await seenBy(mo)).by_staff).toEqual([{ userid: 'lin', found: 1 }]);
  expect((await seenBy(mo)).examples).toHaveLength(1);
  expect(await seenBy(other)).toMatchObject({ found: 2, by_staff: [], examples: [] });
  const { items } = (await api.get('audit-events?action=rule.dry_run_opened')).body;
  expect(items[0]).toMatchObject({ target: `rule:${rule.id}`, actor: `account:${other.id}` });
});

test('S9 S11 an administrator cannot learn by a rule who says what: they neither write rules nor try them', async () => {
  const { system, db } = archive.at;
  const { body: rule } = await desk.make({ matchers: [words('探词')] });
  const { run } = await desk.tries(rule.id);
  const definition = { matchers: [words('探词')], conditions: { departments: [1] } };
  const settings = { name: '探', family: 'CONTENT_RULE', category: 'other', severity: 'low', definition };
  const from = new Date(now()).toISOString();
  for (const role of ['system_admin', 'security_admin']) {
    const { headers } = await aPerson({ access: system.services.access, db }, { roles: [role] });
    const status = async (method: string, path: string, body?: object) => {
      const sent = { method, headers: { connection: 'close', ...headers, 'content-type': 'application/json' } };
      const address = `${system.url}/api/v1/${path}`;
      return (await fetch(address, body ? { ...sent, body: JSON.stringify(body) } : sent)).status;
    };
    expect({
      write: await status('POST', 'rules', settings),
      tries: await status('POST', `rules/${rule.id}/dry-runs`, {}),
      numbers: await status('GET', `rules/${rule.id}/dry-runs/${run.id}`),
      looksBack: await status('POST', `rules/${rule.id}/scans`, { from, to: from }),
    }).toEqual({ write: 403, tries: 403, numbers: 404, looksBack: 403 });
  }
});

test('S9 WCM-03 nobody excepts themselves from a rule, in whatever case; somebody else may be excepted', async () => {
  const { access } = archive.at.system.services;
  await archive.at.db.transact(() => archive.at.system.services.staff.resolve(['Wei', 'hua']));
  const wei = await aPerson({ access, db: archive.at.db }, { roles: ['compliance_officer'], userid: 'Wei' });
  const send = async (method: string, path: string, staff_excepted: string[], more: object = {}) => {
    const definition = { matchers: [words('例外词')], conditions: { staff_excepted } };
    const settings = { name: '试', family: 'CONTENT_RULE', category: 'other', severity: 'high', definition };
    const answer = await fetch(`${archive.at.system.url}/api/v1/${path}`, {
      method,
      headers: { connection: 'close', ...wei.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...settings, ...more }),
    });
    const { id, code } = (await answer.json()) as { id?: string; code?: string };
    return { status: answer.status, id, code };
  };
  expect(await send('POST', 'rules', ['hua', 'WEI'])).toMatchObject({ status: 403, code: 'RULE_NOT_YOURS' });
  const { status, id } = await send('POST', 'rules', ['hua']);
  expect(status).toBe(201);
  expect(await send('PUT', `rules/${id}`, ['wei'], { version: 1 })).toMatchObject({ status: 403 });
  expect(await send('PUT', `rules/${id}`, [], { version: 1 })).toMatchObject({ status: 200 });
});

test('S13 what a rule looks for is sealed, and the trail does not name it', async () => {
  await desk.make({ matchers: [words('绝密词语')] });
  const rows = await archive.at.db.query('SELECT * FROM risk_rule_version');
  const trail = await archive.at.db.query<{ action: string }>("SELECT * FROM audit_event WHERE action LIKE 'rule.%'");
  expect(JSON.stringify([rows, trail])).not.toContain('绝密词语');
  expect(trail.length).toBeGreaterThan(0);
});

test('WCM-03 the rules that come with the product are there, and begin once', async () => {
  const { api, system } = archive.at;
  const starters = async () => (await api.all('rules')).filter(({ id }) => id.startsWith('starter-'));
  const before = await starters();
  await system.services.rules.book.begin();
  expect(await starters()).toEqual(before);
  const off = before.filter(({ state }) => state === 'off').map(({ id }) => id);
  expect(off).toEqual(['starter-phone-number']);
  expect(before).toHaveLength(26);
  const queried = await api.all('rules?family=PRIVATE_PAYMENT&state=on');
  expect(queried.map(({ id }) => id)).toEqual([
    'starter-bank-card',
    'starter-payment-code-and-words',
    'starter-private-payment',
    'starter-private-payment-mentioned',
  ]);
});

test('S12 VIO-4 who switches a rule or a word list off is seen: the officers and the security administrators are told', async () => {
  const { api, system, db } = archive.at;
  const watchers = await Promise.all(
    ['compliance_officer', 'security_admin', 'system_admin'].map((role) =>
      aPerson({ access: system.services.access, db }, { roles: [role] }),
    ),
  );
  const list = { name: '盯着的词', category: 'other', words: ['盯着'] };
  const { body: made } = await api.post('archive/word-lists', list);
  const change = (version: number, enabled: boolean) =>
    api.put(`archive/word-lists/${made.id}`, { ...list, enabled, version });
  const told = async () => {
    const sql = "SELECT account_id, params FROM notification WHERE kind = 'watch_lowered' ORDER BY id";
    const rows = await db.query<{ account_id: string; params: string }>(sql);
    return watchers.map(({ id }) =>
      rows.filter(({ account_id }) => account_id === id).map(({ params }) => JSON.parse(params)),
    );
  };
  const { id } = await desk.on({ matchers: [words('盯着')] }, { name: '盯着的规则' });
  await change(1, true);
  expect(await told()).toEqual([[], [], []]);
  await desk.turn(id, 'off');
  const rule = { actor: 'test', watch: 'rule', name: '盯着的规则' };
  expect(await told()).toEqual([[rule], [rule], []]);
  await change(2, false);
  await change(3, false);
  await desk.turn(id, 'on');
  const both = [rule, { actor: 'test', watch: 'word_list', name: '盯着的词' }];
  expect((await told()).map((some) => some.length)).toEqual([2, 2, 0]);
  expect((await told())[0]).toEqual(expect.arrayContaining(both));
  const trail = (await api.get(`audit-events?target=word_list:${made.id}`)).body.items;
  expect(trail.map(({ action }: { action: string }) => action)).toEqual([
    'word_list.changed',
    'word_list.disabled',
    'word_list.changed',
    'word_list.created',
  ]);
});
