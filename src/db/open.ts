import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Config } from '../../config';
import type { Clock } from '../core/clock';
import { exitCode, messageOf, StartupError } from '../core/errors';
import { failpoint } from '../core/failpoints';
import { newId } from '../core/ids';
import { firstKeys, parseMasterKey, unwrapDataKey, Vault } from '../core/vault';
import { insertRows } from './bulk';
import { createDataSource, type Entities } from './data-source';
import { Database } from './database';
import { DataKey, Deployment } from './deployment.entity';
import { unfinishedRebuild } from './rebuild';

export interface OpenOptions {
  config: Config;
  entities: Entities;
  clock: Clock;
  /** Run pending migrations instead of refusing to start. */
  migrate: boolean;
  /** Called before pending migrations change a database that is in use. */
  beforeMigrations?: ((config: Config) => Promise<void>) | undefined;
}

/**
 * Opens the database: reachable, on the right schema, of the right company, with the right master key.
 * @throws StartupError, one sentence each
 */
export async function openDatabase(options: OpenOptions): Promise<{ db: Database; vault: Vault }> {
  const { config, entities, clock } = options;
  const masterKey = masterKeyOf(config);
  const source = await createDataSource(config.databaseUrl, entities);
  await initialise(source);
  try {
    await settleSchema(source, options);
    const db = new Database(source, clock);
    const boundAs = await stamp(db, config, clock);
    const fitting = settleMasterKey({ config, present: masterKey, boundAs }, await db.em.find(DataKey));
    return { db, vault: await openVault(db, fitting, boundAs) };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

async function initialise(source: DataSource): Promise<void> {
  try {
    await source.initialize();
  } catch (cause) {
    throw new StartupError(
      `The database cannot be opened: ${messageOf(cause)}. Check DATABASE_URL.`,
      exitCode.databaseUnreachable,
      { cause },
    );
  }
}

async function settleSchema(source: DataSource, { migrate, config, beforeMigrations }: OpenOptions): Promise<void> {
  const known = new Set(source.migrations.map((m) => m.name));
  const runner = source.createQueryRunner();
  const applied = (await runner.hasTable('migration'))
    ? ((await runner.query('SELECT name FROM migration')) as { name: string }[])
    : [];
  await runner.release();
  if (applied.some(({ name }) => name === unfinishedRebuild)) {
    throw new StartupError(
      'A restore into this database did not come to its end. Run it again: npm run scrm -- restore --from <file>',
      exitCode.schema,
    );
  }
  const newer = applied.find(({ name }) => !known.has(name));
  if (newer) {
    throw new StartupError(
      `The database was made by a newer version of this program (it has ${newer.name}). Start that version, or restore a backup made before the upgrade.`,
      exitCode.schema,
    );
  }
  if (applied.length === known.size) return;
  if (!migrate) {
    throw new StartupError(
      `The database lacks ${known.size - applied.length} migration(s). Run: npm run scrm -- migrate`,
      exitCode.schema,
    );
  }
  if (applied.length > 0) await beforeMigrations?.(config);
  await source.runMigrations();
}

/**
 * One deployment serves one company: the sandbox's database never serves a live one. Without a corp id the database
 * says whose it is; where it is nobody's yet, secrets are bound to a name of its own, which stays when a company comes.
 * @returns what secrets and evidence are bound to
 */
async function stamp(db: Database, { wecom: { corpId, mode } }: Config, clock: Clock): Promise<string> {
  const [found] = await db.em.find(Deployment);
  if (!found) {
    const bound_as = corpId === '' ? `unnamed-${newId()}`.slice(0, 64) : null;
    const created_at = clock.now();
    await db.transact((em) =>
      em.insert(Deployment, { corp_id: corpId, mode, created_at, sealed_at: created_at, bound_as }),
    );
    return bound_as ?? corpId;
  }
  const open = mode === 'live' && found.mode === 'live' && (corpId === '' || found.corp_id === '');
  if (open) {
    await db.execute("UPDATE deployment SET corp_id = ? WHERE corp_id = ''", [corpId]);
  } else if (found.corp_id !== corpId) {
    throw new StartupError(
      `This database belongs to ${nameOf(found.mode, found.corp_id)}, not to ${nameOf(mode, corpId)}. Point DATABASE_URL or DATA_DIR at another place.`,
      exitCode.schema,
    );
  }
  return found.bound_as ?? found.corp_id;
}

function nameOf(mode: 'sandbox' | 'live', corpId: string): string {
  if (mode === 'sandbox') return 'the sandbox';
  return corpId === '' ? 'a company yet to be connected' : `company ${corpId}`;
}

async function openVault(db: Database, masterKey: Buffer, boundAs: string): Promise<Vault> {
  const stored = await db.em.find(DataKey);
  const missing = firstKeys(masterKey, boundAs).filter(
    ({ version }) => !stored.some((key) => key.version === version || (version > 0 && key.version > 0)),
  );
  if (missing.length === 0) return new Vault(masterKey, boundAs, stored);
  // Whether the master key is right must be known before one more is wrapped with it.
  if (stored.length > 0) new Vault(masterKey, boundAs, stored);
  const into = { table: 'data_key', columns: ['version', 'wrapped', 'created_at'], onConflict: { keys: ['version'] } };
  await insertRows(
    db,
    into,
    missing.map(({ version, wrapped }) => [version, wrapped, db.now()]),
  );
  return new Vault(masterKey, boundAs, await db.em.find(DataKey));
}

type KeyPlace = Pick<Config, 'masterKey' | 'dataDir'>;

const keyFile = (config: KeyPlace): string => join(config.dataDir, 'master.key');
const nextKeyFile = (config: KeyPlace): string => `${keyFile(config)}.next`;

/** From the settings, or with SQLite from `DATA_DIR/master.key`; undefined where none was made yet. */
export function findMasterKey(config: KeyPlace): Buffer | undefined {
  if (config.masterKey) return parseMasterKey(config.masterKey);
  const file = keyFile(config);
  return existsSync(file) ? parseMasterKey(readFileSync(file, 'utf8')) : undefined;
}

/** Made at first start (S14). */
export function makeMasterKey(config: KeyPlace): Buffer {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  writeFileSync(keyFile(config), `${key.toString('base64')}\n`, { mode: 0o600 });
  return key;
}

/**
 * Puts a new master key beside the old one, has everything wrapped with it, then puts it in place. A process that dies
 * between leaves both, and the next start takes the one that fits. With `MASTER_KEY` set there is no file to change.
 */
export async function replaceMasterKey(config: KeyPlace, wrapAnew: (to: Buffer) => Promise<unknown>): Promise<void> {
  const to = randomBytes(32);
  writeFileSync(nextKeyFile(config), `${to.toString('base64')}\n`, { mode: 0o600, flush: true });
  await wrapAnew(to);
  failpoint('master-key.wrapped');
  renameSync(nextKeyFile(config), keyFile(config));
}

interface Present {
  config: Config;
  present: Buffer;
  boundAs: string;
}

/** After a change of the master key that did not come to its end. @returns the key that fits the database */
function settleMasterKey({ config, present, boundAs }: Present, stored: DataKey[]): Buffer {
  const next = nextKeyFile(config);
  const [key] = stored;
  if (config.masterKey || !key || !existsSync(next)) return present;
  if (unwraps(present, boundAs, key)) {
    rmSync(next);
    return present;
  }
  renameSync(next, keyFile(config));
  return masterKeyOf(config);
}

function unwraps(masterKey: Buffer, boundAs: string, key: DataKey): boolean {
  try {
    return unwrapDataKey(masterKey, boundAs, key).length > 0;
  } catch {
    return false;
  }
}

/** Of a database that is open, or about to be. @throws StartupError when it was lost */
export function masterKeyOf(config: Pick<Config, 'masterKey' | 'dataDir' | 'databaseUrl'>): Buffer {
  const found = findMasterKey(config);
  if (found) return found;
  if (existsSync(config.databaseUrl.slice('sqlite:'.length))) {
    throw new StartupError(
      `The database is there but its key is not: put ${keyFile(config)} back, or set MASTER_KEY.`,
      exitCode.settings,
    );
  }
  return makeMasterKey(config);
}
