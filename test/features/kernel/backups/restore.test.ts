import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { createDataSource } from '../../../../src/db/data-source';
import { openDatabase } from '../../../../src/db/open';
import { unfinishedRebuild } from '../../../../src/db/rebuild';
import { openSnapshot } from '../../../../src/db/snapshot';
import { allEntities } from '../../../../src/entities';
import { backupBeforeMigrations, readBackup } from '../../../../src/features/kernel/backups';
import { createRecoveryKey } from '../../../../src/features/kernel/backups/recovery-key';
import { silent } from '../../../http/support';
import { addRelation, fill, makePlace, type Place, rowsOf } from './support';

const places: Place[] = [];
const aPlace = async (...options: Parameters<typeof makePlace>): Promise<Place> => {
  const place = await makePlace(...options);
  places.push(place);
  return place;
};
afterEach(async () => {
  for (const place of places.splice(0)) await place.drop();
});

const keyOf = (place: Place) => ({ MASTER_KEY: String(place.config.masterKey) });

/** Content of every table that a restore does not itself write to. */
async function contents(place: Place): Promise<Record<string, string>> {
  // An index of the archive is made anew, and is a table on servers only.
  const own = ['migration', 'data_key', 'restoration', 'audit_event', 'evidence_pending', 'archive_index'];
  const snapshot = await openSnapshot(place.url);
  const names = snapshot.tables.map(({ name }) => name).filter((name) => !own.includes(name));
  await snapshot.close();
  const all = await Promise.all(names.map(async (name) => [name, JSON.stringify(await rowsOf(place, name))] as const));
  return Object.fromEntries(all);
}

test('O1, O2 a restore brings back every row, its triggers and its sealed values, on another database too', async () => {
  const from = await aPlace('sqlite');
  await fill(from);
  const { file } = await from.backup();
  const there = await aPlace('here', keyOf(from));
  const restored = await there.restore(file);
  expect(restored.rows).toBeGreaterThan(60);
  expect(await contents(there)).toEqual(await contents(from));
  expect((await rowsOf(there, 'department'))[0]).toContain('9007199254740993');

  const { file: back } = await there.backup('back.backup');
  const again = await aPlace('sqlite', keyOf(from));
  await again.restore(back);
  expect(await contents(again)).toEqual(await contents(from));
  const sumsOf = async (path: string) => {
    const { tables } = await readBackup(path, { masterKey: Buffer.from(String(from.config.masterKey), 'base64') });
    return tables.filter(({ name }) => !/^(audit_event|evidence_pending|restoration)$/.test(name));
  };
  expect(await sumsOf(back)).toEqual(await sumsOf(file));
});

test('S16 after a restore the evidence tables are guarded, and the restore stands in the trail', async () => {
  const place = await aPlace();
  await fill(place);
  const { file } = await place.backup();
  await place.restore(file, { force: true });
  await place.use(async (db) => {
    await expect(db.execute("UPDATE audit_event SET actor = 'nobody'")).rejects.toThrow(/insert-only/);
    await expect(db.execute('DELETE FROM audit_event')).rejects.toThrow(/insert-only/);
    await expect(db.execute('UPDATE relation_history SET ref = NULL')).rejects.toThrow(/insert-only/);
    await expect(db.execute('DELETE FROM relation_history')).rejects.toThrow(/insert-only/);
    const [event] = await db.query("SELECT * FROM audit_event WHERE action = 'backup.restored'");
    expect(event).toMatchObject({ actor: 'host', target: 'backup:a.backup', result: 'ok' });
    await addRelation(db, 5000);
  });
});

test('O1 a target with rows is refused unless forced; forced, nothing of it is left', async () => {
  const place = await aPlace();
  await fill(place, 3);
  const { file } = await place.backup();
  await place.use((db) => addRelation(db, 77));
  await expect(place.restore(file)).rejects.toMatchObject({ exitCode: 7, message: expect.stringMatching(/not empty/) });
  expect(await rowsOf(place, 'relation')).toHaveLength(4);
  await place.restore(file, { force: true });
  expect(await rowsOf(place, 'relation')).toHaveLength(3);
});

test('O1 a target that is in use is refused', async () => {
  const place = await aPlace();
  await fill(place, 3);
  const { file } = await place.backup();
  await place.use(async (db) => {
    await db.query('SELECT 1 AS one');
    await expect(place.restore(file, { force: true })).rejects.toThrow(/is using the database/);
  });
  expect(await rowsOf(place, 'relation')).toHaveLength(3);
});

test('O1, S10 the backup of another company, or of the sandbox, is refused', async () => {
  const place = await aPlace('sqlite');
  await fill(place, 1);
  const { file } = await place.backup();
  const other = await aPlace('here', { ...keyOf(place), WECOM_MODE: 'live', WECOM_CORP_ID: 'ww1' });
  await expect(other.restore(file)).rejects.toMatchObject({
    exitCode: 7,
    message: expect.stringContaining('is of the sandbox, and the settings are of company ww1'),
  });
  await other.use(async () => undefined);
  const mine = await other.backup('mine.backup');
  await expect(place.restore(mine.file, { force: true })).rejects.toThrow(/another master key|is of company ww1/);
});

