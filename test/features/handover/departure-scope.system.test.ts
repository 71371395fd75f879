import type { Role } from '../../../src/http/roles';
import { type Json, useSystem } from '../../support/system';
import { aViewer } from '../../support/viewers';
import { foundCompany } from '../kernel/scope/company';

const system = useSystem({ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0, seed: 93 });
const tokens = new Map<string, string>();
beforeAll(async () => {
  await foundCompany(system.at);
  await system.at.system.services.reporting.refresh();
  await gone('Chen');
});

async function gone(userid: string): Promise<void> {
  const { staff, reporting } = system.at.system.services;
  await system.at.db.transact(() => staff.depart([userid], system.at.db.now(), 'event'));
  await reporting.refresh();
}

async function as(name: string | null, role: Role, path: string, body?: object) {
  const { access } = system.at.system.services;
  const key = `${name} ${role}`;
  const issue = () => access.issueToken({ name: key, roles: [role], userid: name ?? undefined });
  const token = tokens.get(key) ?? (await issue()).token;
  tokens.set(key, token);
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const seen = async (name: string | null, role: Role = 'sales_manager'): Promise<string[]> =>
  (await as(name, role, 'departures')).body.items.map((one: Json) => one.userid).sort();
const left = async (name: string | null, role: Role = 'sales_manager'): Promise<string[]> =>
  (await as(name, role, 'leftovers')).body.items.map((one: Json) => one.id);

test('WCM-07 PLT-01 a manager sees the departures of their line: a leaver stays below whom they were below', async () => {
  const [{ id }] = (await as('Zhao', 'sales_manager', 'departures')).body.items;
  for (const name of ['Zhao', 'Li', 'Wang', null]) {
    expect([name, await seen(name), await left(name)]).toEqual([name, ['Chen'], ['wmChen', 'wrOne']]);
    expect((await as(name, 'sales_manager', `departures/${id}/external-contacts`)).body.items).toHaveLength(1);
  }
  expect([await seen('Qian'), await left('Qian')]).toEqual([[], []]);
  expect((await as('Qian', 'sales_manager', 'leftovers/summary')).body).toMatchObject({ leavers: 0, total: 0 });
  for (const path of ['', '/external-contacts', '/group-chats', '/subjects']) {
    expect((await as('Qian', 'sales_manager', `departures/${id}${path}`)).body.code).toBe('DEPARTURE_NOT_FOUND');
  }
});

test('S9 each permission opens what it is for and nothing else', async () => {
  const [{ id }] = (await as(null, 'auditor', 'departures')).body.items;
  for (const role of ['auditor', 'compliance_officer'] as const) {
    expect(await seen(null, role)).toEqual(['Chen']);
    expect((await as(null, role, 'leftovers/summary')).body.total).toBe(2);
    expect((await as(null, role, 'departures', { userid: 'Sun' })).status).toBe(403);
    const hand = { kind: 'collaborator', ids: ['x'], to: null };
    expect((await as(null, role, `departures/${id}/subjects/hand`, hand)).status).toBe(403);
  }
  for (const role of ['sales', 'service', 'marketing', 'finance', 'system_admin', 'security_admin'] as const) {
    expect((await as(null, role, 'departures')).status).toBe(403);
    expect((await as(null, role, 'leftovers')).status).toBe(403);
  }
});

test('WCM-07 nobody plans the departure of whom they are not above, and nobody is shown their own', async () => {
  expect((await as('Qian', 'sales_manager', 'departures', { userid: 'Sun' })).body.code).toBe(
    'DEPARTURE_STAFF_NOT_FOUND',
  );
  expect((await as('Li', 'sales_manager', 'departures', { userid: 'Li' })).body.code).toBe('DEPARTURE_STAFF_NOT_FOUND');
  const planned = await as('Li', 'sales_manager', 'departures', { userid: 'Zhao', note: 'not told yet' });
  expect(planned.status).toBe(201);
  expect(await seen('Li')).toEqual(['Chen', 'Zhao']);
  expect(await seen('Zhao')).toEqual(['Chen']);
  expect(await seen('Zhao', 'compliance_officer')).toEqual(['Chen']);
  expect(await seen('Sun', 'compliance_officer')).toEqual(['Chen']);
  expect((await as('Zhao', 'sales_manager', `departures/${planned.body.id}`)).status).toBe(404);
  const trail = async (name: string) =>
    (await as(name, 'compliance_officer', `audit-events?target=departure:${planned.body.id}`)).body.items.length;
  expect([await trail('Zhao'), await trail('Wang')]).toEqual([0, 1]);
  expect((await as('Li', 'sales_manager', `departures/${planned.body.id}/call-off`, {})).status).toBe(200);
});

test('WCM-07 those above are told of a departure, and sales managers whose line it is; nobody else', async () => {
  const { access } = system.at.system.services;
  const who: [string, Role, string | undefined][] = [
    ['Qian', 'sales_manager', 'Qian'],
    ['Li', 'sales_manager', 'Li'],
    ['Wang', 'sales_manager', 'Wang'],
    ['Zhao', 'service', 'Zhao'],
    ['head', 'sales_manager', undefined],
    ['officer', 'compliance_officer', undefined],
  ];
  for (const [name, role, userid] of who) await access.createUser({ name, roles: [role], userid });
  await gone('Sun');
  const rows = await system.at.db.query<{ name: string }>(
    `SELECT a.name FROM notification n JOIN account a ON a.id = n.account_id WHERE n.kind = 'staff_left' ORDER BY a.name`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['Li', 'Wang', 'Zhao', 'head']);
});

test('S9 whoever may not know of findings is not told of them here, and does not find by them', async () => {
  const { customRoles, access } = system.at.system.services;
  const permissions = ['handovers:read' as const];
  const role = { name: '交接查看', about: '', reach: 'company' as const, permissions, fields: {} };
  const { key } = await customRoles.create(role, aViewer(['security_admin']));
  const { token } = await access.issueToken({ name: 'own', roles: [key] });
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${token}`, connection: 'close' };
    const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, { headers });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const [{ id }] = (await ask('departures?q=Chen')).body.items;
  const list = await ask(`departures/${id}/external-contacts`);
  expect(list.body.items).toMatchObject([{ external_userid: 'wmChen', remark: 'secret Chen', open_findings: null }]);
  expect((await ask(`departures/${id}/external-contacts?has_finding=true`)).status).toBe(403);
  expect((await as(null, 'sales_manager', `departures/${id}/external-contacts`)).body.items).toMatchObject([
    { open_findings: 0 },
  ]);
});
