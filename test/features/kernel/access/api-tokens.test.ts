import { minutes, seconds } from '../../../../src/core/clock';
import { ApiToken } from '../../../../src/features/kernel/access/access.entity';
import { createAccessService } from '../../../../src/features/kernel/access/access.service';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { movableClock, openAccess } from '../support';

let clock: ReturnType<typeof movableClock>;
let services: Awaited<ReturnType<typeof openAccess>>;
beforeEach(async () => {
  clock = movableClock();
  services = await openAccess(clock);
});
afterEach(() => services.close());

const issue = (more: { expiresAt?: Date } = {}) =>
  services.access.issueToken({ name: 'nightly', roles: ['sales', 'finance'], ...more });

test('S6: a token is stored hashed and stands for its roles', async () => {
  const { id, token } = await issue();
  expect(token).toMatch(/^scrm_[\w-]{43}$/);
  expect(await services.access.viewerOfToken(token)).toMatchObject({
    kind: 'token',
    id,
    name: 'nightly',
    roles: ['sales', 'finance'],
  });
  const stored = JSON.stringify([await services.db.em.find(ApiToken), await services.db.em.find(AuditEvent)]);
  expect(stored).toContain('nightly');
  expect(stored).not.toContain(token);
  expect(stored).not.toContain(token.slice('scrm_'.length));
});

test('an unknown token stands for nobody', async () => {
  expect(await services.access.viewerOfToken('scrm_nonsense')).toBeUndefined();
});

test('a token ends at its hour, even while it is remembered', async () => {
  const { token } = await issue({ expiresAt: new Date(clock.now().getTime() + minutes(1)) });
  clock.advance(minutes(1) - 1);
  expect(await services.access.viewerOfToken(token)).toBeDefined();
  clock.advance(1);
  expect(await services.access.viewerOfToken(token)).toBeUndefined();
});

test('S6: a revoked token is out at once here, and within 5 s in other processes', async () => {
  const { id, token } = await issue();
  const other = createAccessService({ ...services, clock });
  expect(await other.viewerOfToken(token)).toBeDefined();
  expect(await services.access.viewerOfToken(token)).toBeDefined();
  await services.access.revokeToken(id, 'host');
  expect(await services.access.viewerOfToken(token)).toBeUndefined();
  clock.advance(seconds(5));
  expect(await other.viewerOfToken(token)).toBeUndefined();
  await expect(services.access.revokeToken(id, 'host')).rejects.toMatchObject({ code: 'access.unknown_token' });
  const trail = (await services.audit.list({ limit: 9, target: `token:${id}` })).items.map((event) => event.action);
  expect(trail).toEqual(['api_token.revoked', 'api_token.issued']);
});

test('its last use is kept to the minute; the list shows no hash', async () => {
  const { id, token } = await issue();
  const lastUsed = async () => (await services.access.listTokens())[0]?.last_used_at;
  expect(await lastUsed()).toBeNull();
  await services.access.viewerOfToken(token);
  const first = clock.now();
  clock.advance(seconds(30));
  await services.access.viewerOfToken(token);
  expect(await lastUsed()).toEqual(first);
  clock.advance(seconds(30));
  await services.access.viewerOfToken(token);
  expect(await lastUsed()).toEqual(clock.now());
  const [shown] = await services.access.listTokens();
  expect(shown).toMatchObject({ id, name: 'nightly', roles: ['sales', 'finance'], revoked_at: null });
  expect(shown).not.toHaveProperty('token_hash');
});

test.each([[[]], [['sales', 'emperor']]])('the roles %j are refused', async (roles) => {
  await expect(services.access.issueToken({ name: 'x', roles })).rejects.toMatchObject({ code: 'access.unknown_role' });
  await expect(services.access.createUser({ name: 'x', roles })).rejects.toMatchObject({ code: 'access.unknown_role' });
  expect(await services.db.em.count(AuditEvent)).toBe(0);
});

test.each(['  ', '名'.repeat(129)])('the name "%s" is refused', async (name) => {
  await expect(services.access.issueToken({ name, roles: ['sales'] })).rejects.toMatchObject({
    code: 'access.bad_name',
  });
});
