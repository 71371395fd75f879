import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** What the members, the administrators, files and screens are logged for. */
export const securitySources = ['member_log', 'admin_log', 'file_record', 'screen_record'] as const;
export type SecuritySource = (typeof securitySources)[number];

/** `failing`: WeCom gave no answer. `unavailable`: it was not bought, or the app may not ask. */
export const sourceStates = ['new', 'ok', 'failing', 'unavailable'] as const;
export type SourceState = (typeof sourceStates)[number];

/** A line of one of WeCom's logs. Never changed: what it says of people stands sealed beside it. */
@Entity('security_record')
@Index('UQ_security_record_digest', ['digest'], { unique: true })
@Index('IDX_security_record_source', ['source', 'occurred_at'])
@Index('IDX_security_record_userid', ['userid', 'occurred_at'])
export class SecurityRecord {
  @Counter() id!: number | string;
  /** Keyed hash of the source, the line to the letter, and its number among equal ones of the same second. */
  @Id(43) digest!: string;
  @Id(16) source!: SecuritySource;
  @Instant() occurred_at!: Date;
  /** Null: somebody outside the company. */
  @Id(64, { nullable: true }) userid!: string | null;
  /** WeCom's number as it came. */
  @Column({ type: 'int' }) type!: number;
  @Column({ type: 'int', nullable: true }) detail_type!: number | null;
  @Instant() fetched_at!: Date;
}

/** The line as WeCom sent it. The digest proves it, so it may be sealed anew. */
@Entity('security_record_body')
export class SecurityRecordBody {
  @PrimaryId(43) digest!: string;
  @LongText() sealed!: string;
}

/** How far a log was read. Moves in the transaction of the lines it counts. */
@Entity('security_source')
export class SecuritySourceRow {
  @PrimaryId(16) source!: SecuritySource;
  @Id(16) state!: SourceState;
  /** Where reading began. */
  @Instant({ nullable: true }) since!: Date | null;
  /** Everything before it was read. */
  @Instant({ nullable: true }) watermark!: Date | null;
  @Instant({ nullable: true }) asked_at!: Date | null;
  @Instant({ nullable: true }) answered_at!: Date | null;
  /** Of WeCom's last refusal. */
  @Column({ type: 'int', nullable: true }) errcode!: number | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) fault!: string | null;
  /** The last stretch that WeCom no longer held when it was asked for. */
  @Instant({ nullable: true }) gap_from!: Date | null;
  @Instant({ nullable: true }) gap_to!: Date | null;
}

/**
 * `told`: an event told the same. `missed`: none did, and a read from WeCom found the contact missing. `unmatched`:
 * nobody we know. `before`: older than all we know.
 */
export const deletionStates = ['waiting', 'told', 'missed', 'unmatched', 'before'] as const;
export type DeletionState = (typeof deletionStates)[number];

/** A line that says that a member deleted somebody outside, and what it turned out to be. */
@Entity('security_deletion')
@Index('IDX_security_deletion_state', ['state', 'occurred_at'])
@Index('IDX_security_deletion_finding', ['finding_id'])
export class SecurityDeletion {
  @PrimaryColumn({ type: 'bigint' }) record_id!: number | string;
  @Instant() occurred_at!: Date;
  @Id(16) state!: DeletionState;
  @Column({ type: 'bigint', nullable: true }) finding_id!: number | string | null;
  @Instant({ nullable: true }) decided_at!: Date | null;
}
