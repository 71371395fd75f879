import { createChannel, createSession, type Session } from 'better-sse';
import type { Context, Middleware } from 'koa';
import { minutes, seconds, sleep } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import { isAllowed } from '../../../http/permissions';
import type { Runs } from '../../../jobs';
import { liveReport } from './live.report';
import { createLiveChanges, type LiveChanges } from './live-changes';

interface Deps {
  db: Database;
  runs: Pick<Runs, 'list'>;
  logger: Pick<Logger, 'warn'>;
  /** Finds out again who listens, as at the start of a request. */
  authenticate: Middleware;
  /** Milliseconds; tests are less patient. */
  pace?: { pollMs: number; recheckMs: number };
}

export interface LiveFeed {
  /** Answers with server-sent events until the reader leaves or may no longer listen. */
  serve(ctx: Context): Promise<void>;
}

const heartbeatMs = seconds(15);
/** What a reader that was cut off may catch up on. */
const mostReplayed = 200;
const standardPace = { pollMs: seconds(1), recheckMs: minutes(1) };

/**
 * `inbox` for every callback and each change of its state, `run` for every change of a run. One look at the tables a
 * second serves all readers of this process, and none is taken while nobody listens.
 */
export function createLiveFeed({ db, runs, logger, authenticate, pace = standardPace }: Deps): LiveFeed {
  const report = liveReport(db);
  const channel = createChannel();
  let polling = false;
  let unreadable = false;

  async function poll(): Promise<void> {
    if (polling) return;
    polling = true;
    const changes = createLiveChanges(report, runs);
    while (channel.sessionCount > 0) {
      await changes().then(tell, complain);
      await sleep(pace.pollMs);
    }
    polling = false;
  }

  function complain(error: unknown): void {
    if (!unreadable) logger.warn('the live feed cannot read the database', { error });
    unreadable = true;
  }

  /** The id stands for the newest callback seen, whatever the event is about, so that a reader can go on from it. */
  function tell({ events, changedRuns, newestId }: LiveChanges): void {
    unreadable = false;
    const eventId = String(newestId);
    for (const event of events) channel.broadcast(event, 'inbox', { eventId });
    for (const run of changedRuns) channel.broadcast(run, 'run', { eventId });
  }

  /** Registered first: what comes in meanwhile is sent twice rather than not at all. */
  async function catchUp(session: Session): Promise<void> {
    const last = Number(session.lastId || Number.NaN);
    if (!Number.isSafeInteger(last)) return;
    for (const event of await report.newestAfter(last, mostReplayed)) {
      if (session.isConnected) session.push(event, 'inbox', String(event.id));
    }
  }

  function recheck(ctx: Context, session: Session): void {
    const timer = setInterval(() => {
      void mayListen(ctx).then((may) => may || ctx.res.end());
    }, pace.recheckMs);
    session.once('disconnected', () => clearInterval(timer));
  }

  /** A database that does not answer proves nothing against the reader. */
  async function mayListen(ctx: Context): Promise<boolean> {
    try {
      await authenticate(ctx, async () => undefined);
      return isAllowed(ctx.state.viewer, 'inbox:read');
    } catch (error) {
      return !(error instanceof Error && 'status' in error && error.status === 401);
    }
  }

  return {
    async serve(ctx) {
      ctx.respond = false;
      const session = await createSession(ctx.req, ctx.res, { statusCode: 200, keepAlive: heartbeatMs });
      channel.register(session);
      recheck(ctx, session);
      void poll();
      await catchUp(session);
    },
  };
}
