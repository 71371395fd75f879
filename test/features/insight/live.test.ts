import type { AddressInfo } from 'node:net';
import { createLiveFeed, type LiveFeed } from '../../../src/features/insight/overview/live';
import { authenticate } from '../../../src/features/kernel/access';
import { openApp, silent, type TestApp } from '../../http/support';
import { until } from '../../jobs/support';
import { addEvents } from './support';

interface Heard {
  event: string;
  id: string;
  data: { id: number | string; state: string; body?: string };
}

/** A reader of the feed, as a browser is one. */
async function listen(app: TestApp, headers: Record<string, string> = {}) {
  const heard: Heard[] = [];
  const left = new AbortController();
  const { port } = app.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/live`, {
    headers: { ...app.bearer, ...headers },
    signal: left.signal,
  });
  let ended = false;
  const read = async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      const parts = `${text}${Buffer.from(chunk)}`.split('\n\n');
      text = parts.pop() ?? '';
      heard.push(...parts.filter((part) => part.includes('data:')).map(parse));
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return { response, heard, leave: () => left.abort(), hasEnded: () => ended };
}

function parse(part: string): Heard {
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(part)?.[1] ?? '';
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
}

let app: TestApp;
let live: LiveFeed;
beforeEach(async () => {
  // The feed needs the database of the app, and the app needs the feed.
  app = await openApp({ services: { live: { serve: (ctx: Parameters<LiveFeed['serve']>[0]) => live.serve(ctx) } } });
  const pace = { pollMs: 20, recheckMs: 100 };
  live = createLiveFeed({ db: app.db, runs: app.runs, logger: silent, authenticate: authenticate(app.access), pace });
});
afterEach(() => app.close());

/** Polls begin by looking at what is there; this waits until that happened. */
const settled = () => new Promise((done) => setTimeout(done, 150));

test('a callback is told once as it comes, without its body, and again when its state changes', async () => {
  await addEvents(app.db, [new Date()]);
  const reader = await listen(app);
  expect(reader.response.status).toBe(200);
  expect(reader.response.headers.get('content-type')).toBe('text/event-stream');
  expect(reader.response.headers.get('content-encoding')).toBeNull();
  expect(reader.response.headers.get('content-security-policy')).toMatch(/default-src/);
  expect(reader.response.headers.get('x-content-type-options')).toBe('nosniff');
  await settled();
  expect(reader.heard).toEqual([]);
  await addEvents(app.db, [new Date()], 'pending');
  await until(() => reader.heard.length === 1);
  await app.db.execute("UPDATE inbox_event SET state = 'done' WHERE state = 'pending'");
  await until(() => reader.heard.length === 2);
  await settled();
  expect(reader.heard.map(({ event, id, data }) => [event, id, data.id, data.state])).toEqual([
    ['inbox', '2', 2, 'pending'],
    ['inbox', '2', 2, 'done'],
  ]);
  expect(JSON.stringify(reader.heard)).not.toContain('sealed-body');
  reader.leave();
});

test('a run is told when it starts and when it changes', async () => {
  const reader = await listen(app);
  await settled();
  const { id } = await app.runs.start('sync', { scope: 'all' }, 'test');
  await until(() => reader.heard.length === 1);
  await app.runs.cancel(id);
  await until(() => reader.heard.length === 2);
  expect(reader.heard.map(({ event, data }) => [event, data.id, data.state])).toEqual([
    ['run', id, 'queued'],
    ['run', id, 'cancelled'],
  ]);
  reader.leave();
});

test('a reader that was cut off goes on from the last event it saw', async () => {
  await addEvents(app.db, [new Date(), new Date(), new Date()]);
  const reader = await listen(app, { 'last-event-id': '1' });
  await until(() => reader.heard.length === 2);
  expect(reader.heard.map(({ id }) => id)).toEqual(['2', '3']);
  reader.leave();
});

test('of a long absence the newest 200 are told, oldest first', async () => {
  await addEvents(app.db, Array(450).fill(new Date()));
  const reader = await listen(app, { 'last-event-id': '0' });
  await until(() => reader.heard.length === 200);
  expect([reader.heard.at(0)?.id, reader.heard.at(-1)?.id]).toEqual(['251', '450']);
  reader.leave();
});

test('S6: whoever may no longer listen hears no more', async () => {
  const { id, token } = await app.access.issueToken({ name: 'leaver', roles: ['system_admin'] });
  const reader = await listen(app, { authorization: `Bearer ${token}` });
  const other = await listen(app);
  await settled();
  expect(reader.hasEnded()).toBe(false);
  await app.access.revokeToken(id, 'test');
  await until(() => reader.hasEnded());
  expect(other.hasEnded()).toBe(false);
  other.leave();
});

test('the tables are left alone while nobody listens, and a fault of theirs ends nothing', async () => {
  const reader = await listen(app);
  await settled();
  const broken = jest.spyOn(app.runs, 'list').mockRejectedValue(new Error('away'));
  await settled();
  broken.mockRestore();
  await addEvents(app.db, [new Date()]);
  await until(() => reader.heard.length === 1);
  reader.leave();
  await settled();
  const looks = jest.spyOn(app.runs, 'list');
  await settled();
  expect(looks).not.toHaveBeenCalled();
});
