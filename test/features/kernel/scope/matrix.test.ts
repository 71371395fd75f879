import { permissions } from '../../../../src/http/permissions';
import { builtInRoles, guardedFields, type Role, type RoleDefinition, roleKeys } from '../../../../src/http/roles';
import type { Route } from '../../../../src/http/route';
import { routesOf } from '../../../../src/openapi';
import { type Json, useSystem } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { foundCompany } from './company';
import { routesByRole } from './routes-by-role';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 });
const tokens = new Map<Role, string>();
let routes: Route[] = [];
let ownToken = '';

beforeAll(async () => {
  const { services } = system.at.system;
  await foundCompany(system.at);
  await services.reporting.refresh();
  routes = routesOf(services);
  for (const role of roleKeys) {
    const { token } = await services.access.issueToken({ name: role, roles: [role], userid: 'Li' });
    tokens.set(role, token);
  }
  const { grants, reach, fields } = builtInRoles[ownRole.like];
  const body = { name: ownRole.name, about: '', reach, permissions: [...grants], fields };
  const { key } = await services.customRoles.create(body, aViewer(['security_admin']));
  ownToken = (await services.access.issueToken({ name: 'own', roles: [key], userid: 'Li' })).token;
});

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

/** A role of our own, and by which built-in role's line of the table it is judged: it has what that one has. */
const ownRole = { name: '外部复核', like: 'auditor' } as const;

/** What the server made of it; streams are left as soon as their head is there. */
async function answerTo(
  { method, path }: Route,
  token: string | undefined,
): Promise<{ status: number; code?: string }> {
  const gone = new AbortController();
  const address = path.replace(/:\w+/g, '999999').slice(1);
  const answer = await fetch(`${system.at.system.url}/api/v1/${address}`, {
    method: method.toUpperCase(),
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

  test.each<[string, Role]>([
    ...roleKeys.map((role): [string, Role] => [role, role]),
    ['a role of our own', ownRole.like],
  ])('%s: every route answers as the table says', async (name, role) => {
    const token = name === role ? tokens.get(role) : ownToken;
    const guarded = routes.filter((route) => !['public', 'person'].includes(routesByRole[nameOf(route)] ?? ''));
    const answered: [route: string, how: string][] = [];
    for (const route of guarded) {
      const answer = await answerTo(route, token);
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

/** The table of the routes as the roles would have it. */
const builtTable = (roles: Readonly<Record<Role, Pick<RoleDefinition, 'grants'>>>): Record<string, string> =>
  Object.fromEntries(
    routes.map((route) => {
      const { can } = route.spec;
      const holders = roleKeys.filter((role) => roles[role].grants.some((granted) => granted === can));
      return [nameOf(route), can === 'public' || can === 'self' ? can : holders.join(' ')];
    }),
  );

test('S9 removing any one grant of any role, or giving one more, makes the matrix differ from the table', () => {
  const expected = Object.fromEntries(
    Object.entries(routesByRole).map(([route, who]) => [route, who === 'person' ? 'self' : who]),
  );
  const inOrder = (who: string) =>
    who.includes(' ') ? roleKeys.filter((role) => who.split(' ').includes(role)).join(' ') : who;
  const table = Object.fromEntries(Object.entries(expected).map(([route, who]) => [route, inOrder(who)]));
  expect(builtTable(builtInRoles)).toEqual(table);
  const asked = new Set(routes.map(({ spec }) => spec.can));
  const unnoticed: string[] = [];
  let mutants = 0;
  for (const role of roleKeys) {
    for (const permission of permissions) {
      const { grants } = builtInRoles[role];
      const has = grants.includes(permission);
      const mutated = has ? grants.filter((one) => one !== permission) : [...grants, permission];
      const differs =
        JSON.stringify(builtTable({ ...builtInRoles, [role]: { grants: mutated } })) !==
        JSON.stringify(builtTable(builtInRoles));
      mutants += 1;
      // A permission that no route asks for is noticed by the list below.
      if (!differs && asked.has(permission)) unnoticed.push(`${role} ${permission}`);
    }
  }
  expect(unnoticed).toEqual([]);
  expect(mutants).toBe(roleKeys.length * permissions.length);
  // Decided inside a service, each with tests of its own there.
  const inside = ['exports:approve', 'access:approve', 'customers:all'];
  expect(permissions.filter((permission) => !asked.has(permission))).toEqual(inside);
});

test('S9 every role says what it makes of every guarded field, or shows none of it', () => {
  for (const role of roleKeys) {
    const { grants, fields } = builtInRoles[role];
    const unknown = Object.keys(fields).filter((path) => !guardedFields.some((field) => field === path));
    expect([role, unknown]).toEqual([role, []]);
    expect([role, grants.length]).toEqual([role, new Set(grants).size]);
  }
});
