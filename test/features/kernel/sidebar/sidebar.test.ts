import { createHash } from 'node:crypto';
import type { ContextQuery } from '../../../../src/features/kernel/sidebar/sidebar.schema';
import { createSignatures } from '../../../../src/features/kernel/sidebar/signatures';
import { viewerOf } from '../../../../src/http/permissions';
import type { Role } from '../../../../src/http/roles';
import { type Json, until, useSystem } from '../../../support/system';

const suite = useSystem({ env: { WECOM_JSSDK_URLS: 'https://sdk.example.com/a.js' } });
/** As the browser shows it. */
const page = () => `${suite.at.system.url}/sidebar/?from=chat`;

beforeAll(() => suite.at.syncAll());

const signatures = (url: string) => suite.at.api.get(`sidebar/signatures?url=${encodeURIComponent(url)}`);

async function staffId(userid: string): Promise<string> {
  const [row] = await suite.at.db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [userid]);
  if (!row) throw new Error(`nobody is called ${userid}`);
  return row.id;
}

async function contextFor(userid: string | null, query: ContextQuery, roles: Role[] = ['sales']) {
  const id = userid === null ? null : await staffId(userid);
  const viewer = viewerOf({
    kind: 'account',
    id: `account-${userid}`,
    name: 'x',
    roles,
    staffId: id,
    hasSuperior: true,
  });
  return suite.at.system.services.sidebar.context.of(query, viewer);
}

/** A relation that stands, by its two ids. */
function pair(): { userid: string; external_userid: string } {
  for (const [userid, { relations, departed_at }] of suite.at.sandbox.world.staff) {
    const [external_userid] = relations.keys();
    if (departed_at === undefined && external_userid) return { userid, external_userid };
  }
  throw new Error('nobody has a customer');
}

const stranger = (external_userid: string): string => {
  const found = [...suite.at.sandbox.world.staff.values()].find(
    ({ relations, departed_at, follower }) => follower && departed_at === undefined && !relations.has(external_userid),
  );
  if (!found) throw new Error('everybody follows them');
  return found.userid;
};

const sign = (ticket: string, { nonce_str, timestamp }: Json, url: string): string =>
  createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonce_str}&timestamp=${timestamp}&url=${url}`)
    .digest('hex');

test('WCM-10 a page of ours is signed with the ticket of the company and with that of the app', async () => {
  const { status, body } = await signatures(`${page()}#/somewhere`);
  expect([status, body.app_id, body.agent_id]).toEqual([200, suite.at.sandbox.corpId, suite.at.sandbox.agentId]);
  const [corp, agent] = await ticketsOf();
  expect(body.corp.signature).toBe(sign(corp, body.corp, page()));
  expect(body.agent.signature).toBe(sign(agent, body.agent, page()));
  expect(body.scripts).toEqual(['https://sdk.example.com/a.js']);
});

/** As the pretend company hands them out. */
async function ticketsOf(): Promise<[string, string]> {
  const { sandbox } = suite.at;
  const ask = async (path: string, query: Record<string, string>) =>
    (await (await fetch(`${sandbox.url}/cgi-bin/${path}?${new URLSearchParams(query)}`)).json()) as Json;
  const { access_token } = await ask('gettoken', { corpid: sandbox.corpId, corpsecret: sandbox.secrets.agent });
  const corp = await ask('get_jsapi_ticket', { access_token });
  const agent = await ask('ticket/get', { access_token, type: 'agent_config' });
  return [corp.ticket, agent.ticket];
}

test('WCM-10 one ticket of each kind is fetched, however many pages ask at once', async () => {
  const { ledger } = suite.at.sandbox;
  await suite.at.db.execute("UPDATE wecom_token SET expires_at = fetched_at WHERE app LIKE 'jsapi%'");
  await suite.at.restart();
  const before = { ...ledger.calls };
  await Promise.all(Array.from({ length: 12 }, () => signatures(page())));
  const asked = ['get_jsapi_ticket', 'ticket/get'].map((api) => (ledger.calls[api] ?? 0) - (before[api] ?? 0));
  expect(asked).toEqual([1, 1]);
});

