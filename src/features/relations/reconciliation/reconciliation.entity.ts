import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

/**
 * applied: our copy was corrected at once, as WeCom's read is the truth.
 * unconfirmed: something is gone in one read; nobody is marked lost on doubt.
 * confirmed: a second read lacked it too. withdrawn: a second read showed it again.
 * held: too much vanished at once; the scope probably changed (violations 2.2 trap 7).
 */
export const differenceStates = ['applied', 'unconfirmed', 'confirmed', 'withdrawn', 'held'] as const;
export type DifferenceState = (typeof differenceStates)[number];

/** One thing in which our copy and WeCom's lists disagreed. */
@Entity('difference')
@Index('IDX_difference_run', ['run_id', 'id'])
@Index('IDX_difference_state', ['state', 'id'])
@Index('IDX_difference_subject', ['subject'])
export class Difference {
  @Counter() id!: number;
  @Id(36) run_id!: string;
  @Column({ type: 'varchar', length: 32 }) kind!: string;
  /** What it is about, for finding an open difference again. */
  @Id(160) subject!: string;
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  @Column({ type: 'varchar', length: 16 }) state!: DifferenceState;
  /** Why they disagreed, when that is known: departed, transfer, event_pending, scope_changed … */
  @Column({ type: 'varchar', length: 32, nullable: true }) explanation!: string | null;
  @LongText({ nullable: true }) detail!: string | null;
  @Instant() found_at!: Date;
  @Instant({ nullable: true }) settled_at!: Date | null;
}
