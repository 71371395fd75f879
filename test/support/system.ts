import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, transports } from 'winston';
import { loadConfig } from '../../config';
import { seconds, sleep } from '../../src/core/clock';
import { createAppLogger, type Logger } from '../../src/core/logger';
import { type System, startSystem } from '../../src/main';
import {
  archiveProgram,
  createSandbox,
  type SandboxOptions,
  sandboxSettings,
  writeArchiveKeys,
} from '../../src/sandbox';
import { migratedTestDatabase } from './database';
import { sqliteTemplate } from './sqlite-template';

export interface SystemAtTestOptions extends SandboxOptions {
  /** Seconds until a second look settles what a run found. Default 0. */
  confirmSeconds?: number;
  env?: Record<string, string>;
  /** Has its archive behind the pretend company's own program, with these of its keys. None at all unless given. */
  archiveKeys?: readonly number[];
  /** Is a merchant of the pretend WeChat Pay. */
  merchant?: boolean;
  /** Logs from this level on into DATA_DIR, as a server does; none at all unless given. */
  logs?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, as a client in another language would
export type Json = Record<string, any>;

export interface Answer {
  status: number;
  body: Json;
}

export type SystemAtTest = Awaited<ReturnType<typeof startSystemAtTest>>;

/** The whole server in live mode on a database of its own, and a pretend WeCom that tells it what happens. */
export async function startSystemAtTest(options: SystemAtTestOptions = {}) {
  const { confirmSeconds = 0, env = {}, logs, archiveKeys, merchant = false, ...company } = options;
  const sandbox = createSandbox({
    staff: 10,
    externalContacts: 120,
    groupChats: 5,
    leavers: 1,
    messages: 0,
    seed: 5,
    ...company,
  });
  const apiBase = await sandbox.start(0);
  const home = await makeHome();
  const config = loadConfig({
    ...settings(apiBase, home, confirmSeconds),
    ...(archiveKeys ? archiveSettings(home, archiveKeys) : {}),
    ...(merchant ? merchantSettings(apiBase) : {}),
    ...env,
  });
  const logger = logs ? fileLogger(logs, home.dataDir) : quietLogger();
  const start = async (): Promise<System> => {
    const started = await startSystem({ config, migrate: true, logger });
    // What runs by the wall clock would come into some tests and not into others.
    await started.services.scheduler.stop();
    return started;
  };
  let system = await start();
  sandbox.deliverTo(system.url);
  const api = await createClient(() => system);

  return {
    sandbox,
    api,
    dataDir: home.dataDir,
    get system(): System {
      return system;
    },
    get db() {
      return system.db;
    },
    get vault() {
      return system.vault;
    },

    /** Stops the server and starts it again on the same data. */
    async restart(between?: () => Promise<void>): Promise<void> {
      await system.stop();
      await between?.();
      system = await start();
      sandbox.deliverTo(system.url);
    },

    /** Every callback is delivered and handled, and nothing is due. */
    async settled(): Promise<void> {
      await sandbox.callbacks.idle();
      await atRest(system);
    },

    /** A full read, to its end. @returns the run */
    syncAll: (scope = 'all'): Promise<Json> => runToEnd(api, 'sync-runs', { scope }),

    /** A run that was started, at its end. */
    runEnds: (path: string, id: string): Promise<Json> => runEnds(api, path, id),

    /** A reconciliation with its second look. @returns the run and everything it found */
    async reconcile(): Promise<{ run: Json; differences: Json[] }> {
      const run = await runToEnd(api, 'reconciliation-runs', {});
      await atRest(system);
      return { run, differences: await api.all(`reconciliation-runs/${run.id}/differences`) };
    },

    async stop(): Promise<void> {
      await system.stop();
      await sandbox.stop();
      logger.close();
      await home.drop();
    },
  };
}

/** A system for every test of a file, started before and stopped after them all. */
export function useSystem(options: SystemAtTestOptions = {}): { readonly at: SystemAtTest } {
  let at: SystemAtTest | undefined;
  beforeAll(async () => {
    at = await startSystemAtTest(options);
  });
  afterAll(() => at?.stop());
  return {
    get at() {
      if (!at) throw new Error('The system has not been started');
      return at;
    },
  };
}

/** Waits for something to come true. @throws when it does not within `ms` */
export async function until(what: string, holds: () => Promise<boolean> | boolean, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await holds()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`It did not happen in ${ms} ms: ${what}`);
  }
}

const quietLogger = (): Logger => createLogger({ silent: process.env.TEST_LOG === undefined });

function fileLogger(level: string, dataDir: string): Logger {
  const logger = createAppLogger({ level, dataDir });
  for (const transport of logger.transports) transport.silent = transport instanceof transports.Console;
  return logger;
}

interface Home {
  dataDir: string;
  databaseUrl: string;
  drop(): Promise<void>;
}

