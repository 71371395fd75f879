import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Instant, LongText, PrimaryId } from '../../../db/columns';

/** How soon one member of staff answered what was asked on one day. Computed anew whenever something of it changes. */
@Entity('reply_day')
@Index('IDX_reply_day_userid', ['userid', 'day'])
export class ReplyDay {
  /** On which it was asked: `2026-11-23`, Shanghai. */
  @PrimaryId(10) day!: string;
  @PrimaryId(64) userid!: string;
  @Column({ type: 'int' }) questions!: number;
  /** By now, however late. */
  @Column({ type: 'int' }) answered!: number;
  /** By the target and the calendar of the time it was computed. */
  @Column({ type: 'int' }) within_target!: number;
  /** Asked when nobody works; they are due from the next opening. */
  @Column({ type: 'int' }) out_of_hours!: number;
  /** When the day ended. */
  @Column({ type: 'int' }) unanswered_at_end!: number;
  /** From question to answer by the clock on the wall, all of them together. */
  @Column({ type: 'bigint' }) wall_seconds!: number | string;
  /** JSON: working seconds of each answer, ascending. Percentiles of any group of rows follow from them. */
  @LongText() working_seconds!: string;
  @Instant() updated_at!: Date;
}

/** How far the archive has been looked at: one row. */
@Entity('reply_progress')
export class ReplyProgress {
  @PrimaryColumn({ type: 'int' }) id!: number;
  /** The newest batch of opened messages that counts in the days. */
  @Column({ type: 'bigint' }) batch_id!: number | string;
  @Instant() updated_at!: Date;
}
