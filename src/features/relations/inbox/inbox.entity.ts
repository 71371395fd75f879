import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

export const inboxStates = ['pending', 'done', 'ignored', 'parked'] as const;
export type InboxState = (typeof inboxStates)[number];

/** A callback as stored, before it is handled. The digest stays for good, the body as long as the settings say. */
@Entity('inbox_event')
@Index('UQ_inbox_event_digest', ['digest'], { unique: true })
@Index('IDX_inbox_event_state', ['state', 'id'])
export class InboxEvent {
  @Counter() id!: number;
  /** SHA-256 of receiver and decrypted plaintext, base64url: retries carry other ciphertext (I4, S2). */
  @Id(43) digest!: string;
  @Column({ type: 'varchar', length: 16 }) receiver!: string;
  @Column({ type: 'varchar', length: 64 }) event!: string;
  @Column({ type: 'varchar', length: 64 }) change_type!: string;
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  @Column({ type: 'varchar', length: 16 }) state!: InboxState;
  @Column({ type: 'int' }) attempts!: number;
  @Column({ type: 'varchar', length: 1024, nullable: true }) error!: string | null;
  /** Its time stamp was more than 10 minutes off: it may only trigger a read (S2). */
  @Column({ type: 'boolean' }) stale!: boolean;
  /** `CreateTime` of the event. */
  @Instant() occurred_at!: Date;
  @Instant() received_at!: Date;
  @Instant({ nullable: true }) handled_at!: Date | null;
  /** The decrypted XML, sealed; null once the retention is over. */
  @LongText({ nullable: true }) body!: string | null;
}
