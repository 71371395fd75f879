export interface Keep {
  /** How long an answer is kept, in milliseconds. */
  ms: number;
  /** The greatest part of the time that loading may take: a dear answer is kept longer. */
  share?: number;
}

/** Remembers what `load` answered. Callers that come while it loads share its answer; a failure is not kept. */
export function cached<T>(load: () => Promise<T>, { ms, share = Number.POSITIVE_INFINITY }: Keep): () => Promise<T> {
  let flight: Promise<T> | undefined;
  let staleAt = 0;
  return () => {
    if (flight && performance.now() < staleAt) return flight;
    const startedAt = performance.now();
    staleAt = Number.POSITIVE_INFINITY;
    flight = load();
    flight.then(
      () => {
        const took = performance.now() - startedAt;
        staleAt = performance.now() + Math.max(ms, took / share);
      },
      () => {
        flight = undefined;
      },
    );
    return flight;
  };
}
