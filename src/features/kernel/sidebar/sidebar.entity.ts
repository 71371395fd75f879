import { Column, Entity } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/** One way in which the sidebar failed for somebody: how often, and the last time. There are only so many ways. */
@Entity('sidebar_failure')
export class SidebarFailure {
  /** `step.code` */
  @PrimaryId(64) id!: string;
  @Id(32) step!: string;
  @Id(32) code!: string;
  @Column({ type: 'integer' }) times!: number;
  @Instant() first_at!: Date;
  @Instant() last_at!: Date;
  /** Whom it happened to last. */
  @Id(80) last_actor!: string;
  /** What the JS-SDK said, without what is personal. */
  @Column({ type: 'varchar', length: 300 }) last_message!: string;
}
