import { useEffect, useMemo, useState } from 'react';
import { useFoundIn } from '../../../api';

/** What was looked for in a conversation: how often it stands there, and which of them the reader is at. */
export interface Hits {
  /** Newest first; not all of them while `isMore`. */
  ids: string[];
  isMore: boolean;
  isPending: boolean;
  error: Error | null;
  /** Place among them of the message the reader is at, from 0, newest first; -1 for none. */
  at: number;
  /** Whether there is one in this direction. */
  has(way: Way): boolean;
  go(way: Way): void;
}

/** `next` is newer and stands further down. */
export type Way = 'next' | 'previous';

interface Options {
  conversationId: string;
  query: string;
  marked: string | undefined;
  onGo(id: string): void;
}

/** The hits before those that were read are asked for when the reader goes there. */
export function useHits({ conversationId, query, marked, onGo }: Options): Hits {
  const found = useFoundIn(conversationId, query);
  const ids = useMemo(() => found.data?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? [], [found.data]);
  const [wantsOlder, setWantsOlder] = useState(false);
  const { hasNextPage, fetchNextPage, isFetching, error } = found;
  const next = beside(ids, marked, 'next');
  const previous = beside(ids, marked, 'previous');

  // A page of a search may be empty and still not be the last.
  useEffect(() => {
    if (!hasNextPage || isFetching || error) return;
    if (ids.length === 0 || (wantsOlder && previous === undefined)) void fetchNextPage();
  }, [ids.length, hasNextPage, isFetching, error, wantsOlder, previous, fetchNextPage]);
  useEffect(() => {
    if (!wantsOlder || (previous === undefined && hasNextPage && !error)) return;
    setWantsOlder(false);
    if (previous !== undefined) onGo(previous);
  }, [wantsOlder, previous, hasNextPage, error, onGo]);

  return {
    ...{ ids, isMore: hasNextPage, isPending: query !== '' && found.isPending, error },
    at: marked === undefined ? -1 : ids.indexOf(marked),
    has: (way) => (way === 'next' ? next !== undefined : previous !== undefined || hasNextPage),
    go(way) {
      const id = way === 'next' ? next : previous;
      if (id !== undefined) onGo(id);
      else if (way === 'previous' && hasNextPage) setWantsOlder(true);
    },
  };
}

/** The hit nearest to a message on one side of it; without a message the newest. */
function beside(ids: readonly string[], marked: string | undefined, way: Way): string | undefined {
  if (marked === undefined) return way === 'previous' ? ids[0] : undefined;
  const here = Number(marked);
  return way === 'previous' ? ids.find((id) => Number(id) < here) : ids.findLast((id) => Number(id) > here);
}
