import request from 'supertest';
import { insertRows } from '../../../src/db/bulk';
import type { Database } from '../../../src/db/database';
import { createOverviewService } from '../../../src/features/insight/overview/overview.service';
import { createScopes } from '../../../src/features/kernel/scope';
import { coreServices, openApp, openWholeDatabase } from '../../http/support';
import { head } from '../../support/viewers';
import { addEvents } from './support';

const now = new Date('2026-03-02T08:30:00.000Z');
const clock = { now: () => now };
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const health = { report: async () => ({ level: 'ok' as const, checks: [] }) };
const config = { wecom: { mode: 'sandbox' as const } };

let db: Database;
let close: () => Promise<void>;
let core: ReturnType<typeof coreServices>;
beforeEach(async () => {
  ({ db, close } = await openWholeDatabase(clock));
  core = coreServices(db, clock);
});
afterEach(() => close());

const overviewOf = (keepMs = 0) =>
  createOverviewService({ scopes: createScopes(db), config, db, runs: core.runs, health, clock, keepMs });

test('an empty company is shown as such', async () => {
  expect(await overviewOf().view(head)).toEqual({
    mode: 'sandbox',
    connected: true,
    health: { level: 'ok', checks: [] },
    counts: {
      staff: 0,
      departed_staff: 0,
      departments: 0,
      external_contacts: 0,
      relations: {},
      group_chats: 0,
      corp_tags: 0,
    },
    events: {
      today: 0,
      pending: 0,
      parked: 0,
      last_received_at: null,
      oldest_pending_at: null,
      per_minute: Array(60).fill(0),
    },
    differences: { unconfirmed: 0, confirmed: 0, held: 0 },
    last_sync: null,
    restoration: null,
    last_reconciliation: null,
  });
});

test('callbacks are counted by minute, by Shanghai day and by state', async () => {
  // Midnight in Shanghai was 16:00 UTC the day before.
  await addEvents(db, [new Date('2026-03-01T15:59:59.999Z'), new Date('2026-03-01T16:00:00.000Z')]);
  await addEvents(db, [ago(61), ago(59.5), ago(59.1), ago(1.5)]);
  await addEvents(db, [ago(0.9)], 'parked');
  await addEvents(db, [ago(0.5), ago(0.1)], 'pending');
  const overview = overviewOf();
  const { events } = await overview.view(head);
  expect(events).toMatchObject({
    today: 8,
    pending: 2,
    parked: 1,
    last_received_at: ago(0.1).toISOString(),
    oldest_pending_at: ago(0.5).toISOString(),
  });
  expect(events?.per_minute).toEqual([2, ...Array(57).fill(0), 1, 3]);
  expect(await overview.inboxBacklog()).toEqual({ pending: 2, parked: 1, oldest_pending_seconds: 30 });
});

test('the last hour is read in steps, over more callbacks than one step holds', async () => {
  await addEvents(
    db,
    Array.from({ length: 5000 }, (_, i) => ago(65 - (i * 65) / 5000)),
  );
  const per_minute = (await overviewOf().view(head)).events?.per_minute ?? [];
  expect(per_minute.reduce((sum, n) => sum + n)).toBeGreaterThan(4550);
  expect(Math.min(...per_minute)).toBeGreaterThanOrEqual(75);
  expect(Math.max(...per_minute)).toBeLessThanOrEqual(78);
});

const difference = (state: string) => ['run', 'relation_missing', 'x', state, now];
const addDifferences = (states: string[]) =>
  insertRows(
    db,
    { table: 'difference', columns: ['run_id', 'kind', 'subject', 'state', 'found_at'] },
    states.map(difference),
  );
const addRelations = (count: number) => {
  const texts = ['remark', 'description', 'remark_corp_name', 'remark_mobiles'];
  const columns = [
    'id',
    'staff_id',
    'external_userid',
    'state',
    'spell',
    'started_at',
    ...texts,
    'add_way',
    'updated_at',
  ];
  return insertRows(
    db,
    { table: 'relation', columns },
    Array.from({ length: count }, (_, i) => {
      const state = i % 4 === 0 ? 'deleted_by_external' : 'active';
      return [`r${i}`, `s${i}`, 'wm1', state, 1, now, '', '', '', '', 0, now];
    }),
  );
};

test('differences that wait for somebody, relations by state, and the last runs', async () => {
  await addDifferences(['applied', 'unconfirmed', 'unconfirmed', 'confirmed', 'held', 'withdrawn']);
  await addRelations(8);
  const { id } = await core.runs.start('sync', { scope: 'all' }, 'test');
  const view = await overviewOf().view(head);
  expect(view.differences).toEqual({ unconfirmed: 2, confirmed: 1, held: 1 });
  expect(view.counts.relations).toEqual({ active: 6, deleted_by_external: 2 });
  expect(view.last_sync).toMatchObject({ id, state: 'queued' });
  expect(view.last_reconciliation).toBeNull();
});

test('many who look cost one count', async () => {
  const overview = overviewOf(60_000);
  const counts = jest.spyOn(db, 'query');
  await Promise.all(Array.from({ length: 20 }, () => overview.view(head)));
  const grouped = counts.mock.calls.filter(([sql]) => sql.includes('FROM relation '));
  expect(grouped).toHaveLength(1);
});

test('the route answers what it promises', async () => {
  const overview = overviewOf();
  await core.runs.start('sync', { scope: 'all' }, 'test');
  const app = await openApp({ services: { overview } });
  const response = await request(app.server).get('/api/v1/overview').set(app.bearer);
  expect([response.status, response.body.last_sync.kind]).toEqual([200, 'sync']);
  await app.close();
});