/** SQLite as a file, so that a restart finds it again. */
async function makeHome(): Promise<Home> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scrm-test-'));
  const { url, drop } = await migratedTestDatabase();
  const file = join(dataDir, 'scrm.db');
  const isSqlite = url.startsWith('sqlite:');
  if (isSqlite) writeFileSync(file, await sqliteTemplate());
  return {
    dataDir,
    databaseUrl: isSqlite ? `sqlite:${file}` : url,
    async drop() {
      await drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const settings = (apiBase: string, { dataDir, databaseUrl }: Home, confirmSeconds: number) => ({
  PORT: '0',
  DATA_DIR: dataDir,
  DATABASE_URL: databaseUrl,
  MASTER_KEY: randomBytes(32).toString('base64'),
  RECONCILE_CONFIRM_SECONDS: String(confirmSeconds),
  // A test asks faster than anybody.
  REQUESTS_PER_MINUTE: '1000000',
  REQUESTS_PER_MINUTE_TOKEN: '1000000',
  // One process: nobody has to learn of a new key.
  KEY_SPREAD_SECONDS: '0',
  WECOM_API_BASE: apiBase,
  WECOM_CORP_ID: sandboxSettings.corpId,
  WECOM_AGENT_ID: String(sandboxSettings.agentId),
  ...appSettings('AGENT', sandboxSettings.agent),
  ...appSettings('CONTACTS', sandboxSettings.contacts),
  ...appSettings('ARCHIVE', sandboxSettings.archive),
});

/** The keys lie where a late one can be laid beside them. */
function archiveSettings({ dataDir }: Home, versions: readonly number[]) {
  const keysDir = join(dataDir, 'archive-keys');
  writeArchiveKeys(keysDir, versions);
  return { WECOM_ARCHIVE_SDK_PATH: archiveProgram, WECOM_ARCHIVE_KEYS_DIR: keysDir };
}

const { pay } = sandboxSettings;
const merchantSettings = (apiBase: string) => ({
  WECHATPAY_API_BASE: apiBase,
  WECHATPAY_MCH_ID: pay.mchId,
  WECHATPAY_APP_ID: pay.appId,
  WECHATPAY_PRIVATE_KEY: pay.privateKey,
  WECHATPAY_MERCHANT_CERT: pay.merchantCert,
  WECHATPAY_PLATFORM_CERT: pay.platformCert,
  WECHATPAY_API_V3_KEY: pay.apiV3Key,
  WECHATPAY_PUBLIC_KEY_ID: pay.publicKeyId,
  WECHATPAY_PUBLIC_KEY: pay.publicKey,
});

const appSettings = (name: string, app: { secret: string; callbackToken: string; callbackAesKey: string }) => ({
  [`WECOM_${name}_SECRET`]: app.secret,
  [`WECOM_${name}_CALLBACK_TOKEN`]: app.callbackToken,
  [`WECOM_${name}_CALLBACK_AES_KEY`]: app.callbackAesKey,
});

/**
 * What is planned for the next half minute is done as soon as nothing else is left to do; what is for later waits. First
 * a second goes by: WeCom's times are whole seconds, and what follows must not fall into the one of its cause.
 */
async function atRest({ db, services }: System): Promise<void> {
  const soon = () => new Date(db.now().getTime() + seconds(30));
  await until('the inbox and the jobs come to rest', async () => {
    const [left] = await db.query<{ due: unknown; planned: unknown }>(
      `SELECT (SELECT COUNT(*) FROM inbox_event WHERE state = 'pending')
         + (SELECT COUNT(*) FROM job WHERE state = 'running' OR (state = 'ready' AND run_at <= ?)) AS due,
         (SELECT COUNT(*) FROM job WHERE state = 'ready' AND run_at > ? AND run_at < ?) AS planned`,
      [db.now(), db.now(), soon()],
    );
    if (Number(left?.due) > 0) return false;
    if (Number(left?.planned) === 0) return true;
    await sleep(seconds(1));
    await db.execute("UPDATE job SET run_at = ? WHERE state = 'ready' AND run_at < ?", [db.now(), soon()]);
    services.queue.wake();
    return false;
  });
}

type Client = Awaited<ReturnType<typeof createClient>>;

async function createClient(system: () => System) {
  const { services } = system();
  const { token } = await services.access.issueToken({
    name: 'test',
    roles: ['system_admin', 'compliance_officer', 'sales_manager'],
  });

  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${system().url}/api/v1/${path}`, {
      method,
      headers: {
        connection: 'close',
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  }

  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body: object = {}) => call('POST', path, body),
    put: (path: string, body: object) => call('PUT', path, body),
    /** Every item of a list, over all pages. */
    async all(path: string): Promise<Json[]> {
      const items: Json[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { status, body } = await call(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${cursor}`}`,
        );
        if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
        items.push(...body.items);
        cursor = body.next_cursor;
      }
      return items;
    },
  };
}

async function runToEnd(api: Client, path: string, params: object): Promise<Json> {
  const { status, body } = await api.post(path, params);
  if (status !== 202) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
  return runEnds(api, path, body.id);
}

async function runEnds(api: Client, path: string, id: string): Promise<Json> {
  let run: Json = {};
  await until(
    `${path} ends`,
    async () => {
      run = (await api.get(`${path}/${id}`)).body;
      return run.state !== 'queued' && run.state !== 'running';
    },
    120_000,
  );
  if (run.state !== 'succeeded') throw new Error(`${path} ${run.state}: ${run.error}`);
  return run;
}
