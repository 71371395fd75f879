import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type BlobStore, createBlobStore } from '../../src/core/blobs/blob-store';
import { createFolderShelf } from '../../src/core/blobs/shelves';
import { sleep } from '../../src/core/clock';
import { parseMasterKey, Vault } from '../../src/core/vault';
import { createDataSource } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { DataKey } from '../../src/db/deployment.entity';
import { allEntities } from '../../src/entities';
import { createSandbox, type Sandbox, type SandboxOptions, sandboxSettings } from '../../src/sandbox';
import { freePort, runCli, ServerProcess } from '../lib/processes';
import type { PrivateServer } from '../lib/servers.mjs';

/** A run as the API shows it. */
export interface RunView {
  id: string;
  state: string;
  progress: { done: number; total: number };
  result: { by_phase?: Record<string, { seen: number }> } | null;
  error: string | null;
}

/** A server that can be killed, its database, and the company it listens to. */
export interface Site {
  server: ServerProcess;
  sandbox: Sandbox;
  /** Our own view of the server's database. Only after the first start. */
  db(): Promise<Database>;
  /** What opens the sealed columns of it. */
  vault(): Promise<Vault>;
  /** Where it keeps files. */
  blobs: BlobStore;
  /** Calls the JSON API. @throws Error for anything but 2xx */
  api<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
}

export interface SiteOptions {
  /** Undefined: SQLite in a file. */
  mysql: PrivateServer | undefined;
  sandbox?: SandboxOptions;
  env?: NodeJS.ProcessEnv;
}

/** Runs `work` on a site of its own, of which nothing is left afterwards. */
export function withSite<T>(options: SiteOptions, work: (site: Site) => Promise<T>): Promise<T> {
  const { mysql } = options;
  if (mysql) return onMysql(mysql.url, (databaseUrl) => inFolder({ ...options, databaseUrl }, work));
  return inFolder(options, work);
}

/** With connections as short as can be: drills halt the server. */
async function onMysql<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `drill_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  try {
    return await work(new URL(`/${name}`, server).href);
  } finally {
    // When the server is gone, so is the database: what the drill found matters more.
    await onServer(server, `DROP DATABASE IF EXISTS ${name}`).catch(() => undefined);
  }
}

async function onServer(server: string, sql: string): Promise<void> {
  const connection = await createConnection({ uri: server });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

type Place = SiteOptions & { databaseUrl?: string };

async function inFolder<T>(place: Place, work: (site: Site) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'scrm-drill-'));
  const sandbox = createSandbox({ messages: 0, ...place.sandbox });
  const env = { ...settings(dir, await sandbox.start()), ...place.env };
  const databaseUrl = place.databaseUrl ?? `sqlite:${join(dir, 'scrm.db')}`;
  const site = createSite(sandbox, { ...env, DATABASE_URL: databaseUrl, PORT: String(await freePort()) });
  try {
    return await work(site);
  } finally {
    await site.close();
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const settings = (dir: string, apiBase: string): NodeJS.ProcessEnv => ({
  DATA_DIR: dir,
  LOG_LEVEL: 'warn',
  MASTER_KEY: randomBytes(32).toString('base64'),
  RECONCILE_CONFIRM_SECONDS: '1',
  WECOM_MODE: 'live',
  WECOM_API_BASE: apiBase,
  WECOM_CORP_ID: sandboxSettings.corpId,
  WECOM_AGENT_ID: String(sandboxSettings.agentId),
  ...appSettings('AGENT', sandboxSettings.agent),
  ...appSettings('CONTACTS', sandboxSettings.contacts),
});

const appSettings = (name: string, app: (typeof sandboxSettings)['agent' | 'contacts']): NodeJS.ProcessEnv => ({
  [`WECOM_${name}_SECRET`]: app.secret,
  [`WECOM_${name}_CALLBACK_TOKEN`]: app.callbackToken,
  [`WECOM_${name}_CALLBACK_AES_KEY`]: app.callbackAesKey,
});

function createSite(sandbox: Sandbox, env: NodeJS.ProcessEnv): Site & { close(): Promise<void> } {
  const server = new ServerProcess(`http://127.0.0.1:${env.PORT}`, env);
  let opened: Promise<Database> | undefined;
  let token: Promise<string> | undefined;
  const issue = async (): Promise<string> =>
    JSON.parse(await runCli(['token', 'issue', '--name', 'drill', '--role', 'sales_manager', '--json'], env)).token;

  const dir = join(String(env.DATA_DIR), 'blobs');

  return {
    server,
    sandbox,
    blobs: createBlobStore({ dir, shelf: createFolderShelf(dir), boundTo: sandboxSettings.corpId }),
    db() {
      opened ??= open(String(env.DATABASE_URL));
      return opened;
    },
    async vault() {
      opened ??= open(String(env.DATABASE_URL));
      const keys = await (await opened).em.find(DataKey);
      return new Vault(parseMasterKey(String(env.MASTER_KEY)), sandboxSettings.corpId, keys);
    },
    async api<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
      token ??= issue();
      const answer = await fetch(`${server.url}/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(15_000),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async close() {
      await server.kill();
      if (opened) await (await opened).source.destroy();
    },
  };
}

async function open(url: string): Promise<Database> {
  const source = await createDataSource(url, allEntities);
  return new Database(await source.initialize());
}

/** Waits until `done` holds. @returns milliseconds waited. @throws Error naming `what` when it takes too long */
export async function until(what: string, ms: number, done: () => Promise<boolean> | boolean): Promise<number> {
  const began = performance.now();
  while (!(await done())) {
    if (performance.now() - began > ms) throw new Error(`after ${ms / 1000} s still not: ${what}`);
    await sleep(100);
  }
  return performance.now() - began;
}

/** Starts a run and waits for its end. @throws Error unless it succeeds */
export async function runToEnd(site: Site, path: string, body: object, ms = 120_000): Promise<RunView> {
  const { id } = await site.api<RunView>('POST', path, body);
  return endOfRun(site, `${path}/${id}`, ms);
}

export async function endOfRun(site: Site, path: string, ms: number): Promise<RunView> {
  let run = await site.api<RunView>('GET', path);
  await until(`${path} ended (${run.state})`, ms, async () => {
    run = await site.api<RunView>('GET', path);
    return run.state !== 'queued' && run.state !== 'running';
  });
  if (run.state !== 'succeeded') throw new Error(`${path} ${run.state}: ${run.error}`);
  return run;
}
