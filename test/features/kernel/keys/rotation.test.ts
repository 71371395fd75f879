import { createDataKey, firstKeys, Vault } from '../../../../src/core/vault';
import { createKeyRing } from '../../../../src/db/key-ring';
import { allEntities } from '../../../../src/entities';
import { createAuditRecorder } from '../../../../src/features/kernel/audit';
import { createEvidenceWriter } from '../../../../src/features/kernel/evidence';
import { createKeyService, createPlainTextSealing, type PlainRows } from '../../../../src/features/kernel/keys';
import { createSettingStore } from '../../../../src/features/kernel/settings/settings.store';
import { createJobQueue, createRuns, createWorker } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { until } from '../../../support/system';
import { aContact, aRelation, writer } from '../../relations/external-contacts/rows';
import { movableClock } from '../support';

const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');
const corpId = 'wwtest';
const minute = 60_000;

let at: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  at = await open();
});
afterEach(() => at.close());

/** A process: its vault knows the keys as they were when it started. */
async function open() {
  const clock = movableClock();
  const { db, close } = await openTestDatabase(allEntities, clock);
  const { logged, dropAnchors } = evidenceAt(db, clock);
  const { logger } = logged;
  for (const { version, wrapped } of firstKeys(masterKey, corpId)) {
    await db.execute('INSERT INTO data_key (version, wrapped, created_at) VALUES (?, ?, ?)', [
      version,
      wrapped,
      db.now(),
    ]);
  }
  const vault = new Vault(masterKey, corpId, firstKeysOf(await stored()));
  const queue = createJobQueue({ db });
  const audit = createAuditRecorder({ db, clock, evidence: createEvidenceWriter(db) });

  async function stored() {
    return db.query<{ version: number; wrapped: string; retired_at: unknown }>(
      'SELECT * FROM data_key ORDER BY version',
    );
  }

  /** What one process makes of the rotation. Short of `spreadMs` it waits for the clock to be moved. */
  function processWith(own: Vault, spreadMs = 0, tables: PlainRows[] = []) {
    const runs = createRuns({ db, queue, logger });
    const ring = createKeyRing({ db, vault: own, logger });
    const deps = { db, vault: own, audit, ring, runs, masterKey: () => masterKey, spreadMs };
    const keys = createKeyService(deps);
    const plain = createPlainTextSealing({ db, runs, tables });
    const worker = createWorker({ db, queue, handlers: runs.handlers(), logger });
    return { runs, ring, keys, plain, worker };
  }

  async function rotate(spreadMs?: number) {
    const { runs, keys, worker } = processWith(vault, spreadMs);
    const { id } = await keys.rotate({ actor: 'host', by: 'test' });
    worker.start();
    try {
      await until('the rotation ends', async () => !['queued', 'running'].includes((await runs.get(id)).state));
      return { ...(await runs.get(id)), keys: await keys.list() };
    } finally {
      await worker.stop({ graceMs: 1000 });
    }
  }

  return {
    db,
    clock,
    vault,
    stored,
    processWith,
    rotate,
    logged,
    async close() {
      await close();
      dropAnchors();
    },
  };
}

const firstKeysOf = (rows: { version: number; wrapped: string }[]) =>
  rows.map(({ version, wrapped }) => ({ version, wrapped }));

async function fill(rows = 1200) {
  const write = writer(at.db, at.vault);
  await write.contacts(...Array.from({ length: 3 }, (_, n) => aContact(n + 1, { extra: '{"a":1}' })));
  const phones = (n: number) => JSON.stringify([`1380000${String(n).padStart(4, '0')}`]);
  const relations = Array.from({ length: rows }, (_, n) =>
    aRelation(n + 1, `s${n}`, 'wm1', { remark_mobiles: phones(n) }),
  );
  await at.db.transact(() => write.relations(...relations));
  const settings = createSettingStore(at);
  await at.db.transact(() => settings.put({ name: 'WECOM_AGENT_SECRET', value: 'a secret', by: 'host' }));
  return settings;
}

const versions = async (table: string, column: string) => {
  const rows = await at.db.query<{ sealed: string }>(
    `SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`,
  );
  return [...new Set(rows.map(({ sealed }) => sealed.split('.')[0]))];
};

