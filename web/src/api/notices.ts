import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from './client';

/** Members of staff who have, or have not, confirmed a notice, a hundred at a time. */
export function useConfirmations(id: string, confirmed: 'true' | 'false') {
  return useInfiniteQuery({
    queryKey: ['get', '/archive/notices/{id}/confirmations', { id, confirmed }],
    queryFn: async ({ pageParam, signal }) => {
      const query = { confirmed, limit: 100, ...(pageParam && { cursor: pageParam }) };
      const params = { path: { id }, query };
      const { data } = await client.GET('/archive/notices/{id}/confirmations', { params, signal });
      return { items: data?.items ?? [], next_cursor: data?.next_cursor ?? null };
    },
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}
