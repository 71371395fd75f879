import { builtInRoles, guardedFields, type Role, roleKeys } from '../../../../src/http/roles';
import type { Route } from '../../../../src/http/route';
import { routesOf } from '../../../../src/openapi';
import { type Json, useSystem } from '../../../support/system';
import { foundCompany } from './company';
import { routesByRole } from './routes-by-role';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
const tokens = new Map<Role, string>();
let routes: Route[] = [];

beforeAll(async () => {
  const { services } = system.at.system;
  await foundCompany(system.at);
  await services.reporting.refresh();
  routes = routesOf(services);
  for (const role of roleKeys) {
    const { token } = await services.access.issueToken({ name: role, roles: [role], userid: 'Li' });
    tokens.set(role, token);
  }
});

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

/** What the server made of it; streams are left as soon as their head is there. */
async function answerTo(
  { method, path }: Route,
  token: string | undefined,
): Promise<{ status: number; code?: string }> {
  const gone = new AbortController();
  const address = path.replace(/:\w+/g, '999999').slice(1);
  const answer = await fetch(`${system.at.system.url}/api/v1/${address}`, {
    method,
    redirect: 'manual',
    signal: gone.signal,
    headers: {
      connection: 'close',
      'content-type': 'application/json',
      'x-requested-with': 'scrm',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(method === 'get' || method === 'delete' ? {} : { body: '{"strange":true}' }),
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const text = isStream ? '' : await answer.text();
  gone.abort();
  return { status: answer.status, code: text.startsWith('{') ? (JSON.parse(text) as Json).code : undefined };
}

const isRefused = ({ status, code }: { status: number; code?: string }): boolean =>
  status === 401 || (status === 403 && code === 'FORBIDDEN') || (status === 404 && code === 'NOT_FOUND');

const mayCall = (role: Role, route: string): boolean =>
  routesByRole[route] === 'self' || (routesByRole[route] ?? '').split(' ').includes(role);

describe('S9 the permission matrix', () => {
  test('every route is in the table, and nothing else', () => {
    expect(routes.map(nameOf).sort()).toEqual(Object.keys(routesByRole).sort());
  });

  test('without signing in only the public ones answer', async () => {
    const open: string[] = [];
    for (const route of routes) if ((await answerTo(route, undefined)).status !== 401) open.push(nameOf(route));
    expect(open).toEqual(routes.map(nameOf).filter((name) => routesByRole[name] === 'public'));
  });

  test('what belongs to a person in a browser is not for tokens', async () => {
    const routesOfPeople = routes.filter((route) => routesByRole[nameOf(route)] === 'person');
    expect(routesOfPeople.length).toBeGreaterThan(0);
    for (const route of routesOfPeople) {
      expect([nameOf(route), (await answerTo(route, tokens.get('system_admin'))).status]).not.toEqual([
        nameOf(route),
        200,
      ]);
    }
  });

  test.each(roleKeys)('%s: every route answers as the table says', async (role) => {
    const guarded = routes.filter((route) => !['public', 'person'].includes(routesByRole[nameOf(route)] ?? ''));
    const answered: [route: string, how: string][] = [];
    for (const route of guarded) {
      const answer = await answerTo(route, tokens.get(role));
      expect([nameOf(route), answer.status]).not.toEqual([nameOf(route), 500]);
      answered.push([nameOf(route), isRefused(answer) ? 'refused' : 'answered']);
    }
    const expected = guarded.map(nameOf).map((name) => [name, mayCall(role, name) ? 'answered' : 'refused']);
    expect(answered).toEqual(expected);
  });
});

test('S9 role × field: every guarded field is shown as the table says', async () => {
  const shown: Record<string, unknown> = {};
  for (const role of roleKeys) {
    const headers = { authorization: `Bearer ${tokens.get(role)}` };
    const answer = await fetch(`${system.at.system.url}/api/v1/external-contacts/wmChen`, { headers });
    const [relation] = ((await answer.json()) as Json).relations ?? [];
    shown[role] = relation && [relation.remark_mobiles[0] ?? null, relation.description];
  }
  const [read, masked, note] = ['13800001111', '138****1111', 'met at the fair'];
  expect(shown).toEqual({
    ...{ system_admin: undefined, security_admin: undefined, finance: undefined },
    ...{ compliance_officer: [masked, '***'], auditor: [masked, '***'] },
    ...{ sales: [read, note], sales_manager: [read, note], service: [read, note], marketing: [masked, ''] },
  });
});

test('S9 every role says what it makes of every guarded field, or shows none of it', () => {
  for (const role of roleKeys) {
    const { grants, fields } = builtInRoles[role];
    const unknown = Object.keys(fields).filter((path) => !guardedFields.some((field) => field === path));
    expect([role, unknown]).toEqual([role, []]);
    expect([role, grants.length]).toEqual([role, new Set(grants).size]);
  }
});
