import { inChunks } from '../../../db/bulk';
import { placeholders } from '../../../db/database';
import type { DomainEvent, EventListener, EventType } from '../../kernel/events';
import type { FindingService } from '../findings';
import type { EventDetector, Ground } from './detector';

interface Deps {
  ground: Ground;
  findings: Pick<FindingService, 'raise' | 'explain'>;
  detectors: readonly EventDetector[];
}

/** What we did ourselves through the API violates nothing (violations §2.2 trap 2). */
const isOurs = ({ data }: DomainEvent): boolean => 'source' in data && data.source === 'own_write';

/**
 * Asks every detector of what happens, in the transaction that stores it: what is stored is judged, and what is judged
 * was stored. Told again, nothing is found twice.
 */
export function listening({ ground, findings, detectors }: Deps): EventListener {
  const heard = new Set<EventType>(detectors.flatMap(({ hears }) => [...hears]));
  let hasLost = false;

  async function judge(event: DomainEvent): Promise<void> {
    if (isOurs(event)) return;
    for (const detector of detectors.filter(({ hears }) => hears.includes(event.type))) {
      await findings.raise(detector, await detector.detect(event, ground));
      if (detector.explained) await findings.explain(detector, await detector.explained(event, ground));
    }
  }

  /** Whether the company has lost anybody: before that nobody is asked who comes, and a first read shows many thousands. */
  async function anyLost(): Promise<boolean> {
    const sql = `SELECT id FROM relation
      WHERE state IN ('deleted_by_staff', 'deleted_by_both', 'missing', 'transferred_out') LIMIT 1`;
    hasLost ||= (await ground.db.query(sql)).length > 0;
    return hasLost;
  }

  /** Of those who are connected only whom somebody had lost concern anybody. */
  async function withPast(told: readonly DomainEvent[]): Promise<readonly DomainEvent[]> {
    const added = told.flatMap((event) => (event.type === 'relation.added' ? [event.data.external_userid] : []));
    const lost = await inChunks([...new Set(added)], (chunk) =>
      ground.db.query<{ external_userid: string }>(
        `SELECT DISTINCT r.external_userid FROM relation r JOIN relation_history h ON h.relation_id = r.id
         WHERE r.external_userid IN (${placeholders(chunk.length)})
           AND h.kind IN ('staff_deleted', 'missing', 'transferred_out')`,
        chunk,
      ),
    );
    const past = new Set(lost.map(({ external_userid }) => external_userid));
    return told.filter((event) => event.type !== 'relation.added' || past.has(event.data.external_userid));
  }

  return {
    async wanted(types) {
      const own = types.filter((type) => heard.has(type));
      if (!own.includes('relation.added') || (await anyLost())) return own;
      return own.filter((type) => type !== 'relation.added');
    },
    async hear(told) {
      for (const event of await withPast(told)) await judge(event);
    },
  };
}
