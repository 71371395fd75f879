import type { DomainEvent, EventListener, EventType } from '../../kernel/events';
import type { FindingService } from '../findings';
import type { EventDetector, Ground } from './detector';

interface Deps {
  ground: Ground;
  findings: Pick<FindingService, 'raise'>;
  detectors: readonly EventDetector[];
}

/**
 * Asks every detector of what happens, in the transaction that stores it: what is stored is judged, and what is judged
 * was stored. Told again, nothing is found twice.
 */
export function listening({ ground, findings, detectors }: Deps): EventListener {
  const heard = new Set<EventType>(detectors.flatMap(({ hears }) => [...hears]));

  async function judge(event: DomainEvent): Promise<void> {
    for (const detector of detectors.filter(({ hears }) => hears.includes(event.type))) {
      await findings.raise(detector, await detector.detect(event, ground));
    }
  }

  return {
    wanted: async (types) => types.filter((type) => heard.has(type)),
    async hear(told) {
      for (const event of told) await judge(event);
    },
  };
}
