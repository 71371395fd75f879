import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListSource, RelationHistoryEntry } from '../../api';

/** What every history of the contract has in common. */
export type HistoryEntry = Pick<
  RelationHistoryEntry,
  'id' | 'kind' | 'source' | 'occurred_at' | 'recorded_at' | 'ref' | 'detail'
>;

const pageSize = '100';

/** A history read from its newest page backwards; `entries` are sorted by when things happened, newest first. */
export function useHistory<T extends HistoryEntry>(source: ListSource<T, never>) {
  const result = useInfiniteQuery({
    queryKey: [...source.key, 'history'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      source.load({ limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
  const entries = result.data?.pages.flatMap(({ items }) => items) ?? [];
  // The server orders by when it was recorded; what arrived late belongs to the day it happened.
  entries.sort((a, b) => b.occurred_at.localeCompare(a.occurred_at) || b.id - a.id);
  return { ...result, entries };
}
