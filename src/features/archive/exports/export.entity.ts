import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** Leave to take a part of the archive away: for one person, for a day. Its id is that of its run. */
@Entity('archive_export')
@Index('IDX_archive_export_requester', ['requested_by', 'id'])
@Index('IDX_archive_export_expires', ['expires_at'])
export class ArchiveExport {
  @PrimaryId(36) id!: string;
  /** As the audit trail names them. */
  @Id(80) requested_by!: string;
  /** Their name, as the watermark shows it. */
  @Column({ type: 'varchar', length: 191 }) requester!: string;
  /** Who agreed, where a second person had to. */
  @Id(80, { nullable: true }) approved_by!: string | null;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  @Column({ type: 'varchar', length: 191, nullable: true }) matter!: string | null;
  /** JSON of `exportFilters`. */
  @LongText() filters!: string;
  /** How many messages there were, and the newest of them: what comes later is not in it. */
  @Column({ type: 'bigint' }) messages!: number | string;
  @Column({ type: 'bigint' }) last_message_id!: number | string;
  /** Stands in the manifest and nowhere else: tells one copy from another. */
  @Id(36) watermark!: string;
  @Instant() created_at!: Date;
  @Instant() expires_at!: Date;
  /** What opens the file, sealed; null while there is none, and again once it is over. */
  @Column({ type: 'varchar', length: 512, nullable: true }) sealed_key!: string | null;
  @Column({ type: 'bigint', nullable: true }) bytes!: number | string | null;
  @Id(64, { nullable: true }) sha256!: string | null;
}
