import { days, hours, minutes, seconds } from '../../../../src/core/clock';
import { Account, Session } from '../../../../src/features/kernel/access/access.entity';
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

const from = { address: '10.0.0.7' };
const badLink = { code: 'access.bad_link', status: 401 };

const everyValue = async (): Promise<string> => {
  const tables = ['account', 'sign_in_link', 'session', 'api_token', 'audit_event'];
  return JSON.stringify(await Promise.all(tables.map((table) => services.db.query(`SELECT * FROM ${table}`))));
};
const trail = async () =>
  (await services.db.em.find(AuditEvent, { order: { id: 'ASC' } })).map((e) => `${e.action} ${e.reason ?? e.result}`);

/** A signed-in user with the given roles. */
async function signedIn(roles = ['sales']) {
  const user = await services.access.createUser({ name: '李雷', roles });
  const { viewer, sessionId } = await services.access.useSignInLink(user.token, from);
  return { user, viewer, sessionId };
}

describe('sign-in links', () => {
  test('S6: the first link makes the owner and signs them in', async () => {
    const { access } = services;
    expect(await access.firstStart()).toBe(true);
    const token = await access.issueSignInLink({ ttl: hours(1) });
    const { viewer, sessionId } = await access.useSignInLink(token, from);
    expect(viewer).toMatchObject({ kind: 'account', name: '管理员', roles: expect.arrayContaining(['system_admin']) });
    expect(await access.session(sessionId)).toEqual(viewer);
    expect(await access.firstStart()).toBe(false);
    expect(await trail()).toEqual(['sign_in_link.issued ok', 'account.created ok', 'session.opened ok']);
  });

  test('S6: a link works once', async () => {
    const token = await services.access.issueSignInLink({ ttl: hours(1) });
    await services.access.useSignInLink(token, from);
    await expect(services.access.useSignInLink(token, from)).rejects.toMatchObject(badLink);
    expect((await trail()).at(-1)).toBe('session.opened used');
  });

  test('S6: of two uses at the same time one wins', async () => {
    const token = await services.access.issueSignInLink({ ttl: hours(1) });
    const uses = await Promise.allSettled(Array.from({ length: 6 }, () => services.access.useSignInLink(token, from)));
    expect(uses.filter((use) => use.status === 'fulfilled')).toHaveLength(1);
    expect(uses.filter((use) => use.status === 'rejected').map((use) => use.reason)).toEqual(
      Array(5).fill(expect.objectContaining(badLink)),
    );
    expect(await services.db.em.count(Session)).toBe(1);
  });

  test('S6: two owner links used at the same time make one owner', async () => {
    const links = [
      await services.access.issueSignInLink({ ttl: hours(1) }),
      await services.access.issueSignInLink({ ttl: hours(1) }),
    ];
    const uses = await Promise.allSettled(links.map((token) => services.access.useSignInLink(token, from)));
    expect(uses.map((use) => use.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await services.db.em.count(Account)).toBe(1);
  });

  test('an owner link is not made once somebody has an account', async () => {
    await signedIn();
    await expect(services.access.issueSignInLink({ ttl: hours(1) })).rejects.toMatchObject({
      code: 'access.owner_exists',
    });
  });

  test('S6: an expired and an unknown link are refused alike, and both are recorded', async () => {
    const { token } = await services.access.createUser({ name: '李雷', roles: ['sales'] });
    clock.advance(days(1));
    await expect(services.access.useSignInLink(token, from)).rejects.toMatchObject(badLink);
    await expect(services.access.useSignInLink('nonsense', from)).rejects.toMatchObject(badLink);
    expect((await trail()).slice(-2)).toEqual(['session.opened expired', 'session.opened unknown']);
  });

  test('S6: links and sessions are stored hashed, and reach no audit row', async () => {
    const { user, sessionId } = await signedIn();
    expect(Buffer.from(user.token, 'base64url')).toHaveLength(32);
    expect(Buffer.from(sessionId, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    const stored = await everyValue();
    expect(stored).toContain('李雷');
    expect(stored).not.toContain(user.token);
    expect(stored).not.toContain(sessionId);
  });

  test('S16: a link whose audit row cannot be written is not spent', async () => {
    const { token } = await services.access.createUser({ name: '李雷', roles: ['sales'] });
    await services.db.query('ALTER TABLE audit_event RENAME TO audit_away');
    await expect(services.access.useSignInLink(token, from)).rejects.toThrow('audit_event');
    await services.db.query('ALTER TABLE audit_away RENAME TO audit_event');
    expect(await services.db.em.count(Session)).toBe(0);
    expect((await services.access.useSignInLink(token, from)).viewer.name).toBe('李雷');
  });
});

describe('sessions', () => {
  test('S6: end after 30 idle minutes', async () => {
    const { sessionId } = await signedIn();
    clock.advance(minutes(30) - 1);
    expect(await services.access.session(sessionId)).toMatchObject({ name: '李雷' });
    clock.advance(minutes(30));
    expect(await services.access.session(sessionId)).toBeUndefined();
  });

  test('S6: an auditor is out after 15', async () => {
    const { sessionId } = await signedIn(['auditor', 'sales']);
    clock.advance(minutes(15));
    expect(await services.access.session(sessionId)).toBeUndefined();
  });

  test('S6: end after 12 hours, however busy', async () => {
    const { sessionId } = await signedIn();
    for (let at = 0; at < 12 * 60 - 10; at += 10) {
      clock.advance(minutes(10));
      expect(await services.access.session(sessionId)).toBeDefined();
    }
    clock.advance(minutes(10) - 1);
    expect(await services.access.session(sessionId)).toBeDefined();
    clock.advance(1);
    expect(await services.access.session(sessionId)).toBeUndefined();
  });

  test('are touched at most once a minute and read at most once in 5 s', async () => {
    const { sessionId } = await signedIn();
    const query = jest.spyOn(services.db.source.manager.connection, 'createQueryRunner');
    for (let i = 0; i < 50; i++) await services.access.session(sessionId);
    const calls = query.mock.calls.length;
    expect(calls).toBeGreaterThan(0);
    for (let i = 0; i < 50; i++) await services.access.session(sessionId);
    expect(query.mock.calls).toHaveLength(calls);
    query.mockRestore();
    const opened = clock.now();
    const seen = async () => (await services.db.em.find(Session))[0]?.last_seen_at;
    clock.advance(seconds(59));
    await services.access.session(sessionId);
    expect(await seen()).toEqual(opened);
    clock.advance(seconds(5));
    await services.access.session(sessionId);
    expect(await seen()).toEqual(clock.now());
  });

  test('S6: ending one is felt at once here, and within 5 s by other processes', async () => {
    const { sessionId } = await signedIn();
    const other = createAccessService({ ...services, clock });
    expect(await other.session(sessionId)).toBeDefined();
    await services.access.endSession(sessionId, from.address);
    expect(await services.access.session(sessionId)).toBeUndefined();
    clock.advance(seconds(5));
    expect(await other.session(sessionId)).toBeUndefined();
    expect((await trail()).at(-1)).toBe('session.ended ok');
  });

  test('S6: all of an account are listed and ended together', async () => {
    const { user, sessionId } = await signedIn();
    const second = await services.access.issueSignInLink({ accountId: user.id, ttl: hours(1) });
    const { sessionId: secondId } = await services.access.useSignInLink(second, { address: '10.0.0.8' });
    const addresses = (await services.access.sessionsOf(user.id)).map((session) => session.address);
    expect(addresses.sort()).toEqual(['10.0.0.7', '10.0.0.8']);
    expect(await services.access.endSessionsOf(user.id, 'host')).toBe(2);
    expect(await services.access.session(sessionId)).toBeUndefined();
    expect(await services.access.session(secondId)).toBeUndefined();
  });

  test('S6: a disabled account is out, and its open links with it', async () => {
    const { user, sessionId } = await signedIn();
    const link = await services.access.issueSignInLink({ accountId: user.id, ttl: hours(1) });
    await services.access.disableUser(user.id, 'host');
    expect(await services.access.session(sessionId)).toBeUndefined();
    await expect(services.access.useSignInLink(link, from)).rejects.toMatchObject(badLink);
    await expect(services.access.issueSignInLink({ accountId: user.id, ttl: 1 })).rejects.toMatchObject({
      code: 'access.unknown_account',
    });
    await expect(services.access.disableUser(user.id, 'host')).rejects.toMatchObject({
      code: 'access.unknown_account',
    });
  });

  test('S6: a session opened while its account was being disabled stands for nobody', async () => {
    const { user, sessionId } = await signedIn();
    const link = await services.access.issueSignInLink({ accountId: user.id, ttl: hours(1) });
    await services.db.execute('UPDATE account SET disabled_at = ? WHERE id = ?', [clock.now(), user.id]);
    expect(await services.access.session(sessionId)).toBeUndefined();
    await expect(services.access.useSignInLink(link, from)).rejects.toMatchObject(badLink);
    expect((await trail()).at(-1)).toBe('session.opened account_disabled');
  });

  test('sessions past their limit are cleared away at the next sign-in', async () => {
    await signedIn();
    clock.advance(hours(12));
    const { user } = await signedIn();
    expect((await services.db.em.find(Session)).map((session) => session.account_id)).toEqual([user.id]);
  });
});
