import { api, client } from './client';
import { onceOnly, queryClient } from './query-client';
import type { OpenedReview, Review, ReviewStep } from './types';

const pathOf = (id: string) => ({ params: { path: { id } } });
const keyOf = (id: string) => api.queryOptions('get', '/archive/reviews/{id}', pathOf(id)).queryKey;

/**
 * An item with the messages around it. Every opening is recorded: it is asked for when the reader opens it, never by
 * itself.
 */
export function useOpenedReview(id: string) {
  return api.useQuery('get', '/archive/reviews/{id}', pathOf(id), {
    ...onceOnly,
    select: (opened) => opened as unknown as OpenedReview,
  });
}

/** Puts what the reader did where the page looks for it, without opening the item once more. */
export function noteReview(review: Review, step: ReviewStep): void {
  queryClient.setQueryData<OpenedReview>(
    keyOf(review.id),
    (known) => known && { ...known, ...review, steps: [...known.steps, step] },
  );
}

const mine = { params: { query: { assignee: 'me', state: 'claimed', limit: 200 } } } as const;

/** Whether the reader has it in hand; undefined until that is known. */
export function useIsMine({ id, state }: Pick<Review, 'id' | 'state'>): boolean | undefined {
  const { data, isFetching } = api.useQuery('get', '/archive/reviews', mine, { enabled: state === 'claimed' });
  const found = data?.items.some((review) => review.id === id);
  // A list of before the claim does not know of it yet.
  return found || !isFetching ? found : undefined;
}

/** What waits in the same queue, the next older one first; from the newest on when there is none. @returns its id */
export async function nextReview({ id, queue }: Pick<Review, 'id' | 'queue'>): Promise<string | undefined> {
  const query = { queue, state: 'unreviewed', limit: 100 } as const;
  const { data } = await client.GET('/archive/reviews', { params: { query } });
  const waiting = (data?.items ?? []).filter((review) => review.id !== id);
  return (waiting.find((review) => review.id < id) ?? waiting[0])?.id;
}
