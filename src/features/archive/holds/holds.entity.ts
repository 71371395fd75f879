import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/** What must not be purged while it stands. All that is named must fit a message; only the release is ever written. */
@Entity('archive_hold')
@Index('IDX_archive_hold_released', ['released_at', 'id'])
export class ArchiveHold {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  /** The case, proceeding or inquiry it serves. */
  @Column({ type: 'varchar', length: 100 }) matter!: string;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  @Id(32, { nullable: true }) conversation_id!: string | null;
  @Instant({ nullable: true }) from_at!: Date | null;
  /** Not included. */
  @Instant({ nullable: true }) to_at!: Date | null;
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
  @Id(80, { nullable: true }) released_by!: string | null;
  /** The second person. */
  @Id(80, { nullable: true }) approved_by!: string | null;
  @Instant({ nullable: true }) released_at!: Date | null;
}

/** One row, which whoever makes a hold and whoever purges writes first: so they come one after the other. */
@Entity('archive_hold_guard')
export class ArchiveHoldGuard {
  @PrimaryColumn({ type: 'int' }) id!: number;
  @Instant() moved_at!: Date;
}
