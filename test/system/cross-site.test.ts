import type { Route } from '../../src/http/route';
import { routesOf } from '../../src/openapi';
import { aPerson, signedIn } from '../support/people';
import { useSystem } from '../support/system';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
let unsafe: Route[];
/** Programs sign what they send: a session gives them nothing, so nobody's browser can be made to send it. */
let signed: Route[];
let accountId: string;
let cookie: string;

beforeAll(async () => {
  const { services, db } = system.at.system;
  const changing = routesOf(services).filter(({ method }) => method !== 'get');
  unsafe = changing.filter(({ spec }) => !spec.signed);
  signed = changing.filter(({ spec }) => spec.signed);
  const person = await aPerson({ access: services.access, db }, { roles: ['finance'] });
  accountId = person.id;
  cookie = person.headers.cookie ?? '';
});

const host = (): string => new URL(system.at.system.url).host;
const json = { 'content-type': 'application/json' };
const ours = { 'x-requested-with': 'scrm' };

/** What another site can make a browser send, and what a careless client leaves out. */
const attacks: [what: string, headers: () => Record<string, string>][] = [
  ['a script of another origin that forges our header', () => ({ ...json, ...ours, origin: 'https://evil.example' })],
  ['a request of another site', () => ({ ...json, ...ours, 'sec-fetch-site': 'cross-site' })],
  ['a request of a sibling host', () => ({ ...json, ...ours, 'sec-fetch-site': 'same-site' })],
  ['a page without an origin', () => ({ ...json, ...ours, origin: 'null' })],
  ['another port of this machine', () => ({ ...json, ...ours, origin: 'http://127.0.0.1:1' })],
  ['an origin that only ends like ours', () => ({ ...json, ...ours, origin: `https://evil.example.${host()}` })],
  ['JSON without our header', () => ({ ...json })],
  ['JSON without our header that says it is ours', () => ({ ...json, 'sec-fetch-site': 'same-origin' })],
  ['JSON as text/plain', () => ({ 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' })],
  ['text/plain without any hint where from', () => ({ 'content-type': 'text/plain' })],
  ['a simple form', () => ({ 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' })],
  ['a form with a file', () => ({ 'content-type': 'multipart/form-data; boundary=x' })],
  ['our header with another word in it', () => ({ ...json, 'x-requested-with': 'XMLHttpRequest' })],
  ['an empty Authorization, to be spared the check', () => ({ ...json, authorization: '' })],
];

async function send({ method, path }: Pick<Route, 'method' | 'path'>, headers: Record<string, string>) {
  const address = `${system.at.system.url}/api/v1${path.replace(/:\w+/g, '999999')}`;
  const answer = await fetch(address, { method: method.toUpperCase(), headers: { ...headers, cookie }, body: '{}' });
  const text = await answer.text();
  return { status: answer.status, code: text.startsWith('{') ? JSON.parse(text).code : undefined };
}

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

test('S5 there are unsafe routes of every method that the API has', () => {
  expect([...new Set(unsafe.map(({ method }) => method))].sort()).toEqual(['delete', 'patch', 'post', 'put']);
  expect(unsafe.length).toBeGreaterThan(35);
});

test.each(attacks)('S5 every unsafe route refuses %s', async (_what, headers) => {
  const passed: string[] = [];
  for (const route of unsafe) {
    const { status, code } = await send(route, headers());
    if (status !== 403 || code !== 'CROSS_SITE') passed.push(`${nameOf(route)}: ${status} ${code}`);
  }
  expect(passed).toEqual([]);
});

test('S5 S6 what a program signs is refused with anything but a signature, whoever is signed in', async () => {
  expect(signed.map(nameOf)).toEqual(['POST /device-reports']);
  const body = { device: 'phone', userid: 'lin', peer: 'wm1', action: 'chat_deleted', at: new Date().toISOString() };
  const answer = await fetch(`${system.at.system.url}/api/v1/device-reports`, {
    ...{ method: 'POST', headers: { ...json, ...ours, cookie } },
    body: JSON.stringify({ ...body, nonce: 'n'.repeat(32) }),
  });
  expect(answer.status).toBe(401);
  expect(await system.at.db.query('SELECT id FROM device_report')).toEqual([]);
});

test('S5 a method that is not there, such as PATCH, opens no way around', async () => {
  const patched = new Set(unsafe.filter(({ method }) => method === 'patch').map(({ path }) => path));
  for (const { path } of unsafe.filter((route) => !patched.has(route.path))) {
    const { status } = await send({ method: 'patch', path }, { ...json, origin: 'https://evil.example' });
    expect([path, status]).toEqual([path, 405]);
  }
});

test('S5 the same requests from our own page are not taken for foreign', async () => {
  const { services, db } = system.at.system;
  for (const route of unsafe) {
    const own = await signedIn({ access: services.access, db }, accountId);
    cookie = own.headers.cookie ?? '';
    const { code } = await send(route, {
      ...json,
      ...ours,
      origin: system.at.system.url,
      'sec-fetch-site': 'same-origin',
    });
    expect([nameOf(route), code]).not.toEqual([nameOf(route), 'CROSS_SITE']);
  }
});
