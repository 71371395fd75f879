import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/** Of whom nothing is found for a while: accounts for tests, and private ids of staff (violations §2.2 trap 17). */
@Entity('detector_exception')
@Index('IDX_detector_exception_expires', ['expires_at', 'id'])
export class DetectorException {
  @PrimaryId(36) id!: string;
  /** Where both are named only what is between the two. */
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  @Id(80) created_by!: string;
  /** The second person. */
  @Id(80) approved_by!: string;
  @Instant() created_at!: Date;
  @Instant() expires_at!: Date;
  @Id(80, { nullable: true }) ended_by!: string | null;
  @Instant({ nullable: true }) ended_at!: Date | null;
}

/** What would have been a finding: that it was passed over stays countable. */
@Entity('detector_suppressed')
@Index('IDX_detector_suppressed_exception', ['exception_id'])
export class DetectorSuppressed {
  /** As of the finding that it is not. */
  @PrimaryId(191) dedupe_key!: string;
  @Id(36) exception_id!: string;
  @Id(32) detector!: string;
  @Instant() at!: Date;
}
