import { Column, Entity, Index } from 'typeorm';
import { Counter, Instant, LongText } from '../../../db/columns';

/** A finding that nobody looked at was told further up: once per level. Never changed. */
@Entity('finding_escalation')
@Index('UQ_finding_escalation_level', ['finding_id', 'level'], { unique: true })
export class FindingEscalation {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) finding_id!: number | string;
  /** 1: those above the direct superiors. */
  @Column({ type: 'int' }) level!: number;
  @Instant() at!: Date;
  /** JSON list of account ids. */
  @LongText() told!: string;
  /** To compliance and administrators: nobody is above. */
  @Column({ type: 'boolean' }) is_last!: boolean;
}
