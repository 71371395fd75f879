interface Shown<T> {
  /** Oldest first. */
  before: T[];
  /** How many messages stand between the two stretches and are not shown. */
  between: number;
  after: T[];
}

interface Held<T> {
  /** How many there are in all. */
  messages: number;
  first: T;
  recent: readonly T[];
}

/** The first message and the newest ones, each once; the newest come first. */
export function shownOf<T extends { id: string }>({ messages, first, recent }: Held<T>): Shown<T> {
  const after = recent.filter(({ id }) => id !== first.id).toReversed();
  return { before: [first], between: Math.max(0, messages - after.length - 1), after };
}
