import { queryClient } from './query-client';

const patienceMs = 500;

/**
 * A factor that is shown in one tab gives the session another id (S6): what another tab had under way with the old one
 * comes back as 401. Asked once more, it goes with the new cookie; only where somebody was signed in.
 */
export async function sendTwice(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.status !== 401 || !wasSignedIn()) return response;
  await new Promise((resolve) => setTimeout(resolve, patienceMs));
  return fetch(request);
}

const wasSignedIn = (): boolean =>
  queryClient.getQueriesData({ queryKey: ['get', '/session'] }).some(([, data]) => data !== undefined);
