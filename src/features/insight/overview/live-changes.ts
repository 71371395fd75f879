import type { Runs, RunView } from '../../../jobs';
import type { LiveEvent, liveReport } from './live.report';

export interface LiveChanges {
  events: LiveEvent[];
  changedRuns: RunView[];
  /** The newest callback seen so far. */
  newestId: number;
}

/** Looked at again each time: a row may be committed after one with a higher id, and states change. */
const overlap = 200;
const mostRows = 1000;
const watchedRuns = 20;

/** What changed since the last call. The first call only looks: it finds nothing. */
export function createLiveChanges(report: ReturnType<typeof liveReport>, runs: Pick<Runs, 'list'>) {
  const events = createSeen<LiveEvent>(({ state, attempts }) => `${state} ${attempts}`);
  const knownRuns = createSeen<RunView>((run) => JSON.stringify(run));
  let newestId: number | undefined;

  async function newEvents(): Promise<LiveEvent[]> {
    const from = Math.max(0, (newestId ?? (await report.newestId())) - overlap);
    const changed = events.changed(await report.after(from, mostRows));
    newestId = Math.max(newestId ?? from, ...changed.map(({ id }) => id));
    return changed;
  }

  return async (): Promise<LiveChanges> => {
    const isFirst = newestId === undefined;
    const changedEvents = await newEvents();
    const { items } = await runs.list({ limit: watchedRuns });
    const changedRuns = knownRuns.changed(items).reverse();
    const seen = newestId ?? 0;
    if (isFirst) return { events: [], changedRuns: [], newestId: seen };
    return { events: changedEvents, changedRuns, newestId: seen };
  };
}

/** Remembers how the things of the last look stood; what is no longer looked at is forgotten. */
function createSeen<T extends { id: number | string }>(standingOf: (item: T) => string) {
  let known = new Map<T['id'], string>();
  return {
    changed(items: T[]): T[] {
      const changed = items.filter((item) => known.get(item.id) !== standingOf(item));
      known = new Map(items.map((item) => [item.id, standingOf(item)]));
      return changed;
    },
  };
}
