import { useEffect } from 'react';
import { api, invalidate, isActive, noteRun, type Run } from '../../api';

const newest = { params: { query: { limit: 2 } } };
const everyMs = 1_000;

/** The rotation that goes on, asked for again and again (whoever rotates may not hear of other runs), and the last that ended. */
export function useRotation() {
  const { data, error, refetch } = api.useQuery('get', '/key-rotations', newest, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? everyMs : false),
  });
  return {
    known: data !== undefined,
    running: data?.items.find(isActive),
    ended: data?.items.find((run) => !isActive(run)),
    error,
    refetch,
  };
}

/** Tells the rest of the page, and the frame, of what changes in a rotation. */
export function useNews(running: Run | undefined): void {
  useEffect(() => {
    if (running) noteRun(running);
  }, [running]);
  const state = running?.state;
  useEffect(() => (state ? () => invalidate('/data-keys', '/key-rotations', '/runs') : undefined), [state]);
}

export interface Rotated {
  sealed: number;
  /** Values that nobody could open. */
  unreadable: number;
}

/** What a rotation amounted to; undefined while it has no result. */
export function readRotated({ result }: Pick<Run, 'result'>): Rotated | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  const { sealed, unreadable } = result as Partial<Record<keyof Rotated, unknown>>;
  if (typeof sealed !== 'number') return undefined;
  return { sealed, unreadable: typeof unreadable === 'number' ? unreadable : 0 };
}
