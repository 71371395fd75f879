import { api } from './client';
import { type FilterOf, type ListSource, listOf } from './list';
import { queryClient } from './query-client';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Departure = Schemas['Departure'];
export type HeldContact = Schemas['HeldExternalContact'];
export type HeldGroupChat = Schemas['HeldGroupChat'];
export type HandoverSubject = Schemas['HandoverSubject'];
export type Leftover = Schemas['Leftover'];
export type LeftoverSummary = Schemas['LeftoverSummary'];

type State = Departure['state'];

const source = listOf('/departures');
const most = '200';

async function everyOne(state: State, signal: AbortSignal): Promise<Departure[]> {
  const items: Departure[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await source.load({ state, limit: most, ...(cursor ? { cursor } : {}) }, signal);
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

/** All departures in some states. The key lets `invalidate('/departures')` reach them. */
const everyOneIn = (states: readonly State[]) => ({
  queryKey: ['get', '/departures', 'every one', ...states] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await Promise.all(states.map((state) => everyOne(state, signal)))).flat(),
});

/** Those who left or will leave. */
export const openDepartures = everyOneIn(['planned', 'left']);
/** Those who stayed or came back. */
const endedDepartures = everyOneIn(['returned', 'called_off']);

/** The departures as a table reads them: by what `arrange` makes of all there are. What the page has asked for already is shared. */
export const departuresBy = <F extends string>(
  arrange: (departures: Departure[], values: Partial<Record<F, string>>) => Departure[],
  isEnded: (values: Partial<Record<F, string>>) => boolean,
): ListSource<Departure, F> => ({
  key: ['get', '/departures', 'arranged'],
  async load(query) {
    const values = query as Partial<Record<F, string>>;
    const wanted = isEnded(values) ? endedDepartures : openDepartures;
    const all = await queryClient.fetchQuery({ ...wanted, staleTime: 1_000 });
    return { items: arrange(all, values), next_cursor: null };
  },
});

export const useDeparture = (id: string) => api.useQuery('get', '/departures/{id}', { params: { path: { id } } });

/** Puts what a change answered where the page looks for it. */
export function noteDeparture(departure: Departure): void {
  const path = { params: { path: { id: departure.id } } };
  queryClient.setQueryData(api.queryOptions('get', '/departures/{id}', path).queryKey, departure);
}

export const useSubjects = (id: string) =>
  api.useQuery('get', '/departures/{id}/subjects', { params: { path: { id } } });

export const useLeftoverSummary = () => api.useQuery('get', '/leftovers/summary', {}, { refetchInterval: 60_000 });

export type LeftoverFilter = FilterOf<'/leftovers'>;
