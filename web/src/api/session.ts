import { api, client } from './client';
import { asFault } from './fault';
import { queryClient } from './query-client';
import type { paths } from './schema';

export type Viewer = paths['/session']['get']['responses'][200]['content']['application/json'];
/** Kept as text: permissions come from the server, and a new one must not break an old page. */
export type Permission = string;

const sessionQuery = api.queryOptions('get', '/session', {}, { staleTime: 60_000, retry: false });

/** Who is signed in; the error is a `Fault` with status 401 when nobody is. */
export const useSession = () => api.useQuery('get', '/session', {}, { staleTime: 60_000, retry: false });

/** Whether the reader may do something, by the server's own permission names: `useCan('sync:start')`. */
export const useCan = (permission: Permission): boolean => useSession().data?.permissions.includes(permission) ?? false;

/** Exchanges a one-time link, and the code it may ask for, for a session. @throws Fault ACCESS_BAD_LINK, ACCESS_CODE_REQUIRED */
export async function signIn(link: { token: string; code?: string }): Promise<void> {
  const { data } = await client.POST('/session', { body: link });
  if (data) keepSession(data);
}

/** Whoever was signed in before leaves nothing behind. */
export function keepSession(viewer: Viewer): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, viewer);
}

/**
 * Whatever the server says, what was read leaves this page's memory.
 * @returns whether the session is over; when the server cannot be reached it may go on
 */
export async function signOut(): Promise<boolean> {
  try {
    await client.DELETE('/session');
    return true;
  } catch (thrown) {
    return asFault(thrown).status === 401;
  } finally {
    queryClient.clear();
  }
}
