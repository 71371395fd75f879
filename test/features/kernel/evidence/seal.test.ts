import { seconds, sleep } from '../../../../src/core/clock';
import { auditStream } from '../../../../src/features/kernel/audit';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { createLeases } from '../../../../src/jobs';
import { evidenceAt } from '../../../support/evidence';
import { until } from '../../../support/system';
import { openAccess } from '../support';
import { record } from './support';

let services: Awaited<ReturnType<typeof openAccess>>;
beforeEach(async () => {
  services = await openAccess();
});
afterEach(() => services.close());

const links = () =>
  services.db.query<{ n: number | string; row_id: number | string }>('SELECT n, row_id FROM evidence_link ORDER BY n');
const pending = async () => (await services.db.query('SELECT row_id FROM evidence_pending')).length;

test('S16 A11: what is recorded is announced in the same transaction and sealed in order, without a gap', async () => {
  const { evidence } = services;
  await record(services, 1203);
  expect(await pending()).toBe(1203);
  expect(await evidence.seal()).toBe(1203);
  expect(await pending()).toBe(0);
  expect((await links()).map(({ n }) => Number(n))).toEqual(Array.from({ length: 1203 }, (_, i) => i + 1));
  expect(await evidence.verify()).toMatchObject({ ok: true, checked: 1203, faults: [] });
  expect(await evidence.seal()).toBe(0);
});

test('S16: a failing audit write fails the act', async () => {
  const { db, audit } = services;
  await db.em.query('DROP TABLE evidence_pending');
  const act = db.transact(async () => {
    await db.execute("INSERT INTO lease (name, owner, lease_until, token) VALUES ('act', 'me', ?, 1)", [db.now()]);
    await audit.record({ actor: 'host', action: 'thing.done', target: 'thing:1', result: 'ok' });
  });
  await expect(act).rejects.toThrow('evidence_pending');
  expect(await db.query("SELECT name FROM lease WHERE name = 'act'")).toEqual([]);
  expect(await db.em.countBy(AuditEvent, {})).toBe(0);
});

test('S16: the announcement goes when the act is rolled back; outside a transaction there is none', async () => {
  const { db, evidence } = services;
  const act = db.transact(async () => {
    await record(services, 2);
    throw new Error('the act failed');
  });
  await expect(act).rejects.toThrow('the act failed');
  expect(await pending()).toBe(0);
  await expect(evidence.append('audit', [1])).rejects.toThrow('transaction');
});

test('S16: a row with a lower id that is committed later is sealed later, and once', async () => {
  const { db, evidence } = services;
  await record(services, 3);
  // As a transaction that took its id first and ends last leaves it.
  const [held] = await db.query<{ row_id: number }>('SELECT row_id FROM evidence_pending WHERE row_id = 2');
  await db.execute('DELETE FROM evidence_pending WHERE row_id = 2');
  await evidence.seal();
  await db.execute("INSERT INTO evidence_pending (stream, row_id) VALUES ('audit', ?)", [Number(held?.row_id)]);
  await evidence.seal();
  expect((await links()).map(({ row_id }) => Number(row_id))).toEqual([1, 3, 2]);
  expect((await evidence.verify()).ok).toBe(true);
  // Announced a second time: it is not sealed a second time.
  await db.execute("INSERT INTO evidence_pending (stream, row_id) VALUES ('audit', 3)");
  expect(await evidence.seal()).toBe(0);
  expect(await pending()).toBe(0);
});

test('S16: several sealers at once seal every row once', async () => {
  const { db } = services;
  const others = Array.from({ length: 3 }, () => evidenceAt(db));
  await record(services, 700);
  const sealed = await Promise.all(others.map(({ evidence }) => evidence.seal()));
  expect(sealed.filter((n) => n !== null)).toEqual([700]);
  expect(await services.evidence.verify()).toMatchObject({ ok: true, checked: 700 });
  for (const { dropAnchors } of others) dropAnchors();
});

test('S16: a sealer that fails in the middle leaves whole batches; the next one goes on', async () => {
  const { db, evidence } = services;
  await record(services, 600);
  const [form] = auditStream.forms;
  const failing = (row: Record<string, unknown>) => {
    if (Number(row.id) === 550) throw new Error('no more');
    return form?.(row) ?? [];
  };
  const other = evidenceAt(db, undefined, { streams: [{ ...auditStream, forms: [failing] }] });
  await expect(other.evidence.seal()).rejects.toThrow('no more');
  other.dropAnchors();
  expect(await links()).toHaveLength(500);
  expect(await pending()).toBe(100);
  expect(await evidence.seal()).toBe(100);
  expect(await evidence.verify()).toMatchObject({ ok: true, checked: 600 });
});

test('S16: nothing is sealed while another process holds the lease', async () => {
  const { db, evidence } = services;
  await record(services, 1);
  const lease = await createLeases({ db }).acquire('evidence.seal', seconds(30));
  expect(await evidence.seal()).toBeNull();
  await lease?.release();
  expect(await evidence.seal()).toBe(1);
});

test('A2: a checkpoint is signed with the first links and after a thousand more', async () => {
  const { db, evidence } = services;
  await record(services, 1);
  await evidence.seal();
  await record(services, 1600);
  await evidence.seal();
  const rows = await db.query<{ n: unknown }>('SELECT n FROM evidence_checkpoint ORDER BY id');
  expect(rows.map(({ n }) => Number(n))).toEqual([1, 1001]);
  await evidence.seal({ sign: true });
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true, checkpoints: 3 });
  expect(await db.query('SELECT id FROM evidence_key')).toHaveLength(1);
});

test('S16: the loop seals within a second and stops', async () => {
  const { evidence } = services;
  evidence.sealer.start();
  await sleep(50);
  await record(services, 2);
  const began = performance.now();
  await until('the rows are sealed', async () => (await pending()) === 0, 3000);
  expect(performance.now() - began).toBeLessThan(1100);
  await evidence.sealer.stop();
  await record(services, 1);
  await sleep(800);
  expect(await pending()).toBe(1);
});
