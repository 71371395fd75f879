import { api } from './client';
import { onceOnly, queryClient } from './query-client';
import type { components } from './schema';
import type { ArchivedMessage } from './types';

type Schemas = components['schemas'];

export type Finding = Schemas['Finding'];
export type OpenedFinding = Schemas['OpenedFinding'];
export type FindingStep = OpenedFinding['steps'][number];
/** The contract describes the messages in words only: they are those of a conversation. */
export type Passage = Omit<Schemas['FindingPassages']['items'][number], 'messages'> & { messages: ArchivedMessage[] };

const pathOf = (id: string) => ({ params: { path: { id } } });

/** A finding with its steps. Every opening is recorded. */
export function useOpenedFinding(id: string) {
  return api.useQuery('get', '/findings/{id}', pathOf(id), onceOnly);
}

/** What was said around its evidence, once it is wanted. Every look is recorded. */
export function usePassages(id: string, isWanted: boolean) {
  const asked = api.useQuery('get', '/findings/{id}/messages', pathOf(id), { ...onceOnly, enabled: isWanted });
  return { ...asked, data: asked.data?.items as Passage[] | undefined };
}

/** Puts what a decision answered where the page looks for it, without opening the finding once more. */
export function noteFinding(finding: OpenedFinding): void {
  queryClient.setQueryData(api.queryOptions('get', '/findings/{id}', pathOf(finding.id)).queryKey, finding);
}

export type Severity = Finding['severity'];
export type RiskToday = Schemas['RiskToday'];

const freshMs = 60_000;

/** What waits to be judged, and what came in. */
export const useRiskToday = () => api.useQuery('get', '/risk/today', {}, { refetchInterval: freshMs });
