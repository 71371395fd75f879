import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

/** How we know (violations §0): WeCom said so; two of its answers differ; it looks like it. */
export const evidenceLevels = ['OFFICIAL', 'DERIVED', 'CIRCUMSTANTIAL'] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** Least first. A lead is worth a look and says nothing against anybody. */
export const severities = ['lead', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const findingStates = ['open', 'reviewing', 'confirmed', 'cleared', 'escalated'] as const;
export type FindingState = (typeof findingStates)[number];

/** One detected violation or risk. Never changed: what becomes of it stands in its case. */
@Entity('finding')
@Index('UQ_finding_dedupe', ['dedupe_key'], { unique: true })
@Index('IDX_finding_detected_at', ['detected_at'])
@Index('IDX_finding_detector', ['detector', 'id'])
@Index('IDX_finding_userid', ['userid', 'id'])
@Index('IDX_finding_external_userid', ['external_userid', 'id'])
export class Finding {
  @Counter() id!: number | string;
  /** What happened, by its own ids and time: told again, it is the same finding. */
  @Id(191) dedupe_key!: string;
  @Id(32) detector!: string;
  /** Of the detector. */
  @Column({ type: 'int' }) version!: number;
  @Id(16) evidence_level!: EvidenceLevel;
  @Id(8) severity!: Severity;
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  /** By the event or the message, not by us. */
  @Instant() occurred_at!: Date;
  @Instant() detected_at!: Date;
  /** JSON: numbers and codes behind the severity. Nothing that was said, no names. */
  @LongText() features!: string;
  /** JSON: what it rests on (evidence.ts). */
  @LongText() evidence!: string;
}

/** Where a finding stands. */
@Entity('finding_case')
@Index('IDX_finding_case_state', ['state', 'finding_id'])
export class FindingCase {
  @PrimaryColumn({ type: 'bigint' }) finding_id!: number | string;
  @Id(16) state!: FindingState;
  @Column({ type: 'int' }) version!: number;
  @Id(80, { nullable: true }) decided_by!: string | null;
  @Instant({ nullable: true }) decided_at!: Date | null;
  @Instant() updated_at!: Date;
}

/** What another source tells of the same, found later. Never changed. */
@Entity('finding_support')
@Index('UQ_finding_support', ['finding_id', 'source', 'ref'], { unique: true })
export class FindingSupport {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) finding_id!: number | string;
  @Id(32) source!: string;
  @Id(64) ref!: string;
  @Id(64) hash!: string;
  @Instant() at!: Date;
}

/** What somebody decided on a finding, and why. Never changed. */
@Entity('finding_step')
@Index('IDX_finding_step_finding', ['finding_id', 'id'])
export class FindingStep {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) finding_id!: number | string;
  /** The state after it. */
  @Id(16) state!: FindingState;
  @Id(80) actor!: string;
  @Instant() at!: Date;
  /** Why it was cleared: a code (finding.schema.ts). */
  @Id(32, { nullable: true }) reason!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) comment!: string | null;
}
