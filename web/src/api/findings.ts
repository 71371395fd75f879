import { useQuery } from '@tanstack/react-query';
import { api, client } from './client';
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

/** Findings that were read one page after another; not all of them where there were too many. */
export interface FindingsRead {
  /** Newest first. */
  items: Finding[];
  isAll: boolean;
}

type Asked = Partial<Pick<Finding, 'state' | 'severity'>>;

const pageSize = 200;
const mostPages = 5;
const freshMs = 60_000;

/** @param enough tells from the oldest that was read that nothing before it is wanted */
async function readFindings(asked: Asked, signal: AbortSignal, enough?: (oldest: Finding) => boolean) {
  const items: Finding[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < mostPages; page++) {
    const query: Asked & { limit: number; cursor?: string } = { ...asked, limit: pageSize, ...(cursor && { cursor }) };
    const { data } = await client.GET('/findings', { params: { query }, signal });
    items.push(...(data?.items ?? []));
    cursor = data?.next_cursor ?? null;
    const oldest = items.at(-1);
    if (!cursor || (oldest && enough?.(oldest))) return { items, isAll: true };
  }
  return { items, isAll: false };
}

export type Severity = Finding['severity'];
export type OpenFindings = Record<Severity, FindingsRead> & Record<'reviewing' | 'escalated', FindingsRead>;

/** What nobody has taken up, by severity; and what is in somebody's hands. */
export function useOpenFindings() {
  return useQuery({
    queryKey: ['get', '/findings', 'open'],
    refetchInterval: freshMs,
    queryFn: async ({ signal }): Promise<OpenFindings> => {
      const open = (severity: Severity) => readFindings({ state: 'open', severity }, signal);
      const [lead, low, medium, high, critical, reviewing, escalated] = await Promise.all([
        open('lead'),
        open('low'),
        open('medium'),
        open('high'),
        open('critical'),
        readFindings({ state: 'reviewing' }, signal),
        readFindings({ state: 'escalated' }, signal),
      ]);
      return { lead, low, medium, high, critical, reviewing, escalated };
    },
  });
}

/** What was found since an instant, whatever became of it. */
export function useFindingsSince(since: string) {
  return useQuery({
    queryKey: ['get', '/findings', { since }],
    refetchInterval: freshMs,
    queryFn: async ({ signal }): Promise<FindingsRead> => {
      const { items, isAll } = await readFindings({}, signal, ({ detected_at }) => detected_at < since);
      return { items: items.filter(({ detected_at }) => detected_at >= since), isAll };
    },
  });
}
