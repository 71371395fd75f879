import { createServer } from 'node:http';
import request from 'supertest';
import { seconds } from '../../../../src/core/clock';
import { createAccessService } from '../../../../src/features/kernel/access';
import type { NewRole } from '../../../../src/features/kernel/access/custom-roles.schema';
import type { GrantablePermission } from '../../../../src/http/permissions';
import { builtInRoles, isBuiltIn, isCustom, type RoleKey, roleKeys } from '../../../../src/http/roles';
import { conflictIn, reserved } from '../../../../src/http/separation';
import { aPerson } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { movableClock, openAccess, serve } from '../support';

let at: Awaited<ReturnType<typeof openAccess>>;
let clock: ReturnType<typeof movableClock>;
beforeEach(async () => {
  clock = movableClock();
  at = await openAccess(clock);
});
afterEach(() => at.close());

const guard = aViewer(['security_admin'], { kind: 'account', id: 'guard' });
const role = (name: string, permissions: GrantablePermission[], more: Partial<NewRole> = {}): NewRole => ({
  ...{ name, about: '', reach: 'nobody', permissions, fields: {}, ...more },
});
const created = async (...given: Parameters<typeof role>): Promise<RoleKey> =>
  (await at.customRoles.create(role(...given), guard)).key;
const refusal = (rule: string) => ({ code: 'http.validation', details: [expect.objectContaining({ rule })] });

describe('PLT-02 a role of our own', () => {
  test('gives its holder its permissions, reach and fields, and nothing else', async () => {
    const fields = { 'relation.remark_mobiles': 'masked' } as const;
    const key = await created('外呼', ['relations:read', 'directory:read'], { reach: 'company', fields });
    const { viewer } = await aPerson(at, { roles: [key] });
    expect(viewer).toMatchObject({ roles: [key], reach: 'company', line: null, roleNames: { [key]: '外呼' } });
    expect([...viewer.permissions].sort()).toEqual(['directory:read', 'relations:read']);
    const { token } = await at.access.issueToken({ name: 'x', roles: [key] });
    expect([...((await at.access.viewerOfToken(token))?.permissions ?? [])]).toHaveLength(2);
  });

  test('a change counts for its holders within 5 s in every process; each version stays', async () => {
    const key = await created('报表', ['directory:read', 'runs:read']);
    const { sessionId } = await aPerson(at, { roles: [key] });
    const other = createAccessService({ ...at, clock });
    const grants = async () => [...((await other.session(sessionId))?.permissions ?? [])].sort();
    expect(await grants()).toEqual(['directory:read', 'runs:read']);
    const changed = await at.customRoles.change(key, { ...role('报表', ['directory:read']), version: 1 }, guard);
    expect(changed.version).toBe(2);
    clock.advance(seconds(5));
    expect(await grants()).toEqual(['directory:read']);
    const versions = await at.customRoles.versions(key);
    expect(versions.map(({ version, permissions }) => [version, permissions.length])).toEqual([
      [2, 1],
      [1, 2],
    ]);
    const [row] = (await at.audit.list({ limit: 1, action: 'role.changed' })).items;
    expect(row).toMatchObject({ target: `role:${key}`, detail: { version: 2, before: { grants: expect.any(Array) } } });
  });

  test('of two who change the same version one is told to look again', async () => {
    const key = await created('报表', ['directory:read']);
    const change = (name: string) =>
      at.customRoles.change(key, { ...role(name, ['runs:read']), version: 1 }, guard).catch(({ code }) => code);
    const outcomes = await Promise.all([change('甲'), change('乙')]);
    expect(outcomes.filter((one) => one === 'access.role_changed')).toHaveLength(1);
    expect(await at.customRoles.versions(key)).toHaveLength(2);
  });

  test('keys never collide with built-in ones, names are taken once, built-in roles never change', async () => {
    expect(roleKeys.filter((key) => key.startsWith('custom_') || isCustom(key))).toEqual([]);
    const key = await created('外呼', ['directory:read']);
    expect([isBuiltIn(key), isCustom(key)]).toEqual([false, true]);
    await expect(created(' 外呼'.trim(), ['runs:read'])).rejects.toMatchObject({ code: 'access.role_name_taken' });
    for (const builtIn of ['sales', 'system_admin']) {
      const change = at.customRoles.change(builtIn, { ...role('x', ['runs:read']), version: 1 }, guard);
      await expect(change).rejects.toMatchObject({ code: 'access.no_such_role' });
      await expect(at.customRoles.remove(builtIn, guard)).rejects.toMatchObject({ code: 'access.no_such_role' });
    }
  });

  test('a role that somebody holds is not removed; a removed one grants nothing and is not given', async () => {
    const key = await created('外呼', ['directory:read']);
    const { id, sessionId } = await aPerson(at, { roles: [key, 'sales'] });
    const inUse = { code: 'access.role_in_use', status: 409 };
    await expect(at.customRoles.remove(key, guard)).rejects.toMatchObject(inUse);
    await at.users.changeRoles(id, { roles: ['sales'] }, guard);
    const { id: tokenId } = await at.access.issueToken({ name: 'x', roles: [key] });
    await expect(at.customRoles.remove(key, guard)).rejects.toMatchObject(inUse);
    await at.access.revokeToken(tokenId, 'host');
    await at.customRoles.remove(key, guard);
    await expect(at.users.create({ name: 'x', roles: [key] }, guard)).rejects.toMatchObject({
      code: 'access.unknown_role',
    });
    await at.db.execute('UPDATE account SET roles = ? WHERE id = ?', [key, id]);
    clock.advance(seconds(5));
    expect(await at.access.session(sessionId)).toBeUndefined();
    expect((await created('外呼', ['directory:read'])) !== key).toBe(true);
    await expect(at.access.createUser({ name: 'x', roles: ['custom_000000000000'] })).rejects.toMatchObject({
      code: 'access.unknown_role',
    });
  });
});

