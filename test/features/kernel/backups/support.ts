import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { newId } from '../../../../src/core/ids';
import { insertRows } from '../../../../src/db/bulk';
import type { Database } from '../../../../src/db/database';
import { findMasterKey, openDatabase } from '../../../../src/db/open';
import { openSnapshot } from '../../../../src/db/snapshot';
import { allEntities } from '../../../../src/entities';
import { createAuditRecorder } from '../../../../src/features/kernel/audit';
import { restoreBackup } from '../../../../src/features/kernel/backups';
import { writeBackup } from '../../../../src/features/kernel/backups/write-backup';
import { createEvidenceWriter } from '../../../../src/features/kernel/evidence';
import { createTestDatabase } from '../../../support/database';

/** A deployment that may be opened, closed, backed up and restored. */
export type Place = Awaited<ReturnType<typeof makePlace>>;

/** On SQLite in a file, or on the database that the tests run on. */
export async function makePlace(on: 'sqlite' | 'here' = 'here', env: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'scrm-backup-'));
  const { url, drop } = on === 'here' ? await createTestDatabase() : { url: 'sqlite:', drop: async () => undefined };
  const databaseUrl = url.startsWith('sqlite:') ? `sqlite:${join(dir, 'scrm.db')}` : url;
  const masterKey = randomBytes(32).toString('base64');
  const config = loadConfig({
    DATA_DIR: dir,
    DATABASE_URL: databaseUrl,
    WECOM_MODE: 'sandbox',
    MASTER_KEY: masterKey,
    ...env,
  });
  return {
    dir,
    config,
    url: databaseUrl,

    async use<T>(work: (db: Database) => Promise<T>): Promise<T> {
      const { db } = await openDatabase({ config, entities: allEntities, clock: systemClock, migrate: true });
      try {
        return await work(db);
      } finally {
        await db.source.destroy();
      }
    },

    /** With chunks so small that there are several. */
    backup: (name = 'a.backup', chunkBytes = 512) =>
      writeBackup({
        url: databaseUrl,
        masterKey: findMasterKey(config) ?? Buffer.alloc(32),
        file: join(dir, name),
        program: 'test',
        clock: systemClock,
        chunkBytes,
      }),

    restore: (file: string, more: { force?: boolean; recoveryKey?: string } = {}) =>
      restoreBackup({
        config,
        entities: allEntities,
        auditOf: (db) => createAuditRecorder({ db, clock: systemClock, evidence: createEvidenceWriter(db) }),
        file,
        force: false,
        clock: systemClock,
        ...more,
      }),

    files: () => readdirSync(dir).sort(),

    async drop(): Promise<void> {
      await drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What a phone number and a secret look like, so that they can be looked for. */
export const canaries = { phone: '13912345678', secret: 'canary-corpsecret-4f9a' };

/** A relation and its history, in one transaction; text that databases like to spoil. */
export const addRelation = (db: Database, n: number): Promise<unknown> =>
  db.transact(async () => {
    const id = newId();
    const at = new Date(Date.UTC(2026, 2, 2, 8, 0, 0, n % 1000));
    await insertRows(db, { table: 'relation', columns: relationColumns }, [
      [id, newId(), `wm${n}`, 'active', 1, at, `备注 ${n} 😀 \u2028 "\\\n`, '', '', canaries.phone, 3, at],
    ]);
    await insertRows(db, { table: 'relation_history', columns: historyColumns }, [
      [id, 'added', 'event', at, at, canaries.secret],
    ]);
  });

const relationColumns = [
  'id',
  'staff_id',
  'external_userid',
  'state',
  'spell',
  'started_at',
  'remark',
  'description',
  'remark_corp_name',
  'remark_mobiles',
  'add_way',
  'updated_at',
];
const historyColumns = ['relation_id', 'kind', 'source', 'occurred_at', 'recorded_at', 'detail'];

export async function fill(place: Place, relations = 20): Promise<void> {
  await place.use(async (db) => {
    const audit = createAuditRecorder({ db, clock: systemClock, evidence: createEvidenceWriter(db) });
    for (let n = 0; n < relations; n++) {
      await addRelation(db, n);
      await audit.record({ actor: 'host', action: 'thing.done', target: `thing:${n}`, result: 'ok' });
    }
    await db.execute('INSERT INTO department (id, sort, leaders, updated_at) VALUES (?, ?, ?, ?)', [
      '9007199254740993',
      '4294967296',
      '[]',
      new Date(0),
    ]);
  });
}

/** Rows of a table of a database, as they are. */
export async function rowsOf(place: Place, table: string): Promise<unknown[][]> {
  const snapshot = await openSnapshot(place.url);
  try {
    const rows: unknown[][] = [];
    const found = snapshot.tables.find(({ name }) => name === table);
    if (found) for await (const some of snapshot.rows(found)) rows.push(...some);
    return rows;
  } finally {
    await snapshot.close();
  }
}
