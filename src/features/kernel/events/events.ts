import type { DomainEvent, EventType } from './event-types';

export interface EventListener {
  /** Which of these types it wants now; asked before details are looked up for nobody. */
  wanted(types: readonly EventType[]): Promise<readonly EventType[]>;
  /** Called inside the transaction that stores what happened: it may write, and must not reach for the network. */
  hear(events: readonly DomainEvent[]): Promise<void>;
}

export type DomainEvents = ReturnType<typeof createDomainEvents>;

/** How features tell what happened without knowing who listens. What is told and what is stored stand or fall together. */
export function createDomainEvents() {
  const listeners: EventListener[] = [];

  async function wanted(types: readonly EventType[]): Promise<Set<EventType>> {
    const answers = new Set<EventType>();
    for (const listener of listeners) for (const type of await listener.wanted(types)) answers.add(type);
    return answers;
  }

  return {
    wanted,

    listen: (listener: EventListener): void => void listeners.push(listener),

    /** Must run inside the transaction of what it tells. */
    async publish(events: readonly DomainEvent[]): Promise<void> {
      if (events.length === 0) return;
      const types = [...new Set(events.map(({ type }) => type))];
      for (const listener of listeners) {
        const own = new Set(await listener.wanted(types));
        const heard = events.filter(({ type }) => own.has(type));
        if (heard.length > 0) await listener.hear(heard);
      }
    },
  };
}
