import type { Server } from 'node:http';
import { createServer } from 'node:http';
import request from 'supertest';
import { days } from '../../../../src/core/clock';
import { insertRows } from '../../../../src/db/bulk';
import { actorOf, type Viewer } from '../../../../src/http/permissions';
import { aPerson } from '../../../support/people';
import { aViewer } from '../../../support/viewers';
import { movableClock, openAccess, serve } from '../support';

let services: Awaited<ReturnType<typeof openAccess>>;
let server: Server;
let clock: ReturnType<typeof movableClock>;
beforeEach(async () => {
  clock = movableClock();
  services = await openAccess(clock);
  server = createServer(serve(services));
});
afterEach(() => services.close());

const guard: Viewer = aViewer(['security_admin'], { id: 'guard' });
const inAYear = () => new Date(clock.now().getTime() + days(300));
const rolesOf = async (id: string) => (await services.users.list()).find((user) => user.id === id)?.roles;
const trail = async (action: string) => (await services.audit.list({ limit: 50, action })).items;
const refusal = (rule: string) => ({ code: 'http.validation', details: [expect.objectContaining({ rule })] });

/** The account of the first sign-in, and a session of it. */
async function owner() {
  const token = await services.access.issueSignInLink({ ttl: days(1) });
  const { viewer, sessionId } = await services.access.useSignInLink(token, { address: '127.0.0.1' });
  return { viewer, sessionId };
}

test('PLT-02 a user is let in with one link, which the trail knows without its secret', async () => {
  const created = await services.users.create({ name: '陈', roles: ['sales'] }, guard);
  const token = created.sign_in_path.split('=')[1] ?? '';
  const { viewer } = await services.access.useSignInLink(token, { address: '127.0.0.1' });
  expect(viewer).toMatchObject({ name: '陈', roles: ['sales'] });
  const [row] = await trail('account.created');
  expect(row).toMatchObject({ actor: actorOf(guard), target: `account:${created.id}` });
  const stored = JSON.stringify(await services.db.query('SELECT * FROM audit_event'));
  expect(stored).not.toContain(token);
});

test('S11 nobody changes their own roles, shuts themselves out or makes themselves a link', async () => {
  const { viewer } = await owner();
  const own = { code: 'access.own_roles', status: 403 };
  await expect(services.users.changeRoles(viewer.id, { roles: ['sales'] }, viewer)).rejects.toMatchObject(own);
  await expect(services.users.disable(viewer.id, viewer)).rejects.toMatchObject(own);
  await expect(services.users.signInLink(viewer.id, viewer)).rejects.toMatchObject(own);
});

test('S11 no account and no token holds two of the duties that watch each other', async () => {
  for (const roles of [
    ['system_admin', 'security_admin'],
    ['system_admin', 'compliance_officer'],
    ['security_admin', 'compliance_officer', 'sales'],
  ] as const) {
    const body = { name: 'x', roles: [...roles] };
    await expect(services.users.create(body, guard)).rejects.toMatchObject(refusal('separation'));
    await expect(services.users.issueToken(body, guard)).rejects.toMatchObject(refusal('separation'));
    const { id } = await services.users.create({ name: 'y', roles: ['sales'] }, guard);
    await expect(services.users.changeRoles(id, { roles: [...roles] }, guard)).rejects.toMatchObject(
      refusal('separation'),
    );
  }
});

test('S11 whoever set the server up hands each duty over, and does not get it back', async () => {
  const { viewer, sessionId } = await owner();
  expect(viewer.roles).toEqual(['system_admin', 'security_admin', 'compliance_officer', 'sales_manager']);
  const other = await services.users.create({ name: '王', roles: ['security_admin'] }, viewer);
  expect(await rolesOf(viewer.id)).toEqual(['system_admin', 'compliance_officer', 'sales_manager']);
  expect(await services.access.session(sessionId)).toBeUndefined();
  await services.users.create({ name: '李', roles: ['compliance_officer'] }, viewer);
  expect(await rolesOf(viewer.id)).toEqual(['system_admin', 'sales_manager']);
  await services.users.create({ name: '赵', roles: ['system_admin'] }, viewer);
  expect(await rolesOf(viewer.id)).toEqual(['system_admin', 'sales_manager']);
  expect(await rolesOf(other.id)).toEqual(['security_admin']);
  expect(await trail('account.roles_changed')).toHaveLength(2);
});