test.each([
  ['https://evil.example.com/sidebar/', 'sidebar.foreign_url'],
  ['https://scrm.example.com.evil.example.com/', 'sidebar.foreign_url'],
  ['http://scrm.example.com/sidebar/', 'sidebar.foreign_url'],
  ['https://scrm.example.com:8443/sidebar/', 'sidebar.foreign_url'],
  ['https://scrm.example.com@evil.example.com/', 'sidebar.bad_url'],
  ['https://me@scrm.example.com/', 'sidebar.bad_url'],
  ['https:\\\\scrm.example.com/', 'sidebar.bad_url'],
  ['javascript:alert(1)', 'sidebar.bad_url'],
  ['/sidebar/', 'sidebar.bad_url'],
])('WCM-10 S8 with a public address nothing is signed for %s', async (url, code) => {
  const signs = createSignatures({
    config: { http: { publicUrl: 'https://scrm.example.com' }, wecom: { jsSdkUrls: [] } },
    wecom: { tickets: { sign: async () => ({ nonce: 'n', timestamp: 1, signature: 's' }) } },
    corpId: () => 'ww',
    agentId: () => 1,
  });
  await expect(signs.of('https://scrm.example.com/sidebar/', 'forged')).resolves.toMatchObject({ app_id: 'ww' });
  await expect(signs.of(url, 'evil.example.com')).rejects.toMatchObject({ status: 422, code });
});

test('WCM-10 S8 without one, only for this machine', async () => {
  const { status, body } = await signatures('https://evil.example.com/sidebar/');
  expect([status, body.code]).toEqual([422, 'SIDEBAR_FOREIGN_URL']);
  expect(body.details).toEqual({ expected: new URL(page()).origin, given: 'https://evil.example.com' });
});

test('WCM-10 what WeCom refused is said with its code, and nobody who is not signed in gets a signature', async () => {
  await suite.at.db.execute("UPDATE wecom_token SET expires_at = fetched_at WHERE app LIKE 'jsapi%'");
  await suite.at.restart();
  suite.at.sandbox.faults.set('refused', { only: ['get_jsapi_ticket'], errcode: 48001 });
  const refused = await signatures(page());
  suite.at.sandbox.faults.clear();
  expect([refused.status, refused.body.code]).toEqual([502, 'SIDEBAR_WECOM_REFUSED']);
  const stranger = await fetch(`${suite.at.system.url}/api/v1/sidebar/signatures?url=${encodeURIComponent(page())}`);
  expect(stranger.status).toBe(401);
});

test('WCM-10 whose the customer is: mine, of my line, of others, of nobody', async () => {
  const { userid, external_userid } = pair();
  const mine = await contextFor(userid, { external_userid });
  expect(mine).toMatchObject({ outcome: 'related', staff: { userid }, relation: { state: 'active' }, read_now: false });
  expect(await contextFor(stranger(external_userid), { external_userid })).toMatchObject({
    outcome: 'out_of_scope',
    relation: null,
  });
  const other = await contextFor(stranger(external_userid), { external_userid }, ['compliance_officer']);
  expect(other.outcome).toBe('not_related');
  expect((await contextFor(userid, { external_userid: 'wmNobodyAtAll' })).outcome).toBe('unknown');
  expect((await contextFor(null, { external_userid })).outcome).toBe('no_member');
});

test('WCM-10 a customer we do not know yet is read from WeCom, and only for whoever follows them', async () => {
  const { userid } = pair();
  suite.at.sandbox.faults.set('drop');
  const external_userid = suite.at.sandbox.control.addRelation({ userid }).external_userid;
  suite.at.sandbox.faults.clear();
  expect((await contextFor(stranger(external_userid), { external_userid })).outcome).toBe('out_of_scope');
  const count = 'SELECT COUNT(*) AS n FROM relation WHERE external_userid = ?';
  const [none] = await suite.at.db.query<{ n: unknown }>(count, [external_userid]);
  expect(Number(none?.n)).toBe(0);
  expect(await contextFor(userid, { external_userid })).toMatchObject({ outcome: 'related', read_now: true });
  expect(await contextFor(userid, { external_userid })).toMatchObject({ outcome: 'related', read_now: false });
});

