import { api, client } from './client';
import { queryClient } from './query-client';
import type { components, paths } from './schema';

export type SidebarContext = components['schemas']['SidebarContext'];
export type SidebarSignatures = components['schemas']['SidebarSignatures'];
export type ExternalContactDetail = components['schemas']['ExternalContactDetail'];
export type Relation = components['schemas']['Relation'];
export type GroupChatDetail = components['schemas']['GroupChatDetail'];
export type HandoverBriefing = components['schemas']['HandoverBriefing'];
type Reported = paths['/sidebar/failures']['post']['requestBody'];
export type SidebarFailure = NonNullable<Reported>['content']['application/json'];

/** @throws Fault 401 when nobody is signed in */
export async function whoIsSignedIn(): Promise<string> {
  const { data } = await client.GET('/session');
  return data?.name ?? '';
}

/** What the page at this address needs for the JS-SDK. @throws Fault */
export async function readSignatures(url: string): Promise<SidebarSignatures> {
  const { data } = await client.GET('/sidebar/signatures', { params: { query: { url } } });
  if (!data) throw new Error('an answer without signatures');
  return data;
}

/** Whom the chat is with, for whoever is signed in. @throws Fault */
export async function readContext(query: { external_userid: string } | { chat_id: string }): Promise<SidebarContext> {
  const { data } = await client.GET('/sidebar/context', { params: { query } });
  if (!data) throw new Error('an answer without a context');
  return data;
}

/** Tells the administrators. That this fails as well helps nobody. @returns whether they were told */
export const reportFailure = (body: SidebarFailure): Promise<boolean> =>
  client.POST('/sidebar/failures', { body }).then(
    () => true,
    () => false,
  );

/** Where WeCom says who holds its client, and from where it leads back here. */
export const silentSignIn = (back: string): string => `/api/v1/session/wecom?return_to=${encodeURIComponent(back)}`;

export { api, queryClient };
