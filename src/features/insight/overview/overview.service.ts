import type { z } from 'zod';
import type { Config } from '../../../../config';
import { cached, type Keep } from '../../../core/cached';
import { type Clock, seconds } from '../../../core/clock';
import { sha256 } from '../../../core/ids';
import type { Database } from '../../../db/database';
import type { HealthReport } from '../../../http/health';
import { isAllowed, type Permission, type Viewer } from '../../../http/permissions';
import type { Runs } from '../../../jobs';
import type { Scope, ScopeService } from '../../kernel/scope';
import { createArrivals } from './arrivals';
import { overviewReport } from './overview.report';
import type { overviewView } from './overview.schema';

type View = z.input<typeof overviewView>;

interface Kept<T> {
  /** As of the last look: reach changes. */
  scope: Scope;
  load(): Promise<T>;
}

/** One answer for each line of the company that somebody looked at lately, and one for all of it. */
function createKept<T>(count: (scope: Scope) => Promise<T>, keep: Keep) {
  const kept = new Map<string, Kept<T>>();

  function add(key: string, scope: Scope): Kept<T> {
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
    const entry: Kept<T> = { scope, load: cached(() => count(entry.scope), keep) };
    kept.set(key, entry);
    return entry;
  }

  return (scope: Scope): Promise<T> => {
    // Whoever sees the same rows has the same key; a moment in it says only when it was asked.
    const rows = scope.relations('r')?.enter.filter((part) => !(part instanceof Date)) ?? [];
    const key = sha256(rows.join(' '));
    const entry = kept.get(key) ?? add(key, scope);
    entry.scope = scope;
    return entry.load();
  };
}

interface Deps {
  config: { wecom: Pick<Config['wecom'], 'mode'> };
  /** Whether a company is connected. */
  isConnected?: () => boolean;
  db: Database;
  scopes: ScopeService;
  runs: Pick<Runs, 'list'>;
  health: { report(): Promise<HealthReport> };
  clock: Clock;
  /** The last restore of this database. */
  restoration?: (() => Promise<View['restoration']>) | undefined;
  /** How long counts are kept, in milliseconds. */
  keepMs?: number;
}

export type OverviewService = ReturnType<typeof createOverviewService>;

/** At a million relations a count takes a while: it never takes more than this part of a process's time. */
const share = 0.02;
const mostKept = 500;

/** Is anything wrong, and what came in. */
export function createOverviewService(deps: Deps) {
  const { config, isConnected = () => true, db, scopes, runs, health, clock, restoration, keepMs = seconds(10) } = deps;
  const report = overviewReport(db);
  const arrivals = createArrivals(report, clock);
  const keep = { ms: keepMs, share };
  const counted = createKept(report.records, keep);
  const differing = createKept(report.differences, keep);
  const today = cached(arrivals.today, keep);
  const perMinute = cached(arrivals.perMinute, { ms: Math.min(keepMs, seconds(2)), share });
  const backlog = cached(report.backlog, { ms: Math.min(keepMs, seconds(1)), share });

  async function events(): Promise<View['events']> {
    const { pending, parked, oldestPendingAt } = await backlog();
    const last = await arrivals.lastReceivedAt();
    return {
      today: await today(),
      pending,
      parked,
      last_received_at: last?.toISOString() ?? null,
      oldest_pending_at: oldestPendingAt?.toISOString() ?? null,
      per_minute: await perMinute(),
    };
  }

  const lastRun = async (kind: string) => (await runs.list({ kind, limit: 1 })).items[0] ?? null;

  return {
    /** Of the records what the viewer sees; of the machinery what their roles show. */
    async view(viewer: Viewer): Promise<View> {
      const scope = await scopes.of(viewer);
      const sees = (can: Permission) => isAllowed(viewer, can);
      return {
        mode: config.wecom.mode,
        connected: isConnected(),
        health: await health.report(),
        counts: await counted(scope),
        events: sees('inbox:read') ? await events() : null,
        differences: sees('reconciliation:read') ? await differing(scope) : null,
        last_sync: sees('runs:read') ? await lastRun('sync') : null,
        last_reconciliation: sees('runs:read') ? await lastRun('reconciliation') : null,
        restoration: (await restoration?.()) ?? null,
      };
    },

    /** For the metrics. */
    async inboxBacklog() {
      const { pending, parked, oldestPendingAt } = await backlog();
      const age = oldestPendingAt ? clock.now().getTime() - oldestPendingAt.getTime() : 0;
      return { pending, parked, oldest_pending_seconds: Math.max(0, Math.floor(age / 1000)) };
    },
  };
}