test('O7 a rotation seals every row anew, keeps what it says, and retires the old key', async () => {
  const settings = await fill();
  const { state, result, keys } = await at.rotate();
  expect([state, result]).toEqual(['succeeded', { version: 2, sealed: 1204, unreadable: 0 }]);
  expect(await versions('relation', 'personal')).toEqual(['v2']);
  expect(await versions('external_contact', 'extra')).toEqual(['v2']);
  expect((await settings.read()).map(settings.open)).toEqual(['a secret']);
  expect(keys.map(({ version, state: is }) => [version, is])).toEqual([
    [2, 'active'],
    [1, 'retired'],
  ]);
  const acts = await at.db.query<{ action: string }>('SELECT action FROM audit_event ORDER BY id');
  expect(acts.map(({ action }) => action)).toEqual(['key_rotation.started', 'data_key.made', 'data_key.rotated']);
});

test('O7 what somebody changes while their row is sealed anew stays as they wrote it', async () => {
  const settings = await fill(1);
  const other = new Vault(masterKey, corpId, firstKeysOf(await at.stored()));
  const theirs = createSettingStore({ db: at.db, vault: other });
  const open = jest.spyOn(at.vault, 'open').mockImplementationOnce((sealed, place) => {
    // Read already, not written yet: now comes the other.
    void theirs.put({ name: 'WECOM_AGENT_SECRET', value: 'newer', by: 'host' });
    return other.open(sealed, place);
  });
  await at.rotate();
  expect(open).toHaveBeenCalled();
  expect((await settings.read()).map(settings.open)).toEqual(['newer']);
  expect(await versions('setting', 'value')).toEqual(['v2']);
});

test('O7 nothing is sealed with a new key before every process had the time to learn of it', async () => {
  await fill(5);
  const other = new Vault(masterKey, corpId, firstKeysOf(await at.stored()));
  const { ring } = at.processWith(other);
  const rotation = at.rotate(10 * minute);
  await until('the key is made', async () => (await at.stored()).length === 3);
  await ring.refresh();
  expect([other.current, at.vault.current]).toEqual([1, 1]);
  expect(await versions('relation', 'personal')).toEqual(['v1']);
  const place = { table: 't', column: 'c', id: '1' };
  at.clock.advance(11 * minute);
  expect((await rotation).state).toBe('succeeded');
  // It has not looked again, yet what the others seal now it can open.
  expect(other.current).toBe(1);
  expect(other.open(at.vault.seal('theirs', place), place)).toBe('theirs');
  await ring.refresh();
  expect(other.current).toBe(2);
});

test('O7 a value that cannot be opened stays, is counted, and keeps its key', async () => {
  await fill(3);
  await at.db.execute(
    "UPDATE relation SET personal = 'v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==' WHERE staff_id = 's1'",
  );
  const { result, keys } = await at.rotate();
  expect(result).toMatchObject({ sealed: 6, unreadable: 1 });
  expect(keys.map(({ version, state }) => [version, state])).toEqual([
    [2, 'active'],
    [1, 'old'],
  ]);
});

test('O7 a retired key is destroyed by the first rotation a week later; the key of the index never is', async () => {
  await fill(1);
  await at.rotate();
  await at.rotate();
  expect((await at.stored()).map(({ version }) => version)).toEqual([0, 1, 2, 3]);
  at.clock.advance(8 * 24 * 60 * minute);
  await at.rotate();
  expect((await at.stored()).map(({ version }) => version)).toEqual([0, 3, 4]);
});

test('a key wrapped with another master key is not taken in', async () => {
  const foreign = createDataKey(Buffer.from('ABCDEF0123456789abcdef0123456789'), corpId, 7);
  expect(() => at.vault.adopt([foreign], at.clock.now())).toThrow(/original key/);
  expect(at.vault.current).toBe(1);
});

test('S15 what an older version left in plain text is sealed once, in steps', async () => {
  const seen: string[] = [];
  const aTable = (name: string, next: (after: string) => string | null): PlainRows => ({
    name,
    async sealNext(after) {
      seen.push(`${name}${after}`);
      return next(after);
    },
  });
  const tables = [aTable('a', (after) => (after === '' ? '5' : null)), aTable('b', () => null)];
  const { plain, runs, worker } = at.processWith(at.vault, 0, tables);
  await plain.start();
  expect((await runs.list({ limit: 5 })).items).toEqual([]);
  const row = ['wwtest', 'live', at.db.now()];
  await at.db.execute('INSERT INTO deployment (corp_id, mode, created_at) VALUES (?, ?, ?)', row);
  await plain.start();
  await plain.start();
  const { items } = await runs.list({ limit: 5 });
  expect(items).toHaveLength(1);
  worker.start();
  await until('it ends', async () => (await runs.get(items[0]?.id ?? '')).state === 'succeeded');
  await worker.stop({ graceMs: 1000 });
  expect(seen).toEqual(['a', 'a5', 'b']);
  await plain.start();
  expect((await runs.list({ limit: 5 })).items).toHaveLength(1);
});
