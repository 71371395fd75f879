import { api } from './client';
import { invalidate, onceOnly, queryClient } from './query-client';
import type { components } from './schema';
import type { ArchivedMessage } from './types';

type Schemas = components['schemas'];

export type SpotCheck = Schemas['SpotCheck'];
/** The contract describes the messages in words only: they are those of a conversation. */
export type HeldMessages = { messages: number; first: ArchivedMessage; recent: ArchivedMessage[] };

const pathOf = (id: string) => ({ params: { path: { id } } });
const newest = { params: { query: { limit: 200 } } };

/** What a check is about, from the list: to read that is no look. Undefined for one of long ago. */
export function useListedCheck(id: string) {
  const { data, ...asked } = api.useQuery('get', '/spot-checks', newest);
  const check = data?.items.find((one) => one.id === id);
  return { ...asked, check, isAbsent: data?.next_cursor === null && check === undefined };
}

/** A check with what the device should show, once it is wanted. Every opening is recorded. */
export function useOpenedCheck(id: string, isWanted: boolean) {
  const asked = api.useQuery('get', '/spot-checks/{id}', pathOf(id), { ...onceOnly, enabled: isWanted });
  return { ...asked, held: asked.data?.archive as unknown as HeldMessages | undefined };
}

/** Puts a result where the page looks for it, without opening the check once more. */
export function noteCheck(check: SpotCheck): void {
  const { queryKey } = api.queryOptions('get', '/spot-checks/{id}', pathOf(check.id));
  queryClient.setQueryData<Schemas['OpenedSpotCheck']>(queryKey, (known) => known && { ...known, ...check });
  invalidate('/spot-checks', '/findings');
}
