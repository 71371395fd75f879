import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ListSource } from '../../api';
import { usePreferences } from '../../preferences';

interface Wanted {
  values: Record<string, string>;
  cursor: string | undefined;
}

const none: never[] = [];
const onceOnly = { staleTime: 'static', refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

/** One page of a list. While another page loads the old rows stay, marked by `isStale`. */
export function useRows<T, F extends string>(source: ListSource<T, F>, { values, cursor }: Wanted) {
  const limit = usePreferences((preferences) => preferences.pageSize);
  const query = { ...values, limit: String(limit), ...(cursor ? { cursor } : {}) };
  const result = useQuery({
    queryKey: [...source.key, query],
    queryFn: ({ signal }) => source.load(query, signal),
    placeholderData: keepPreviousData,
    ...(source.recorded ? onceOnly : {}),
  });
  return {
    rows: result.data?.items ?? none,
    nextCursor: result.data?.next_cursor ?? undefined,
    error: result.error,
    isFirstLoad: result.isPending,
    isStale: result.isPlaceholderData,
    isFetching: result.isFetching,
    refetch: () => void result.refetch(),
  };
}
