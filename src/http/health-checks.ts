import { statfs } from 'node:fs/promises';
import type { Database } from '../db/database';
import type { JobCounts } from '../jobs';
import type { Finding, HealthCheck } from './health';

/** An application whose settings WeCom refuses. */
export interface RefusedSettings {
  app: string;
  errcode: number | undefined;
}

interface Sources {
  db: Database;
  dataDir: string;
  jobs: () => Promise<JobCounts>;
  /** Applications of WeCom whose secret is refused at the moment. */
  refusedSettings: () => RefusedSettings[];
  /** Callbacks that wait in the spool because the database did not take them. */
  spoolDepth: () => number;
}

const ok = (detail: string): Finding => ({ level: 'ok', detail });
const degraded = (detail: string): Finding => ({ level: 'degraded', detail });

const slowQueueSeconds = 60;
const clockSkewMs = 60_000;
const leastFreePart = 0.1;
const leastFreeBytes = 500 * 2 ** 20;

/** The checks every process has (O5). */
export const standardChecks = (sources: Sources): HealthCheck[] => [
  { name: 'database', vital: true, check: () => database(sources.db) },
  { name: 'migrations', vital: true, check: () => migrations(sources.db) },
  { name: 'queue', check: async () => queue(await sources.jobs()) },
  { name: 'parked', check: async () => parked(await sources.jobs()) },
  { name: 'wecom', check: async () => wecom(sources.refusedSettings()) },
  { name: 'disk', check: () => disk(sources.dataDir) },
  { name: 'clock', check: () => clock(sources.db) },
  { name: 'spool', check: async () => spool(sources.spoolDepth()) },
];

async function database(db: Database): Promise<Finding> {
  await db.query('SELECT 1 AS one');
  return ok('answers');
}

async function migrations(db: Database): Promise<Finding> {
  const applied = new Set((await db.query<{ name: string }>('SELECT name FROM migration')).map(({ name }) => name));
  const missing = db.source.migrations.filter((one) => !applied.has(one.name ?? '')).length;
  if (missing > 0) return { level: 'down', detail: `${missing} not applied` };
  return ok('all applied');
}

function queue({ ready, oldest_ready_seconds: age }: JobCounts): Finding {
  const waiting = `${ready} waiting, the oldest due for ${age ?? 0} s`;
  return (age ?? 0) > slowQueueSeconds ? degraded(waiting) : ok(waiting);
}

const parked = (counts: JobCounts): Finding =>
  counts.parked > 0 ? degraded(`${counts.parked} gave up and wait for a person`) : ok('none');

function wecom(refused: RefusedSettings[]): Finding {
  if (refused.length === 0) return ok('no settings refused');
  return degraded(
    `refuses the settings of ${refused.map(({ app, errcode }) => `${app} (${errcode ?? '?'})`).join(', ')}`,
  );
}

async function disk(folder: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${Math.floor(free / 2 ** 20)} MB free (${Math.floor((bavail / blocks) * 100)} %)`;
  return free < leastFreeBytes || bavail / blocks < leastFreePart ? degraded(detail) : ok(detail);
}

async function clock(db: Database): Promise<Finding> {
  const skew = await db.measureClock();
  const detail = `the database's clock is ${Math.round(skew / 1000)} s ahead`;
  return Math.abs(skew) > clockSkewMs ? degraded(detail) : ok(detail);
}

const spool = (depth: number): Finding =>
  depth > 0 ? degraded(`${depth} callbacks wait for the database`) : ok('empty');
