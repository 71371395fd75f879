import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database';
import { toDate } from '../db/database';
import type { JobCounts } from '../jobs';
import { httpError } from './errors';
import type { HealthReport } from './health';

/** Where the figures come from that are read when somebody asks for them. */
export interface MetricSources {
  db: Database;
  jobs: () => Promise<JobCounts>;
  inbox: () => Promise<{ pending: number; parked: number; oldest_pending_seconds: number }>;
  spoolDepth: () => number;
  /** Of the newest good backup; null when there is none. */
  backupAge: () => Promise<number | null>;
  archive: () => Promise<ArchiveFigures>;
  health: () => Promise<HealthReport>;
}

/** How the conversation archive goes. */
interface ArchiveFigures {
  lag_seconds: number | null;
  unopened: number;
  gaps: number;
  parked: Record<string, number>;
  media: Record<string, number>;
}

interface Sample {
  labels?: Record<string, string>;
  value: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** The figures of one process, for Prometheus. Examples of alerts on them: docs/alerts.yml. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 5],
    registers,
  });
  const callbacks = new Counter({
    name: 'callbacks_total',
    help: 'Callbacks by receiver and outcome',
    labelNames: ['receiver', 'outcome'],
    registers,
  });
  const calls = new Counter({
    name: 'wecom_calls_total',
    help: 'Calls to WeCom by API and outcome: ok, an errcode, unreachable, malformed, open',
    labelNames: ['api', 'outcome'],
    registers,
  });
  return {
    registry,
    callback: (receiver: string, outcome: string): void => callbacks.inc({ receiver, outcome }),
    /** For `createWecom`. */
    wecom: { count: (api: string, outcome: string): void => calls.inc({ api, outcome }) },
    timed: timed(requests),
    /** Call once, when the services are there. */
    watch: (sources: MetricSources): void => watch(registry, sources),
  };
}

/** Only patterns become labels: an id or a made-up address must not make a time series. Streams are not timed. */
const timed =
  (requests: Histogram<'method' | 'route' | 'status'>): Middleware =>
  async (ctx, next) => {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const route = String(ctx.state.route ?? knownPath(ctx.path) ?? 'other');
      if (ctx.respond !== false) {
        const labels = { method: knownMethod(ctx.method), route, status: String(ctx.status) };
        requests.observe(labels, (performance.now() - startedAt) / 1000);
      }
    }
  };

const knownPath = (path: string): string | undefined =>
  /^\/(healthz|readyz|metrics|callbacks\/(wecom\/(agent|contacts|archive)|wechatpay))$/.exec(path)?.[0];

const knownMethod = (method: string): string =>
  /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'other';

function watch(registry: Registry, sources: MetricSources): void {
  const { db, jobs, inbox, spoolDepth, backupAge, health } = sources;
  const gauge = gaugesOf(registry);
  watchArchive(gauge, sources.archive);
  gauge('inbox_events', 'Callbacks that wait or were given up', ['state'], async () => {
    const { pending, parked } = await inbox();
    return byState({ pending, parked });
  });
  gauge('inbox_oldest_pending_seconds', 'Age of the oldest callback that waits', [], async () => [
    { value: (await inbox()).oldest_pending_seconds },
  ]);
  gauge('jobs', 'Jobs by state', ['state'], async () => {
    const { ready, running, parked } = await jobs();
    return byState({ ready, running, parked });
  });
  gauge('jobs_oldest_ready_seconds', 'How long the oldest job has been due', [], async () => [
    { value: (await jobs()).oldest_ready_seconds ?? 0 },
  ]);
  gauge('wecom_blocked_seconds', 'How much longer an API is left alone because WeCom asked for it', ['api'], () =>
    blocks(db),
  );
  gauge('callback_spool_depth', 'Callbacks on disk that wait for the database', [], async () => [
    { value: spoolDepth() },
  ]);
  gauge('backup_age_seconds', 'Age of the newest good backup', [], async () => {
    const age = await backupAge();
    return age === null ? [] : [{ value: age }];
  });
  gauge('health_check_level', 'Checks of /readyz: 0 ok, 1 degraded, 2 down', ['check'], async () =>
    (await health()).checks.map(({ name, level }) => ({ labels: { check: name }, value: levels.indexOf(level) })),
  );
}

function watchArchive(gauge: GaugeMaker, archive: MetricSources['archive']): void {
  gauge('archive_lag_seconds', 'How long ago all was in the archive that WeCom had', [], async () => {
    const { lag_seconds: value } = await archive();
    return value === null ? [] : [{ value }];
  });
  gauge('archive_unopened', 'Records that were fetched and not looked into yet', [], async () => [
    { value: (await archive()).unopened },
  ]);
  gauge('archive_gaps', 'Times that WeCom no longer held what was asked for', [], async () => [
    { value: (await archive()).gaps },
  ]);
  gauge('archive_parked', 'Records that are no message, by reason', ['reason'], async () =>
    Object.entries((await archive()).parked).map(([reason, value]) => ({ labels: { reason }, value })),
  );
  gauge('archive_media', 'Files of messages by state', ['state'], async () => byState((await archive()).media));
}

const levels = ['ok', 'degraded', 'down'];

const byState = (counts: Record<string, number>): Sample[] =>
  Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));

async function blocks(db: Database): Promise<Sample[]> {
  const now = db.now();
  const rows = await db.query<{ api: string; blocked_until: unknown }>(
    'SELECT api, blocked_until FROM wecom_block WHERE blocked_until > ?',
    [now],
  );
  return rows.map(({ api, blocked_until: until }) => ({
    labels: { api },
    value: Math.ceil((toDate(until).getTime() - now.getTime()) / 1000),
  }));
}

/** A gauge read on demand. While its source fails it shows nothing, rather than an old figure. */
type GaugeMaker = (name: string, help: string, labelNames: string[], read: () => Promise<Sample[]>) => void;

const gaugesOf =
  (registry: Registry): GaugeMaker =>
  (name, help, labelNames, read) => {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const samples = await read().catch(() => []);
        gauge.reset();
        if (samples.length === 0 && labelNames.length === 0) gauge.remove();
        for (const { labels = {}, value } of samples) gauge.set(labels, value);
      },
    });
  };

/** `/metrics`: with the token where one is set; otherwise for programs on this machine only. */
export const metricsRoute =
  ({ registry }: Pick<Metrics, 'registry'>, token: string | undefined): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== '/metrics') return next();
    if (token ? !bears(ctx, token) : !isLocal(ctx)) throw httpError(token ? 'unauthorized' : 'forbidden');
    ctx.set('cache-control', 'no-store');
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const bears = (ctx: Context, token: string): boolean =>
  timingSafeEqual(digest(ctx.get('authorization')), digest(`Bearer ${token}`));

/** A proxy on this machine speaks for others: what it forwards is not local. */
const isLocal = (ctx: Context): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(ctx.req.socket.remoteAddress ?? '') &&
  !ctx.get('x-forwarded-for') &&
  !ctx.get('forwarded');
