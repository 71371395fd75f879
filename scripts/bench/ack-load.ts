import autocannon from 'autocannon';
import { createCallbacks, type Pair, seal } from '../lib/callbacks';

/** One round of load, asked for over the process channel. */
export interface LoadOrder {
  url: string;
  callbacks: number;
  connections: number;
  /** Callbacks a second; undefined: as many as are answered. */
  perSecond?: number;
  pairs: Pair[];
  /** Makes the callbacks of this round differ from those of others. */
  round: number;
}

export interface LoadResult {
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  /** Answered with a 200. */
  acknowledged: number;
  /** Anything but a 200. */
  failed: number;
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});

/** Every callback is distinct and encrypted before the clock starts. */
async function run({ url, callbacks, connections, perSecond, pairs, round }: LoadOrder): Promise<LoadResult> {
  const next = createCallbacks(pairs);
  const share = Math.floor(callbacks / connections);
  const shares = Array.from({ length: connections }, () =>
    Array.from({ length: share }, () => {
      const { path, body } = seal(next().plaintext.replace('</xml>', `<Round>${round}</Round></xml>`));
      return { method: 'POST' as const, path, body, headers: { 'content-type': 'text/xml' } };
    }),
  );
  const began = performance.now();
  let ended = began;
  const running = autocannon({
    url,
    connections,
    amount: share * connections,
    // Without its correction, which charges the server for the second in which the load itself gets going.
    ...(perSecond ? { overallRate: perSecond, ignoreCoordinatedOmission: true } : {}),
    setupClient: (client) => client.setRequests(shares.pop() ?? []),
  });
  // It looks only once a second whether all are answered: by its own end every rate would be a whole number of seconds.
  running.on('response', () => {
    ended = performance.now();
  });
  const result = await running;
  const seconds = (ended - began) / 1000;
  const { p50, p99, max } = result.latency;
  return {
    acknowledged: result['2xx'],
    perSecond: result['2xx'] / seconds,
    p50,
    p99,
    max,
    failed: result.non2xx + result.errors,
  };
}
