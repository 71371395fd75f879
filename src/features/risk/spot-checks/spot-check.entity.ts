import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

export const spotCheckOutcomes = ['matches', 'missing_on_device'] as const;
export type SpotCheckOutcome = (typeof spotCheckOutcomes)[number];

/** A conversation that a member of staff is to show on their device, and how it came to be this one. Never changed. */
@Entity('spot_check')
@Index('IDX_spot_check_userid', ['userid', 'id'])
export class SpotCheck {
  @Counter() id!: number | string;
  @Id() userid!: string;
  @Id(32) conversation_id!: string;
  /** Drawn by chance, or chosen by whoever asked. */
  @Id(8) how!: 'drawn' | 'chosen';
  /** Why it was chosen. */
  @Column({ type: 'varchar', length: 255, nullable: true }) reason!: string | null;
  /** Of a draw: how many days back, by which seed, among how many conversations, up to which message. */
  @Column({ type: 'int', nullable: true }) days!: number | null;
  @Id(64, { nullable: true }) seed!: string | null;
  @Column({ type: 'int', nullable: true }) population!: number | null;
  @Column({ type: 'bigint', nullable: true }) through_id!: number | string | null;
  @Id(80) asked_by!: string;
  @Instant() asked_at!: Date;
}

/** What the device showed, once for each spot check. Never changed. */
@Entity('spot_check_result')
@Index('UQ_spot_check_result', ['spot_check_id'], { unique: true })
export class SpotCheckResult {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) spot_check_id!: number | string;
  @Id(20) outcome!: SpotCheckOutcome;
  /** JSON: ids of the messages that the device did not show. */
  @LongText() missing!: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) note!: string | null;
  @Id(80) actor!: string;
  @Instant() at!: Date;
}
