import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { seconds } from '../../../../src/core/clock';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { movableClock, openAccess, serve } from '../support';

let clock: ReturnType<typeof movableClock>;
let services: Awaited<ReturnType<typeof openAccess>>;
let server: Server;
let bearer: { authorization: string };
beforeEach(async () => {
  clock = movableClock();
  services = await openAccess(clock);
  server = createServer(serve(services)).listen(0);
  const { token } = await services.access.issueToken({ name: 'reader', roles: ['auditor'] });
  bearer = { authorization: `Bearer ${token}` };
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await services.close();
});

async function recordMany(count: number): Promise<void> {
  for (let i = 1; i <= count; i++) {
    clock.advance(seconds(1));
    await services.audit.record({ actor: 'host', action: 'thing.done', target: `thing:${i}`, result: 'ok' });
  }
}
const list = (query = '') => request(server).get(`/audit-events${query}`).set(bearer);

test('S16: an event shows who, when, from where, what, and how it ended', async () => {
  clock.advance(seconds(1));
  await services.audit.record({
    actor: 'account:1',
    action: 'thing.shown',
    target: 'thing:7',
    result: 'refused',
    reason: 'not yours',
    address: '10.0.0.7',
    detail: { pages: 2 },
  });
  const [event] = (await list()).body.items;
  expect(event).toEqual({
    id: expect.stringMatching(/^\d+$/),
    at: clock.now().toISOString(),
    actor: 'account:1',
    actor_name: null,
    action: 'thing.shown',
    target: 'thing:7',
    target_name: null,
    result: 'refused',
    reason: 'not yours',
    address: '10.0.0.7',
    detail: { pages: 2 },
    sealed: false,
  });
});

test('whoever acted is named, as long as we know them', async () => {
  const { id } = await services.access.issueToken({ name: 'Night report', roles: ['sales'] });
  const user = await services.access.createUser({ name: '李雷', roles: ['sales'] });
  for (const actor of [`token:${id}`, `account:${user.id}`, 'account:gone', 'host']) {
    await services.audit.record({ actor, action: 'thing.shown', target: 'thing:7', result: 'ok' });
  }
  const { items } = (await list('?action=thing.shown')).body;
  expect(items.map((event: { actor_name: string | null }) => event.actor_name)).toEqual([
    null,
    null,
    '李雷',
    'Night report',
  ]);
});

test('what was acted upon is named where its name is known; an external contact is not', async () => {
  const token = await services.access.issueToken({ name: 'Night report', roles: ['sales'] });
  const user = await services.access.createUser({ name: '李雷', roles: ['sales'] });
  for (const target of [`token:${token.id}`, `account:${user.id}`, 'account:gone', 'external_contact:wm1']) {
    await services.audit.record({ actor: 'host', action: 'thing.named', target, result: 'ok' });
  }
  const { items } = (await list('?action=thing.named')).body;
  expect(items.map((event: { target_name: string | null }) => event.target_name)).toEqual([
    null,
    null,
    '李雷',
    'Night report',
  ]);
});

test('pages run newest first, without gap or repeat while rows are added', async () => {
  await recordMany(12);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: request.Response = await list(`?limit=5&action=thing.done${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...page.body.items.map((event: { target: string }) => event.target));
    cursor = page.body.next_cursor;
    await recordMany(1);
  } while (cursor);
  expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `thing:${12 - i}`));
});

test('filters narrow the list; unknown ones and strange cursors are refused', async () => {
  await recordMany(3);
  expect((await list('?target=thing:2')).body.items).toHaveLength(1);
  expect((await list('?actor=account:1')).body.items).toEqual([]);
  expect((await list('?colour=red')).body.code).toBe('BAD_FILTER');
  expect((await list('?cursor=nonsense')).body.code).toBe('PAGING_BAD_CURSOR');
});

test('PLT-04: result and time narrow the list too; both ends count', async () => {
  const started = clock.now().getTime();
  await recordMany(4);
  const at = (n: number) => new Date(started + seconds(n)).toISOString();
  const targets = async (query: string) => {
    const { body } = await list(`?action=thing.done&${query}`);
    return body.items.map(({ target }: { target: string }) => target);
  };
  expect(await targets(`from=${at(2)}&to=${at(3)}`)).toEqual(['thing:3', 'thing:2']);
  expect(await targets(`from=${at(4)}`)).toEqual(['thing:4']);
  expect(await targets(`to=${at(1)}`)).toEqual(['thing:1']);
  expect(await targets('result=refused')).toEqual([]);
  expect((await list('?from=yesterday')).body.code).toBe('BAD_FILTER');
  expect((await list('?result=great')).body.code).toBe('BAD_FILTER');
});

test('S16 A2: an event shows whether the chain covers it; one is found by its id', async () => {
  await recordMany(1);
  const shown = async () => (await list('?limit=1')).body.items[0];
  expect((await shown()).sealed).toBe(false);
  await services.evidence.seal();
  const event = await shown();
  expect(event.sealed).toBe(true);
  expect((await request(server).get(`/audit-events/${event.id}`).set(bearer)).body).toEqual(event);
  expect((await request(server).get('/audit-events/999999').set(bearer)).body.code).toBe('AUDIT_NOT_FOUND');
});

test('S16: a row whose detail somebody spoilt is still shown', async () => {
  await recordMany(1);
  const runner = services.db.source.createQueryRunner();
  await runner.query('DROP TRIGGER TRG_audit_event_no_update');
  await runner.release();
  await services.db.execute("UPDATE audit_event SET detail = '{oops' WHERE target = 'thing:1'");
  expect((await list('?limit=1')).body.items[0].detail).toBe('{oops');
});

test('the trail is not for everybody', async () => {
  expect((await request(server).get('/audit-events')).status).toBe(401);
});

test('S16: the database itself refuses to change or remove a row', async () => {
  await recordMany(1);
  const { db } = services;
  await expect(db.execute("UPDATE audit_event SET actor = 'nobody'")).rejects.toThrow('audit_event is insert-only');
  await expect(db.execute('DELETE FROM audit_event')).rejects.toThrow('audit_event is insert-only');
  expect(await db.em.countBy(AuditEvent, { actor: 'nobody' })).toBe(0);
});

test('S16: the row goes when the act it proves is rolled back', async () => {
  const work = services.db.transact(async () => {
    await recordMany(1);
    throw new Error('the act failed');
  });
  await expect(work).rejects.toThrow('the act failed');
  expect(await services.db.em.countBy(AuditEvent, { action: 'thing.done' })).toBe(0);
});
