/** The part of autocannon that the benchmarks use; it brings no types. */
declare module 'autocannon' {
  interface Request {
    method: 'POST';
    path: string;
    body: string;
    headers: Record<string, string>;
  }

  interface Options {
    url: string;
    connections: number;
    amount: number;
    /** Requests a second over all connections. */
    overallRate?: number;
    ignoreCoordinatedOmission?: boolean;
    setupClient(client: { setRequests(requests: Request[]): void }): void;
  }

  interface Result {
    latency: { p50: number; p99: number; max: number };
    non2xx: number;
    errors: number;
    '2xx': number;
  }

  interface Running extends PromiseLike<Result> {
    on(event: 'response', listener: () => void): void;
  }

  function autocannon(options: Options): Running;
  export = autocannon;
}
