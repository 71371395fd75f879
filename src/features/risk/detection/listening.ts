import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { DomainEvent, EventListener, EventType } from '../../kernel/events';
import type { FindingService } from '../findings';
import type { EventDetector } from './detector';

interface Deps {
  db: Database;
  findings: Pick<FindingService, 'raise' | 'explain'>;
  detectors: readonly EventDetector[];
}

/** What we did ourselves through the API violates nothing (violations §2.2 trap 2). */
const isOurs = ({ data }: DomainEvent): boolean => 'source' in data && data.source === 'own_write';

/**
 * Asks every detector of what happens, in the transaction that stores it: what is stored is judged, and what is judged
 * was stored. Told again, nothing is found twice.
 */
export function listening({ db, findings, detectors }: Deps): EventListener {
  const heard = new Set<EventType>(detectors.flatMap(({ hears }) => [...hears]));

  async function judge(event: DomainEvent): Promise<void> {
    if (isOurs(event)) return;
    for (const detector of detectors.filter(({ hears }) => hears.includes(event.type))) {
      await findings.raise(detector, await detector.detect(event, { db }));
      if (detector.explained) await findings.explain(detector, await detector.explained(event, { db }));
    }
  }

  /** Of those who are connected only whom we had lost concern anybody: a first read shows many thousands. */
  async function withPast(told: readonly DomainEvent[]): Promise<readonly DomainEvent[]> {
    const added = told.flatMap((event) => (event.type === 'relation.added' ? [event.data.relation_id] : []));
    const lost = await inChunks(added, (chunk) =>
      db.query<{ relation_id: string }>(
        `SELECT DISTINCT relation_id FROM relation_history
         WHERE relation_id IN (${placeholders(chunk.length)}) AND kind IN ('staff_deleted', 'missing')`,
        chunk,
      ),
    );
    const past = new Set(lost.map(({ relation_id }) => relation_id));
    return told.filter((event) => event.type !== 'relation.added' || past.has(event.data.relation_id));
  }

  return {
    wanted: async (types) => types.filter((type) => heard.has(type)),
    async hear(told) {
      for (const event of await withPast(told)) await judge(event);
    },
  };
}
