import { useEffect, useRef } from 'react';
import { api, invalidate, isActive, noteRun, type Run } from '../../../api';
import { lastPushes } from './rules';

const all = { params: { query: { limit: 200 } } };
/** WeCom is asked each time: not by a mere look at the window. */
const calm = { staleTime: 30_000, refetchOnWindowFocus: false } as const;

/** Every rule at WeCom; it takes a hundred at most. */
export const useRules = () => api.useQuery('get', '/interception-rules', all, calm);

export const useInterception = (id: string) =>
  api.useQuery('get', '/interception-rules/{id}', { params: { path: { id } } }, calm);

const reread = (): void => invalidate('/interception-rules', '/interception-rules/{id}');

/** A push that was asked for: it is followed, and what it changes at WeCom is read when it ends. */
export function notePush(run?: Run): void {
  if (run) noteRun(run);
  invalidate('/runs');
  reread();
}

const pushes = { params: { query: { kind: 'interception-push', limit: 200 } } };

/** The last push of each interception, followed while one goes on. */
export function usePushes(): Map<string, Run> {
  const { data } = api.useQuery('get', '/runs', pushes, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const isPushing = data?.items.some(isActive) ?? false;
  const wasPushing = useRef(false);
  useEffect(() => {
    if (wasPushing.current && !isPushing) reread();
    wasPushing.current = isPushing;
  }, [isPushing]);
  return lastPushes(data?.items ?? []);
}
