import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A sweep of a detector, or a batch of messages that all message detectors looked at. */
@Entity('detector_run')
@Index('IDX_detector_run_detector', ['detector', 'id'])
@Index('IDX_detector_run_ended', ['ended_at'])
export class DetectorRun {
  @Counter() id!: number | string;
  @Id(32) detector!: string;
  @Instant() started_at!: Date;
  @Instant() ended_at!: Date;
  @Column({ type: 'int' }) looked_at!: number;
  @Column({ type: 'int' }) found!: number;
  /** JSON: what could not be judged, by the reason. */
  @LongText() unseen!: string;
  /** Why it came to nothing. */
  @Column({ type: 'varchar', length: 500, nullable: true }) fault!: string | null;
}

/** How far the messages of the archive have been judged. */
@Entity('risk_cursor')
export class RiskCursor {
  @PrimaryId(32) name!: string;
  @Column({ type: 'bigint' }) last_id!: number | string;
  @Instant() moved_at!: Date;
}

/** A message of which more can be read than when it was judged. The row goes when it was judged again. */
@Entity('risk_rejudge')
export class RiskRejudge {
  @PrimaryColumn({ type: 'bigint' }) message_id!: number | string;
}