describe('S11 what is kept apart', () => {
  test.each<[string, GrantablePermission[]]>([
    ['runs the server and reads customers', ['settings:write', 'relations:read']],
    ['draws lines and reads customers', ['reporting:write', 'relations:read']],
    ['runs the server and draws lines', ['settings:write', 'reporting:write']],
    ['runs the server and takes the trail away', ['settings:write', 'audit:export']],
    ['draws lines and takes the trail away', ['reporting:write', 'audit:export']],
    ['runs the server and tries rules', ['settings:write', 'rules:manage']],
    ['draws lines and tries rules', ['reporting:write', 'rules:manage']],
  ])('no role %s', async (_what, permissions) => {
    await expect(at.customRoles.create(role('x', permissions), guard)).rejects.toMatchObject(refusal('separation'));
  });

  test.each(reserved)('no role of our own has %s', async (permission) => {
    await expect(at.customRoles.create(role('x', [permission]), guard)).rejects.toMatchObject(refusal('reserved'));
  });

  test('every built-in role keeps to it', () => {
    for (const key of roleKeys) {
      const { grants, atTheTop = [] } = builtInRoles[key];
      expect([key, conflictIn(new Set([...grants, ...atTheTop]))]).toEqual([key, undefined]);
    }
  });

  test('neither do the roles of one account together, nor those of a token', async () => {
    const operator = await created('运维', ['settings:write', 'settings:read']);
    for (const roles of [
      [operator, 'sales'],
      ['system_admin', 'sales'],
      ['system_admin', 'finance'],
      [operator, 'security_admin'],
      [operator, 'finance'],
    ] as RoleKey[][]) {
      const body = { name: 'x', roles };
      await expect(at.users.create(body, guard)).rejects.toMatchObject(refusal('separation'));
      await expect(at.users.issueToken(body, guard)).rejects.toMatchObject(refusal('separation'));
    }
    const harmless = await created('通讯录', ['directory:read']);
    expect((await at.users.create({ name: 'x', roles: [operator, harmless] }, guard)).roles).toContain(operator);
  });

  test('a change never brings together what the holders must not have together', async () => {
    const key = await created('外呼', ['directory:read']);
    await at.users.create({ name: 'x', roles: [key, 'system_admin'] }, guard);
    const change = at.customRoles.change(key, { ...role('外呼', ['relations:read']), version: 1 }, guard);
    await expect(change).rejects.toMatchObject(refusal('separation'));
  });

  test('A9 nobody grows heavier by a change of their role; giving a heavy one needs a second person', async () => {
    const key = await created('外呼', ['directory:read']);
    await at.users.create({ name: 'x', roles: [key] }, guard);
    const change = at.customRoles.change(key, { ...role('外呼', ['settings:write']), version: 1 }, guard);
    await expect(change).rejects.toMatchObject({ code: 'access.role_in_use' });
    const operator = await created('运维', ['settings:write']);
    expect((await at.users.create({ name: '甲', roles: [operator] }, guard)).roles).toEqual([operator]);
    const second = at.users.create({ name: '乙', roles: ['system_admin'] }, guard);
    await expect(second).rejects.toMatchObject({ code: 'approval.required' });
  });
});

test('PLT-02 over the wire: made, listed beside the built-in ones, changed, removed; only with a fresh second factor', async () => {
  const server = createServer(serve(at));
  const { headers } = await aPerson(at, { roles: ['security_admin'] });
  const as = (call: request.Test) => call.set(headers);
  const body = { name: '外呼', reach: 'line', permissions: ['directory:read', 'relations:read'] };
  const made = await as(request(server).post('/roles')).send(body);
  expect([made.status, made.body.version]).toEqual([201, 1]);
  const listed = (await as(request(server).get('/roles'))).body.items;
  expect(listed).toHaveLength(roleKeys.length + 1);
  expect(listed.at(-1)).toMatchObject({ key: made.body.key, name: '外呼', reach: 'line' });
  const bad = await as(request(server).post('/roles')).send({ ...body, permissions: ['king:be'] });
  expect([bad.status, bad.body.fields[0].path]).toEqual([422, 'permissions.0']);
  const path = `/roles/${made.body.key}`;
  expect((await as(request(server).put(path)).send({ ...body, name: '外拨', version: 1 })).body.name).toBe('外拨');
  expect((await as(request(server).get(`${path}/versions`))).body.items).toHaveLength(2);
  expect((await as(request(server).delete(path))).status).toBe(204);
  clock.advance(seconds(300));
  expect((await as(request(server).post('/roles')).send(body)).body.code).toBe('SECOND_FACTOR_MISSING');
});
