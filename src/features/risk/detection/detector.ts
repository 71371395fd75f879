import type { Database } from '../../../db/database';
import type { StoredMessage } from '../../archive/conversations';
import type { DomainEvent, EventType } from '../../kernel/events';
import type { Draft, Explained, Finder } from '../findings';

/** What a detector may look at: what is stored. */
export interface Ground {
  db: Database;
  /** Messages in the order of the ids, whoever may see them; one that is not there is left out. */
  read(ids: readonly number[]): Promise<JudgedMessage[]>;
  /** What WeCom's logs hold of a member since then, counted by kind. */
  securitySigns(userid: string, since: Date): Promise<Readonly<Record<string, number>>>;
}

type Heard<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** Judges what happens, inside the transaction that stores it. */
export interface EventDetector<T extends EventType = EventType> extends Finder {
  hears: readonly T[];
  detect(event: Heard<T>, ground: Ground): Promise<Draft[]>;
  /** Which of its own findings turn out to be explained by what happens, however late that is told. */
  explained?(event: Heard<T>, ground: Ground): Promise<Explained[]>;
}

/** Keeps the event's type inside the detector, and takes it away from the list: it is told nothing but what it hears. */
export const defineDetector = <T extends EventType>(detector: EventDetector<T>): EventDetector =>
  detector as unknown as EventDetector;

/** A message with all that can be known of it. */
export interface JudgedMessage extends StoredMessage {
  conversation: JudgedConversation;
  sender_kind: 'staff' | 'external' | 'robot';
  /** What QR codes in its pictures say, and where. */
  codes: readonly { path: string; text: string }[];
}

export interface JudgedConversation {
  id: string;
  kind: 'single' | 'group';
  userid: string | null;
  external_userid: string | null;
  peer_userid: string | null;
  chat_id: string | null;
}

/**
 * Judges messages once they are stored, in the order they were opened; a message comes again when more of it can be
 * read. Outside of any transaction: what it finds is written with the cursor.
 */
export interface MessageDetector {
  /** What it has looked at is counted under these. */
  codes: readonly Finder['code'][];
  /** @param before what was just found in the same messages by those that were asked before, and is not written yet */
  judge(messages: readonly JudgedMessage[], ground: Ground, before: readonly Found[]): Promise<Judgement>;
}

/** What is to be written, in one transaction with the cursor. Run again, it writes nothing twice. */
export interface Judgement {
  found: readonly Found[];
  /** What the detector itself keeps. Touches nothing but the database: it may be run again after a deadlock. */
  write?: (() => Promise<void>) | undefined;
}

export interface Found {
  by: Finder;
  draft: Draft;
}

/** Compares what is stored, by the clock: for what no event tells. */
export interface Sweep extends Finder {
  /** How often, in minutes. */
  every: number;
  sweep(ground: Ground): Promise<Swept>;
}

export interface Swept {
  drafts: Draft[];
  /** How many conversations, relations, rows … it looked at. */
  lookedAt: number;
  /** How many it could not judge, by the reason: `no_seat`, `no_consent` … */
  unseen: Readonly<Record<string, number>>;
  /** Which of its own findings turn out to be explained. */
  explained?: readonly Explained[];
}
