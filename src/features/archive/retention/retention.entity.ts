import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, PrimaryId } from '../../../db/columns';

/** How long messages are kept. Of several that fit a message the longest counts; what none fits is kept for ever. */
@Entity('archive_retention_rule')
export class RetentionRule {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  /** The law or the rule of the company it follows. */
  @Column({ type: 'varchar', length: 255 }) ground!: string;
  /** From when the message was sent. */
  @Column({ type: 'int' }) years!: number;
  /** Conversations with somebody who is in the department or below it today; null: all. */
  @Column({ type: 'bigint', nullable: true }) department_id!: number | string | null;
  @Id(8, { nullable: true }) kind!: 'single' | 'group' | null;
  /** The message's type as WeCom spells it; null: all. */
  @Id(64, { nullable: true }) type!: string | null;
  @Column({ type: 'boolean' }) active!: boolean;
  @Column({ type: 'int' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

/** The tombstone of messages that were purged together. Never changed. */
@Entity('archive_purge')
@Index('IDX_archive_purge_run', ['run_id', 'id'])
export class ArchivePurge {
  @Counter() id!: number | string;
  @Instant() at!: Date;
  /** `retention` or `erasure` */
  @Id(16) cause!: string;
  @Column({ type: 'varchar', length: 500 }) ground!: string;
  @Id(80) asked_by!: string;
  @Id(80, { nullable: true }) approved_by!: string | null;
  @Id(36, { nullable: true }) run_id!: string | null;
  @Column({ type: 'int' }) count!: number;
  /** Over the ids of the messages, ascending. */
  @Id(64) ids_hash!: string;
}

/** A message whose content is gone. Never changed. */
@Entity('archive_purged')
@Index('IDX_archive_purged_purge', ['purge_id'])
export class ArchivePurged {
  @PrimaryColumn({ type: 'bigint' }) message_id!: number | string;
  @Column({ type: 'bigint' }) purge_id!: number | string;
}

/** What was said with somebody who asked to be forgotten. */
@Entity('archive_erasure')
@Index('IDX_archive_erasure_state', ['state', 'external_userid'])
export class ArchiveErasure {
  @PrimaryId() external_userid!: string;
  /** `restricted`: a hold keeps some of it; it goes when the hold does. */
  @Id(16) state!: 'queued' | 'purged' | 'restricted';
  @Column({ type: 'varchar', length: 255 }) reason!: string;
  @Id(80) asked_by!: string;
  @Id(80, { nullable: true }) approved_by!: string | null;
  @Instant() asked_at!: Date;
  @Instant() updated_at!: Date;
  @Column({ type: 'int' }) purged!: number;
  @Column({ type: 'int' }) held!: number;
}
