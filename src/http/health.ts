import type { Middleware } from 'koa';
import { cached } from '../core/cached';
import type { Logger } from '../core/logger';

export type HealthLevel = 'ok' | 'degraded' | 'down';

export interface Finding {
  level: HealthLevel;
  /** One phrase for people. Anybody may read it: no secrets, no addresses, no driver messages. */
  detail: string;
}

export interface HealthCheck {
  name: string;
  /** Without it nothing can be served: when it fails to answer, this process is down and not just degraded. */
  vital?: boolean;
  check(): Promise<Finding>;
}

export interface HealthReport {
  level: HealthLevel;
  checks: ({ name: string } & Finding)[];
}

export interface Health {
  register(...checks: HealthCheck[]): void;
  /** What all checks found, at most `keepMs` ago. Never rejects. */
  report(): Promise<HealthReport>;
  /** From now on not ready, before the first connection is closed (F9). */
  drain(): void;
  /** `/healthz` and `/readyz` (O5). */
  routes: Middleware;
}

interface Deps {
  logger: Pick<Logger, 'info' | 'warn'>;
  /** How long a report is kept, in milliseconds. */
  keepMs?: number;
  /** How long one check may take, in milliseconds. */
  limitMs?: number;
}

const stopping: HealthReport = { level: 'down', checks: [{ name: 'process', level: 'down', detail: 'stopping' }] };

/** Graded readiness: parts that are unwell degrade it, only what nothing works without takes it down. */
export function createHealth({ logger, keepMs = 1000, limitMs = 800 }: Deps): Health {
  const checks: HealthCheck[] = [];
  let draining = false;
  let known: HealthLevel = 'ok';
  const answer = answersWithin(limitMs);
  const examine = cached(
    async (): Promise<HealthReport> => {
      const findings = await Promise.all(checks.map(async (one) => ({ name: one.name, ...(await answer(one)) })));
      return { level: worst(findings), checks: findings };
    },
    { ms: keepMs },
  );

  async function report(): Promise<HealthReport> {
    if (draining) return stopping;
    const found = await examine();
    if (found.level !== known) tell(found);
    return found;
  }

  function tell({ level, checks: found }: HealthReport): void {
    known = level;
    const unwell = found.filter((one) => one.level !== 'ok').map(({ name, detail }) => `${name}: ${detail}`);
    if (level === 'ok') logger.info('ready again');
    else logger.warn('readiness changed', { level, unwell });
  }

  return {
    register: (...more) => void checks.push(...more),
    report,
    drain: () => {
      draining = true;
    },
    async routes(ctx, next) {
      if (ctx.path !== '/healthz' && ctx.path !== '/readyz') return next();
      ctx.set('cache-control', 'no-store');
      if (ctx.path === '/healthz') {
        ctx.body = { status: 'alive' };
        return;
      }
      const found = await report();
      ctx.status = found.level === 'down' ? 503 : 200;
      ctx.body = found;
    },
  };
}

const order: HealthLevel[] = ['down', 'degraded', 'ok'];
const worst = (findings: Finding[]): HealthLevel =>
  order.find((level) => findings.some((one) => one.level === level)) ?? 'ok';

/** A check that hangs is not started a second time: a database that is away must not collect our questions. */
function answersWithin(limitMs: number) {
  const flights = new Map<HealthCheck, Promise<Finding>>();
  return async (one: HealthCheck): Promise<Finding> => {
    const level = one.vital ? 'down' : 'degraded';
    const flight = flights.get(one) ?? fly(flights, one).catch(() => ({ level, detail: 'it fails' }) as const);
    flights.set(one, flight);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Finding>((resolve) => {
      timer = setTimeout(() => resolve({ level, detail: `no answer within ${limitMs} ms` }), limitMs);
    });
    const finding = await Promise.race([flight, late]);
    clearTimeout(timer);
    return finding;
  };
}

async function fly(flights: Map<HealthCheck, Promise<Finding>>, one: HealthCheck): Promise<Finding> {
  try {
    return await one.check();
  } finally {
    flights.delete(one);
  }
}
