import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asFault } from './fault';
import type { paths } from './schema';

const sessionKey = ['get', '/session'] as const;

/** Without a session: the gate asks who we are and leads to the sign-in page. A code that is wrong is a 401, too. */
function noticeSignOut(thrown: unknown, key?: readonly unknown[]): void {
  if (asFault(thrown).code !== 'UNAUTHORIZED' || key?.[1] === '/session') return;
  void queryClient.resetQueries({ queryKey: sessionKey });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => noticeSignOut(error, query.queryKey) }),
  mutationCache: new MutationCache({ onError: (error) => noticeSignOut(error) }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server refused it refuses again; only a lost connection or a 5xx is worth a second try.
      retry: (count, error) => {
        const { status } = asFault(error);
        return count < 1 && (status === 0 || status >= 500);
      },
      refetchOnWindowFocus: true,
    },
  },
});

/** For what is recorded as looked at: it is asked for when the reader asks, never by itself. */
export const onceOnly = {
  staleTime: 'static',
  gcTime: 0,
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** Asks again for everything under an address, whatever its parameters. */
export function invalidate(...addresses: (keyof paths)[]): void {
  for (const address of addresses) void queryClient.invalidateQueries({ queryKey: ['get', address] });
}
