/**
 * Collects what is given while the last batch is being worked on: whoever comes meanwhile shares the next one.
 * @returns a function that resolves when the batch of what it was given is done
 */
export function createGathering<T>(work: (batch: T[]) => Promise<void>): (one: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  async function run(): Promise<void> {
    await tail;
    const batch = waiting;
    waiting = [];
    next = undefined;
    const done = work(batch);
    tail = done.catch(() => undefined);
    await done;
  }

  return (one) => {
    waiting.push(one);
    next ??= run();
    return next;
  };
}
