import { api } from './client';
import { queryClient } from './query-client';
import type { components } from './schema';

export type Finding = components['schemas']['Finding'];
export type OpenedFinding = components['schemas']['OpenedFinding'];
export type FindingStep = OpenedFinding['steps'][number];

const pathOf = (id: string) => ({ params: { path: { id } } });

/** A finding with its steps. Every opening is recorded: it is asked for when the reader opens it, never by itself. */
export function useOpenedFinding(id: string) {
  return api.useQuery('get', '/findings/{id}', pathOf(id), {
    ...{ staleTime: 'static', gcTime: 0, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
}

/** Puts what a decision answered where the page looks for it, without opening the finding once more. */
export function noteFinding(finding: OpenedFinding): void {
  queryClient.setQueryData(api.queryOptions('get', '/findings/{id}', pathOf(finding.id)).queryKey, finding);
}