test('WCM-10 a group chat is shown to whoever is in it', async () => {
  const chat = [...suite.at.sandbox.world.groupChats.values()].find(({ dismissed }) => !dismissed);
  const chat_id = chat?.chat_id ?? '';
  const inside = [...(chat?.members.keys() ?? [])].find((id) => suite.at.sandbox.world.staff.has(id)) ?? '';
  const isOutside = (id: string) => !chat?.members.has(id);
  const leadsNobody = [...suite.at.sandbox.world.staff.values()].filter(({ leads }) => leads.length === 0);
  const outside =
    leadsNobody.find(({ userid, departed_at }) => departed_at === undefined && isOutside(userid))?.userid ?? '';
  expect((await contextFor(inside, { chat_id })).outcome).toBe('related');
  expect((await contextFor(outside, { chat_id })).outcome).toBe('out_of_scope');
  expect((await contextFor(inside, { chat_id: 'wrNoSuchChat' })).outcome).toBe('unknown');
});

test('WCM-10 a member who has left is told so', async () => {
  const { userid, external_userid } = pair();
  const put = 'UPDATE staff SET status = ? WHERE userid = ?';
  await suite.at.db.execute(put, ['disabled', userid]);
  expect((await contextFor(userid, { external_userid })).outcome).toBe('left');
  await suite.at.db.execute(put, ['active', userid]);
});

test('WCM-10 one of the two is asked for', async () => {
  for (const query of ['', '?external_userid=a&chat_id=b']) {
    expect((await suite.at.api.get(`sidebar/context${query}`)).status).toBe(400);
  }
});

test('WCM-10 asking WeCom for people one does not have has an end', async () => {
  const { userid } = pair();
  const ask = () => contextFor(userid, { external_userid: 'wmGuessed' }, ['sales']);
  await suite.at.db.execute("UPDATE sign_in_attempts SET failures = 60 WHERE bucket LIKE 'sidebar_read:%'");
  await expect(ask()).rejects.toMatchObject({ code: 'sidebar.too_many' });
});

test('WCM-10 failures are counted by kind, told to administrators without what is personal, and have an end', async () => {
  const body = { step: 'config', code: 'wrong_domain', message: 'config:fail 13812345678' };
  const told = await Promise.all([1, 2].map(() => post('sidebar/failures', body)));
  expect(told).toEqual([204, 204]);
  const { items } = (await suite.at.api.get('sidebar/failures')).body;
  expect(items).toEqual([expect.objectContaining({ step: 'config', code: 'wrong_domain', times: 2 })]);
  expect(items[0].last_message).toBe('config:fail 138****5678');
  const trail = await suite.at.api.all('audit-events?action=sidebar.failed');
  expect(trail).toHaveLength(2);
  const { checks } = await suite.at.system.services.doctor.examine();
  expect(checks.find(({ key }) => key === 'sidebar')).toMatchObject({ level: 'warn' });
  for (let i = 0; i < 18; i++) await post('sidebar/failures', body);
  expect(await post('sidebar/failures', body)).toBe(429);
});

test('WCM-10 a signature that WeCom refused makes a ticket anew, but not twice in ten minutes', async () => {
  const { failures } = suite.at.system.services.sidebar;
  const viewer = viewerOf({
    kind: 'account',
    id: 'refused',
    name: 'x',
    roles: ['sales'],
    staffId: null,
    hasSuperior: true,
  });
  const refuse = () =>
    failures.report({ step: 'config', code: 'bad_signature', message: '' }, { viewer, address: '127.0.0.1' });
  const generation = async () => {
    // A refusal of before is remembered for a second.
    await until('WeCom is asked again', async () => (await signatures(page())).status === 200);
    const [row] = await suite.at.db.query<{ generation: unknown }>(
      "SELECT generation FROM wecom_token WHERE app = 'jsapi_corp'",
    );
    return Number(row?.generation);
  };
  const first = await generation();
  await refuse();
  expect(await generation()).toBe(first);
  const old = new Date(suite.at.db.now().getTime() - 11 * 60_000);
  await suite.at.db.execute("UPDATE wecom_token SET fetched_at = ? WHERE app = 'jsapi_corp'", [old]);
  await refuse();
  expect(await generation()).toBe(first + 1);
  await refuse();
  expect(await generation()).toBe(first + 1);
});

const post = async (path: string, body: object): Promise<number> => {
  const { token } = await tokenOf();
  const answer = await fetch(`${local()}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.status;
};

let held: Promise<{ token: string }> | undefined;
const tokenOf = () => {
  held ??= suite.at.system.services.access.issueToken({ name: 'phone', roles: ['sales'] });
  return held;
};
const local = () => suite.at.system.url;
