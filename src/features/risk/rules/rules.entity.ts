import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';
import type { RuleState } from './rules.schema';

/** A rule that messages are judged by. It is switched off, never removed: findings name it. */
@Entity('risk_rule')
export class Rule {
  @PrimaryId(36) id!: string;
  @Id(64) name!: string;
  /** The code under which its findings stand. */
  @Id(32) family!: string;
  @Id(8) state!: RuleState;
  /** The newest one. */
  @Column({ type: 'integer' }) version!: number;
  /** The one that was switched on last: what it says counts while a newer one is still to be tried. */
  @Column({ type: 'integer', nullable: true }) live_version!: number | null;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

/** A rule as it once was. Sealed: who reads the database need not learn what a company looks out for. Never changed. */
@Entity('risk_rule_version')
@Index('UQ_risk_rule_version', ['rule_id', 'version'], { unique: true })
export class RuleVersion {
  @Counter() id!: number | string;
  @Id(36) rule_id!: string;
  @Column({ type: 'integer' }) version!: number;
  /** JSON: name, severity and all the rest of its settings. */
  @LongText() sealed!: string;
  @Id(80) actor!: string;
  @Instant() created_at!: Date;
}

/** A matcher of a rule found something in a message. Goes with time: what came of it are findings. */
@Entity('risk_rule_hit')
@Index('UQ_risk_rule_hit', ['message_id', 'rule_id', 'version', 'matcher'], { unique: true })
@Index('IDX_risk_rule_hit_conversation', ['conversation_id', 'sent_at'])
@Index('IDX_risk_rule_hit_found', ['found_at'])
export class StoredHit {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) message_id!: number | string;
  @Id(36) rule_id!: string;
  @Column({ type: 'integer' }) version!: number;
  /** Its place in the definition, from 0. */
  @Column({ type: 'integer' }) matcher!: number;
  @Id(32) conversation_id!: string;
  @Id(191) msgid!: string;
  @Instant() sent_at!: Date;
  /** The hash that fixes the message. */
  @Id(64) content!: string;
  @Id(64, { nullable: true }) userid!: string | null;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(64, { nullable: true }) chat_id!: string | null;
  @Column({ type: 'boolean' }) fuzzy!: boolean;
  /** JSON: where, and of what class. Nothing that was said. */
  @LongText() places!: string;
  /** It is part of a finding: of another one it is none. */
  @Column({ type: 'boolean' }) told!: boolean;
  @Instant() found_at!: Date;
}

/** What a version of a rule would have found. */
@Entity('risk_rule_dry_run')
@Index('IDX_risk_rule_dry_run_rule', ['rule_id', 'version'])
export class RuleDryRun {
  @PrimaryId(36) run_id!: string;
  @Id(36) rule_id!: string;
  @Column({ type: 'integer' }) version!: number;
  /** JSON: counts and ids. */
  @LongText() result!: string;
  @Instant() ended_at!: Date;
}
