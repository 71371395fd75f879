import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

export const interceptTypes = ['block', 'warn'] as const;
export const semanticsKinds = ['phone', 'email', 'red_packet'] as const;

/** A word list as the company wants it intercepted: of whom, and how. */
@Entity('interception')
@Index('IDX_interception_list', ['list_id'])
export class Interception {
  @PrimaryId(36) id!: string;
  /** The word list. */
  @Id(36) list_id!: string;
  @Id(8) type!: (typeof interceptTypes)[number];
  /** JSON list. */
  @Column({ type: 'varchar', length: 64 }) semantics!: string;
  /** JSON list of userids. */
  @LongText() userids!: string;
  /** JSON list. */
  @LongText() department_ids!: string;
  /** Grows with every change. */
  @Column({ type: 'int' }) version!: number;
  /** Of this, and of the list, what WeCom was given last; null: nothing yet. */
  @Column({ type: 'int', nullable: true }) pushed_version!: number | null;
  @Column({ type: 'int', nullable: true }) pushed_list_version!: number | null;
  /** Whether the list was switched on then: one that is off intercepts nothing. */
  @Column({ type: 'boolean', nullable: true }) pushed_enabled!: boolean | null;
  @Instant({ nullable: true }) pushed_at!: Date | null;
  /** It is to go: the row goes with its last rule. */
  @Instant({ nullable: true }) removed_at!: Date | null;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

/** A rule of ours at WeCom, or the intent to make one: it stands here before WeCom is asked. */
@Entity('interception_rule')
@Index('UQ_interception_rule_part', ['interception_id', 'part'], { unique: true })
@Index('UQ_interception_rule_name', ['name'], { unique: true })
export class InterceptionRule {
  @PrimaryId(36) id!: string;
  @Id(36) interception_id!: string;
  /** WeCom takes 300 words to a rule; from 1. */
  @Column({ type: 'int' }) part!: number;
  /** By it a rule is found again whose creation was not heard of. */
  @Id(20) name!: string;
  /** WeCom's; null until it was heard. */
  @Id(64, { nullable: true }) rule_id!: string | null;
}