test('O1, O4 a backup of a newer schema is refused, one of an older schema is migrated', async () => {
  const place = await aPlace();
  await fill(place, 2);
  await place.use((db) =>
    db.execute("INSERT INTO migration (timestamp, name) VALUES (9999999999998, 'FromTheFuture9999999999998')"),
  );
  const { file } = await place.backup();
  const target = await aPlace('sqlite', keyOf(place));
  await expect(target.restore(file)).rejects.toThrow(/newer version of this program \(it has FromTheFuture/);
  expect(existsSync(join(target.dir, 'scrm.db'))).toBe(false);

  const old = await aPlace('here', keyOf(place));
  const source = await (await createDataSource(old.url, allEntities)).initialize();
  const latest = source.migrations.length;
  Object.assign(source, { migrations: source.migrations.slice(0, -1) });
  await source.runMigrations();
  await source.query(
    "INSERT INTO deployment (corp_id, mode, created_at) VALUES ('wwsandbox00000001', 'sandbox', '2026-03-02 08:00:00.000')",
  );
  await source.destroy();
  const early = await old.backup('early.backup');
  await target.restore(early.file);
  expect(await rowsOf(target, 'migration')).toHaveLength(latest);
  expect(await rowsOf(target, 'deployment')).toHaveLength(1);
});

test('O1, S14 the recovery key alone restores when the master key is lost, and what was sealed opens again', async () => {
  const { text, publicKey } = createRecoveryKey();
  const place = await aPlace('sqlite', { MASTER_KEY: '' });
  const sealed = { table: 'setting', column: 'value', id: 'WECOM_AGENT_SECRET' };
  const { vault, db } = await openDatabase({
    config: place.config,
    entities: allEntities,
    clock: systemClock,
    migrate: true,
  });
  const value = vault.seal('hunter2', sealed);
  await db.execute('INSERT INTO recovery_key (public_key, created_at) VALUES (?, ?)', [publicKey, new Date()]);
  await db.source.destroy();
  const { file } = await place.backup();
  for (const name of ['scrm.db', 'master.key']) rmSync(join(place.dir, name));

  await expect(place.restore(file)).rejects.toThrow(/another master key/);
  expect(place.files()).toEqual(['a.backup']);
  await expect(place.restore(file, { recoveryKey: createRecoveryKey().text })).rejects.toThrow(/another recovery key/);
  await place.restore(file, { recoveryKey: text });
  expect(readFileSync(file).includes(text.slice(20, 40))).toBe(false);
  const again = await openDatabase({ config: place.config, entities: allEntities, clock: systemClock, migrate: false });
  expect(again.vault.open(value, sealed)).toBe('hunter2');
  await again.db.source.destroy();
});

test('O1 a changed backup touches nothing, and a restore that was left half-way starts no server', async () => {
  const place = await aPlace();
  await fill(place, 3);
  const { file } = await place.backup();
  const bytes = readFileSync(file);
  bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  await expect(place.restore(file, { force: true })).rejects.toThrow(/a\.backup was changed or cut: .* byte \d+/);
  expect(await rowsOf(place, 'relation')).toHaveLength(3);

  const good = await place.backup('good.backup');
  await place.use((db) =>
    db.execute(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, '${unfinishedRebuild}')`),
  );
  await expect(place.use(async () => undefined)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('did not come to its end'),
  });
  await place.restore(good.file);
  expect(await rowsOf(place, 'relation')).toHaveLength(3);
});

test('O4 migrations that change a database in use take a backup first; a fresh one needs none', async () => {
  const place = await aPlace();
  const env = { DATA_DIR: place.dir, DATABASE_URL: place.url, WECOM_MODE: 'sandbox', ...keyOf(place) };
  const open = async (more = {}) => {
    const config = loadConfig({ ...env, ...more });
    const beforeMigrations = backupBeforeMigrations({ clock: systemClock, program: 'test', logger: silent });
    const options = { config, entities: allEntities, clock: systemClock, migrate: true, beforeMigrations };
    return (await openDatabase(options)).db;
  };
  const folder = join(place.dir, 'backups');
  const db = await open();
  expect(existsSync(folder)).toBe(false);
  await db.execute('DELETE FROM migration WHERE name = ?', [db.source.migrations.at(-1)?.name ?? '']);
  await db.source.destroy();

  writeFileSync(join(place.dir, 'a file'), '');
  await expect(open({ BACKUP_DIR: join(place.dir, 'a file', 'x') })).rejects.toMatchObject({
    exitCode: 7,
    message: expect.stringMatching(/nothing was changed: .* --no-backup/),
  });
  const known = (await rowsOf(place, 'migration')).length;
  await (await open()).source.destroy();
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const masterKey = Buffer.from(String(place.config.masterKey), 'base64');
  const { migrations } = await readBackup(join(folder, String(name)), { masterKey });
  expect(migrations).toHaveLength(known);
  expect(await rowsOf(place, 'migration')).toHaveLength(known + 1);
  await (await open()).source.destroy();
  expect(readdirSync(folder)).toEqual([name]);
});
