/** Runs tasks in order of arrival, a few at a time; a task may ask to be delayed first, which is what shuffles them. */
export function createQueue(concurrency: number) {
  const waiting: (() => Promise<void>)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let idlers: (() => void)[] = [];
  let running = 0;

  function settle(): void {
    if (running + waiting.length + timers.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }
  async function run(task: () => Promise<void>): Promise<void> {
    running += 1;
    await task().catch(() => undefined);
    running -= 1;
    next();
    settle();
  }
  function next(): void {
    const task = running < concurrency ? waiting.shift() : undefined;
    if (task) void run(task);
  }
  function enqueue(task: () => Promise<void>): void {
    waiting.push(task);
    next();
  }

  return {
    add(task: () => Promise<void>, delayMs: number): void {
      if (delayMs <= 0) {
        enqueue(task);
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        enqueue(task);
      }, delayMs);
      timers.add(timer);
    },
    idle: (): Promise<void> =>
      new Promise((resolve) => {
        idlers.push(resolve);
        settle();
      }),
    clear(): void {
      waiting.length = 0;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      settle();
    },
  };
}
