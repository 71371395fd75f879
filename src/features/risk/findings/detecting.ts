import type { Database } from '../../../db/database';
import type { DomainEvent, DomainEvents, EventListener, EventType } from '../../kernel/events';
import { type Detector, type Draft, detectors } from './detectors';
import type { FindingStore } from './findings.store';

interface Deps {
  db: Database;
  store: FindingStore;
  events: Pick<DomainEvents, 'publish'>;
}

const heard = new Set<EventType>(detectors.flatMap(({ hears }) => [...hears]));

/**
 * Asks every detector of what happens, in the transaction that stores it: what is stored is judged, and what is judged
 * was stored. Told again, nothing is found twice.
 */
export function detecting({ db, store, events }: Deps): EventListener {
  async function keep(detector: Detector, draft: Draft): Promise<void> {
    const id = await store.add(detector, draft);
    if (id === undefined) return;
    const { userid = null, externalUserid = null, chatId = null, severity, evidenceLevel } = draft;
    const about = { userid, external_userid: externalUserid, chat_id: chatId };
    const data = { finding_id: id, detector: detector.code, severity, evidence_level: evidenceLevel, ...about };
    await events.publish([{ type: 'finding.raised', occurred_at: draft.occurredAt, data }]);
  }

  async function judge(event: DomainEvent): Promise<void> {
    for (const detector of detectors.filter(({ hears }) => hears.includes(event.type))) {
      for (const draft of await detector.detect(event, { db })) await keep(detector, draft);
    }
  }

  return {
    wanted: async (types) => types.filter((type) => heard.has(type)),
    async hear(told) {
      for (const event of told) await judge(event);
    },
  };
}
