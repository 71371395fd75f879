import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** `used`: the requester carried it out. From `pending` and `approved` alone a request goes on. */
export const approvalStates = ['pending', 'approved', 'refused', 'expired', 'withdrawn', 'used'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** An act that waits for a second person. What is asked for is frozen; only how it went on changes. */
@Entity('approval')
@Index('IDX_approval_state', ['state', 'expires_at'])
@Index('IDX_approval_requester', ['requested_by', 'id'])
export class Approval {
  @PrimaryId(36) id!: string;
  /** `<thing>.<act>`, one of those that features define. */
  @Column({ type: 'varchar', length: 64 }) action!: string;
  /** `<thing>:<id>`, as the audit trail has it. */
  @Column({ type: 'varchar', length: 191 }) target!: string;
  /** The target in words. */
  @Column({ type: 'varchar', length: 255 }) subject!: string;
  /** JSON, exactly what will be carried out. */
  @LongText() payload!: string;
  /** SHA-256 of action, target and payload. */
  @Id() digest!: string;
  /** Who must not decide, for the act is in their favour: `account:<id>` and `staff:<id>`, comma between. */
  @Column({ type: 'varchar', length: 191 }) gains!: string;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  @Column({ type: 'varchar', length: 16 }) state!: ApprovalState;
  @Id(36) requested_by!: string;
  @Id(36, { nullable: true }) requester_staff_id!: string | null;
  @Instant() created_at!: Date;
  /** Of the request as a whole: decided and used before. */
  @Instant() expires_at!: Date;
  @Id(36, { nullable: true }) decided_by!: string | null;
  @Instant({ nullable: true }) decided_at!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) decision_reason!: string | null;
  @Instant({ nullable: true }) used_at!: Date | null;
}
