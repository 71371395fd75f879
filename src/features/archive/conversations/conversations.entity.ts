import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A single chat or a group chat seen as one thread. What it counts moves with each batch of messages. */
@Entity('archive_conversation')
@Index('IDX_archive_conversation_newest', ['last_message_id'])
export class ArchiveConversation {
  /** Follows from who takes part (identity.ts). */
  @PrimaryId(32) id!: string;
  @Id(8) kind!: 'single' | 'group';
  /** Of a single chat: the staff member, the first by spelling where both are. */
  @Id(64, { nullable: true }) userid!: string | null;
  /** Of a single chat with somebody outside, or with a robot. */
  @Id(64, { nullable: true }) external_userid!: string | null;
  /** Of a single chat between colleagues: the other one. */
  @Id(64, { nullable: true }) peer_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  @Instant() first_message_at!: Date;
  @Instant() last_message_at!: Date;
  @Column({ type: 'bigint' }) last_message_id!: number | string;
  @Column({ type: 'int' }) messages!: number;
}

/** Who ever wrote or was written to in a conversation: whoever sees one of the staff among them sees the conversation. */
@Entity('archive_participant')
@Index('IDX_archive_participant_person', ['person', 'conversation_id'])
export class ArchiveParticipant {
  @PrimaryId(32) conversation_id!: string;
  @PrimaryId(64) person!: string;
  @Id(8) kind!: 'staff' | 'external' | 'robot';
}

/** What is known of a message without opening it. Its id is that of its envelope. Never changed. */
@Entity('archive_message')
@Index('IDX_archive_message_batch', ['batch_id'])
@Index('IDX_archive_message_conversation', ['conversation_id', 'id'])
@Index('IDX_archive_message_msgid', ['msgid'])
@Index('IDX_archive_message_sent_at', ['sent_at'])
export class ArchiveMessage {
  @Counter() id!: number | string;
  @Id(20) seq!: string;
  @Id(191) msgid!: string;
  @Id(32) conversation_id!: string;
  /** Empty: the message names nobody. */
  @Id(64) sender!: string;
  @Id(16) action!: string;
  @Id(64) type!: string;
  /** By the sender's client; the time it was fetched where the message tells none. */
  @Instant() sent_at!: Date;
  /** The msgid of what it takes back. */
  @Id(191, { nullable: true }) recalls!: string | null;
  @Column({ type: 'boolean' }) has_media!: boolean;
  @Column({ type: 'bigint' }) batch_id!: number | string;
  /** Hash of the text with a salt that is sealed beside it: it fixes the text, and after a purge tells nothing of it. */
  @Id(64) content!: string;
}

/** Which message takes which back, to be found by what is taken back. As proven as the messages it is read from. */
@Entity('archive_recall')
export class ArchiveRecall {
  /** The msgid of what is taken back. */
  @PrimaryId(191) msgid!: string;
  @PrimaryColumn({ type: 'bigint' }) message_id!: number | string;
}

/** The text of a message as it was opened, after its salt, sealed. The row goes when the message is purged. */
@Entity('archive_body')
export class ArchiveBody {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) key_id!: number | string;
  @LongText() sealed!: string;
}

/** The key of what was said in one conversation in one month, itself sealed. Null: destroyed, and what it sealed with it. */
@Entity('archive_body_key')
@Index('UQ_archive_body_key', ['conversation_id', 'month'], { unique: true })
export class ArchiveBodyKey {
  @Counter() id!: number | string;
  @Id(32) conversation_id!: string;
  /** `2026-11`, UTC. */
  @Id(7) month!: string;
  @LongText({ nullable: true }) sealed!: string | null;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) destroyed_at!: Date | null;
}

/** Messages that were opened together: what the chain links. Never changed. */
@Entity('archive_batch')
export class ArchiveBatch {
  @Counter() id!: number | string;
  @Column({ type: 'int' }) count!: number;
  /** Over the leaves of its messages, by id. */
  @Id(64) root!: string;
  @Instant() opened_at!: Date;
}

/** An envelope that could not be opened, or holds no message. It goes when it is opened after all (AR3). */
@Entity('archive_parked')
@Index('IDX_archive_parked_reason', ['reason', 'publickey_ver', 'id'])
export class ArchiveParked {
  /** That of the envelope. */
  @Counter() id!: number | string;
  /**
   * key_missing, wrong_key, undecryptable, poison; no_message: what was opened cannot be read as one; duplicate,
   * conflict: its msgid is here, with the same text or another.
   */
  @Id(16) reason!: string;
  @Column({ type: 'int', nullable: true }) code!: number | null;
  @Column({ type: 'bigint' }) publickey_ver!: number | string;
  @Column({ type: 'int' }) attempts!: number;
  @Instant() parked_at!: Date;
  @Instant() tried_at!: Date;
}
