import type { Database } from '../../../../db/database';
import type { DomainEvent, EventType } from '../../../kernel/events';
import type { EvidenceLevel, Severity } from '../finding.entity';

/** What a finding rests on: where it stands in our tables, and the hash of what stood there then. */
export interface EvidenceRef {
  source: 'relation_history' | 'group_chat_history' | 'difference' | 'message';
  ref: string;
  hash: string;
}

/** A finding about to be written. */
export interface Draft {
  /** What happened, by its own ids and time; the detector's code comes before it. */
  key: string;
  evidenceLevel: EvidenceLevel;
  severity: Severity;
  userid?: string;
  externalUserid?: string;
  chatId?: string;
  occurredAt: Date;
  features?: Record<string, string | number | boolean | null>;
  evidence: EvidenceRef[];
}

/** What a detector may look at: what is stored, inside the transaction of what it hears. */
export interface Ground {
  db: Database;
}

type Heard<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** One line of the table of violations §2. */
export interface Detector<T extends EventType = EventType> {
  /** The field's fixed name. */
  code: string;
  /** Grows with every change of what it finds. */
  version: number;
  hears: readonly T[];
  detect(event: Heard<T>, ground: Ground): Promise<Draft[]>;
}

/** Keeps the event's type inside the detector, and takes it away from the list: it is told nothing but what it hears. */
export const defineDetector = <T extends EventType>(detector: Detector<T>): Detector => detector as unknown as Detector;
