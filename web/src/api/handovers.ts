import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { api, client } from './client';
import { invalidate, onceOnly } from './query-client';
import { isActive, useRecentRuns } from './runs';
import type { components, paths } from './schema';
import { useCan } from './session';
import type { Run } from './types';

type Schemas = components['schemas'];
type Acts = 'assignments' | 'removals' | 'replan';
type BodyOf<P extends '/handovers' | `/handovers/{id}/${Acts}`> = NonNullable<
  paths[P]['post']['requestBody']
>['content']['application/json'];

export type Handover = Schemas['Handover'];
export type ListedHandover = Schemas['ListedHandover'];
export type HandoverItem = Schemas['HandoverItem'];
export type HandoverStory = Schemas['HandoverItemStory'];
export type HandoverStep = HandoverStory['steps'][number];
export type HandoverSummary = Handover['summary'];
export type ItemState = HandoverItem['state'];
export type HandoverBriefing = Schemas['HandoverBriefing'];
export type NewHandover = BodyOf<'/handovers'>;
export type Replan = BodyOf<'/handovers/{id}/replan'>;
export type HandoverOutcome = Schemas['HandoverOutcome'];
export type OutcomeFigures = HandoverOutcome['external_contacts'];
export type Assignment = BodyOf<'/handovers/{id}/assignments'>['changes'][number];
export type ItemFilter = NonNullable<Assignment['filter']>;
/** Some items: by their ids, or whatever a filter fits. */
export type NamedItems = BodyOf<'/handovers/{id}/removals'>;

const pathOf = (id: string) => ({ params: { path: { id } } });
const busyMs = 2_500;
const quietMs = 20_000;

/** What has not gone out or was not heard of yet moves soon; what waits for tomorrow does not. */
function pauseOf({ state, summary }: Handover): number | false {
  if (state !== 'under_way') return state === 'scheduled' ? quietMs : false;
  const { planned = 0, submitted = 0, unknown = 0 } = summary.by_state;
  return planned + submitted + unknown > 0 ? busyMs : quietMs;
}

/** A handover and what it amounts to, asked again while it is under way. */
export const useHandover = (id: string) =>
  api.useQuery('get', '/handovers/{id}', pathOf(id), {
    refetchInterval: ({ state }) => (state.data ? pauseOf(state.data) : false),
  });

/** Everything that is shown of handovers, anew. */
export const renewHandovers = (): void =>
  invalidate(
    ...(['/handovers', '/handovers/{id}', '/handovers/{id}/outcome'] as const),
    ...(['/handovers/{id}/items', '/handovers/{id}/items/{item_id}'] as const),
  );

/** What it came to afterwards: it changes for as long as the customers are watched. */
export const useOutcome = (id: string) => api.useQuery('get', '/handovers/{id}/outcome', pathOf(id));

/** The work on a handover that a person started, while it goes on; as it goes on, what is shown is read anew. */
export function useHandoverRun(id: string): Run | undefined {
  const runs = useRecentRuns(useCan('runs:read'));
  const run = runs.find((one) => isActive(one) && isAbout(one, id));
  const { state, progress } = run ?? {};
  const mark = run && `${run.id} ${state} ${progress?.done}`;
  const renew = useEffectEvent(renewHandovers);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step of the run, or its end, is what makes it worth asking.
  useEffect(() => renew(), [mark]);
  return run;
}

const isAbout = ({ params }: Run, id: string): boolean =>
  typeof params === 'object' && params !== null && 'handover_id' in params && params.handover_id === id;

/** What a successor should know. Every look is recorded. */
export const useBriefing = (path: { id: string; item_id: number }) =>
  api.useQuery('get', '/handovers/{id}/items/{item_id}/briefing', { params: { path } }, onceOnly);

/** What a plan would do; nothing is stored. A newer question ends the older one. */
export const usePreview = (body: NewHandover | undefined) =>
  useDryRun('/handovers', body, async (wanted, signal) => {
    const { data } = await client.POST('/handovers', { body: { ...wanted, dry_run: true }, signal });
    return data as Handover;
  });

/** What a draft would be, decided anew. */
export const useReplanPreview = (id: string, body: Replan | undefined) =>
  useDryRun(`/handovers/${id}`, body, async (wanted, signal) => {
    const { data } = await client.POST('/handovers/{id}/replan', {
      ...{ ...pathOf(id), body: { ...wanted, dry_run: true } },
      signal,
    });
    return data as Handover;
  });

const useDryRun = <B>(of: string, body: B | undefined, ask: (body: B, signal: AbortSignal) => Promise<Handover>) =>
  useQuery({
    queryKey: ['preview', of, body],
    queryFn: ({ signal }) => ask(body as B, signal),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
