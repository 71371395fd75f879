import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, PrimaryId } from '../../../db/columns';

/** A backup that was written. The file is the truth; this is what is known of it. */
@Entity('backup')
@Index('IDX_backup_taken', ['taken_at'])
export class Backup {
  /** Of the file, without its folder. */
  @PrimaryId(191) name!: string;
  @Instant() taken_at!: Date;
  @Column({ type: 'bigint' }) size!: number | string;
  @Column({ type: 'bigint' }) row_count!: number | string;
  /** Read back to its end and found whole. */
  @Instant({ nullable: true }) verified_at!: Date | null;
  @Column({ type: 'boolean' }) ok!: boolean;
  /** In the folder of backups, where old ones are removed. */
  @Column({ type: 'boolean' }) kept!: boolean;
}

/** The public half of a recovery key: closes backups and opens none. The newest counts. */
@Entity('recovery_key')
export class StoredRecoveryKey {
  @PrimaryId() public_key!: string;
  @Instant() created_at!: Date;
}

/** This database was restored: what happened between the two instants is missing. */
@Entity('restoration')
export class Restoration {
  @Counter() id!: number | string;
  /** The file, without its folder. */
  @Id(191) backup!: string;
  @Instant() taken_at!: Date;
  @Instant() restored_at!: Date;
  /** The reconciliation that compares with WeCom again. */
  @Id(36, { nullable: true }) run_id!: string | null;
  /** Until then nothing is written to WeCom. */
  @Instant({ nullable: true }) resumed_at!: Date | null;
  @Id(80, { nullable: true }) resumed_by!: string | null;
}
