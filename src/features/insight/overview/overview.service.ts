import type { z } from 'zod';
import type { Config } from '../../../../config';
import { cached } from '../../../core/cached';
import { type Clock, seconds } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { HealthReport } from '../../../http/health';
import type { Runs } from '../../../jobs';
import { createArrivals } from './arrivals';
import { overviewReport } from './overview.report';
import type { overviewView } from './overview.schema';

type View = z.input<typeof overviewView>;

interface Deps {
  config: { wecom: Pick<Config['wecom'], 'mode'> };
  db: Database;
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

/** Is anything wrong, and what came in. */
export function createOverviewService({ config, db, runs, health, clock, restoration, keepMs = seconds(10) }: Deps) {
  const report = overviewReport(db);
  const arrivals = createArrivals(report, clock);
  const keep = { ms: keepMs, share };
  const company = cached(report.company, keep);
  const differences = cached(report.differences, keep);
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
    async view(): Promise<View> {
      return {
        mode: config.wecom.mode,
        health: await health.report(),
        counts: await company(),
        events: await events(),
        differences: await differences(),
        restoration: (await restoration?.()) ?? null,
        last_sync: await lastRun('sync'),
        last_reconciliation: await lastRun('reconciliation'),
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
