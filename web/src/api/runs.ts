import { useEffect } from 'react';
import { api } from './client';
import { useLive } from './live';
import { queryClient } from './query-client';
import type { Run } from './types';

export const isActive = (run: Run): boolean => run.state === 'queued' || run.state === 'running';

const recent = { params: { query: { limit: 20 } } };
const recentKey = api.queryOptions('get', '/runs', recent).queryKey;
const oneKey = (id: string) => api.queryOptions('get', '/runs/{id}', { params: { path: { id } } }).queryKey;

/** The newest runs of every kind, kept current by the live feed. */
export function useRecentRuns(enabled: boolean): Run[] {
  const runs = api.useQuery('get', '/runs', recent, { enabled });
  useLive(enabled ? 'run' : undefined, noteRun);
  return runs.data?.items ?? [];
}

/** Puts a run's newest state where the pages look for it. */
export function noteRun(run: Run): void {
  queryClient.setQueryData<Run>(oneKey(run.id), run);
  queryClient.setQueryData<{ items: Run[]; next_cursor: string | null }>(recentKey, (known) => {
    if (!known) return known;
    const others = known.items.filter(({ id }) => id !== run.id);
    const items = [...others, run].sort((a, b) => b.created_at.localeCompare(a.created_at));
    return { ...known, items };
  });
}

/** One run, followed by server-sent events until it ends. */
export function useRun(id: string) {
  const query = api.useQuery('get', '/runs/{id}', { params: { path: { id } } });
  const active = query.data ? isActive(query.data) : false;
  useEffect(() => (active ? follow(id) : undefined), [id, active]);
  return query;
}

function follow(id: string): () => void {
  const source = new EventSource(`/api/v1/runs/${encodeURIComponent(id)}/events`);
  source.addEventListener('run', (message: MessageEvent<string>) => {
    const run = JSON.parse(message.data) as Run;
    noteRun(run);
    // The server ends the stream with the run; without this the browser would open it again for ever.
    if (!isActive(run)) source.close();
  });
  return () => source.close();
}