test('PLT-02 the last administrator can be neither removed nor shut out', async () => {
  const { viewer } = await owner();
  const last = { code: 'access.last_administrator', status: 409 };
  await expect(services.users.changeRoles(viewer.id, { roles: ['sales'] }, guard)).rejects.toMatchObject(last);
  await expect(services.users.disable(viewer.id, guard)).rejects.toMatchObject(last);
  for (const role of ['system_admin', 'security_admin'] as const) {
    await services.users.create({ name: role, roles: [role] }, viewer);
  }
  await services.users.disable(viewer.id, guard);
  await expect(services.users.disable(viewer.id, guard)).rejects.toMatchObject({ code: 'access.unknown_account' });
});

test('S6 other roles end the sessions', async () => {
  const created = await services.users.create({ name: '陈', roles: ['sales'] }, guard);
  const token = created.sign_in_path.split('=')[1] ?? '';
  const { sessionId } = await services.access.useSignInLink(token, { address: '127.0.0.1' });
  expect((await services.users.changeRoles(created.id, { roles: ['service'] }, guard)).roles).toEqual(['service']);
  expect(await services.access.session(sessionId)).toBeUndefined();
});

test('an external auditor comes for a time: without an end, or for more than a year, not at all', async () => {
  const body = { name: '审计', roles: ['auditor' as const] };
  await expect(services.users.create(body, guard)).rejects.toMatchObject(refusal('required'));
  const tooLong = new Date(clock.now().getTime() + days(400));
  await expect(services.users.create({ ...body, expires_at: tooLong }, guard)).rejects.toMatchObject(
    refusal('required'),
  );
  const past = new Date(clock.now().getTime() - 1);
  await expect(services.users.create({ ...body, expires_at: past }, guard)).rejects.toMatchObject(refusal('range'));
  const created = await services.users.create({ ...body, expires_at: inAYear() }, guard);
  const link = created.sign_in_path.split('=')[1] ?? '';
  const { sessionId } = await services.access.useSignInLink(link, { address: '127.0.0.1' });
  expect(await services.access.session(sessionId)).toBeDefined();
  clock.advance(days(301));
  expect(await services.access.session(sessionId)).toBeUndefined();
  const late = await services.access.issueSignInLink({ accountId: created.id, ttl: days(1) });
  const used = services.access.useSignInLink(late, { address: '127.0.0.1' });
  await expect(used).rejects.toMatchObject({ code: 'access.bad_link' });
});

test('a token stands for a member of the directory, and dies with their place in it', async () => {
  const at = clock.now();
  const columns = ['id', 'userid', 'userid_key', 'name', 'status', 'direct_leaders', 'created_at', 'updated_at'];
  await insertRows(services.db, { table: 'staff', columns }, [['s1', 'Chen', 'chen', '陈', 'active', '[]', at, at]]);
  const { token } = await services.users.issueToken({ name: 'x', roles: ['sales'], userid: 'CHEN' }, guard);
  expect(await services.access.viewerOfToken(token)).toMatchObject({ staffId: 's1', line: 's1' });
  expect((await services.users.tokens())[0]).toMatchObject({ userid: 'Chen', roles: ['sales'] });
  await services.db.execute("UPDATE staff SET status = 'disabled'");
  clock.advance(5000);
  expect(await services.access.viewerOfToken(token)).toBeUndefined();
  const unknown = services.users.issueToken({ name: 'x', roles: ['sales'], userid: 'nobody' }, guard);
  await expect(unknown).rejects.toMatchObject(refusal('unknown'));
});

test('PLT-02 over the wire: the matrix of roles, users and tokens, faults by field', async () => {
  const { headers } = await aPerson(services, { roles: ['security_admin'] });
  const as = (call: request.Test) => call.set(headers);
  const roles = await as(request(server).get('/roles'));
  expect(roles.body.items.map((role: { key: string }) => role.key)).toContain('auditor');
  const bad = await as(request(server).post('/users')).send({ name: ' ', roles: ['king'] });
  expect([bad.status, bad.body.fields.map((f: { path: string }) => f.path)]).toEqual([422, ['name', 'roles.0']]);
  const made = await as(request(server).post('/users')).send({ name: '陈', roles: ['sales'] });
  expect([made.status, made.body.sign_in_path]).toEqual([201, expect.stringMatching(/^\/sign-in#token=/)]);
  const link = await as(request(server).post(`/users/${made.body.id}/sign-in-links`));
  expect(link.status).toBe(201);
  expect((await as(request(server).post(`/users/${made.body.id}/disable`))).status).toBe(204);
  const issued = await as(request(server).post('/api-tokens')).send({ name: 't', roles: ['sales'] });
  expect((await as(request(server).get('/api-tokens'))).body.items).toHaveLength(1);
  expect((await as(request(server).delete(`/api-tokens/${issued.body.id}`))).status).toBe(204);
  expect((await as(request(server).get('/users'))).body.items[1]).toMatchObject({ name: '陈', userid: null });
});
