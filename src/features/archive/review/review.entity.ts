import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** Whose messages are looked at by chance, and how many of them. */
@Entity('archive_review_profile')
export class ReviewProfile {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  @Id(8) period!: 'day' | 'week' | 'month';
  /** JSON (sampling.ts). */
  @LongText() rules!: string;
  @Column({ type: 'boolean' }) active!: boolean;
  @Column({ type: 'int' }) version!: number;
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

/** One period of a profile: its seed is fixed before the period ends and told once the sample is drawn (A14). */
@Entity('archive_sample')
@Index('UQ_archive_sample_period', ['profile_id', 'starts_at'], { unique: true })
@Index('IDX_archive_sample_due', ['drawn_at', 'ends_at'])
export class ArchiveSample {
  @PrimaryId(36) id!: string;
  @Id(36) profile_id!: string;
  @Instant() starts_at!: Date;
  /** Not included. */
  @Instant() ends_at!: Date;
  /** JSON: as the profile had them when the seed was fixed. */
  @LongText() rules!: string;
  @Id(64) seed_hash!: string;
  /** The seed until it is told, sealed. */
  @LongText({ nullable: true }) sealed!: string | null;
  @Id(64, { nullable: true }) seed!: string | null;
  @Instant() committed_at!: Date;
  @Instant({ nullable: true }) drawn_at!: Date | null;
  /** The newest message there was when it was drawn. */
  @Column({ type: 'bigint', nullable: true }) through_id!: number | string | null;
  @Column({ type: 'int', nullable: true }) population!: number | null;
  @Column({ type: 'int', nullable: true }) drawn!: number | null;
}

export const reviewQueues = ['sample', 'words', 'manual', 'second_line'] as const;
export const reviewStates = ['unreviewed', 'claimed', 'clean', 'question', 'violation', 'escalated'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** A message that somebody is to look at. */
@Entity('archive_review')
@Index('UQ_archive_review_origin', ['origin'], { unique: true })
@Index('IDX_archive_review_state', ['state', 'id'])
@Index('IDX_archive_review_queue', ['queue', 'state', 'id'])
@Index('IDX_archive_review_assignee', ['assignee', 'state', 'id'])
@Index('IDX_archive_review_message', ['message_id'])
@Index('IDX_archive_review_decided', ['decided_at'])
export class ArchiveReview {
  @PrimaryId(36) id!: string;
  /** What put it here: the same comes once. */
  @Id(120) origin!: string;
  @Id(16) queue!: (typeof reviewQueues)[number];
  @Id(36, { nullable: true }) sample_id!: string | null;
  /** Of the second line: the item that is looked at again. */
  @Id(36, { nullable: true }) rechecks!: string | null;
  @Column({ type: 'bigint' }) message_id!: number | string;
  @Id(32) conversation_id!: string;
  @Id(16) state!: ReviewState;
  @Id(80, { nullable: true }) assignee!: string | null;
  @Instant({ nullable: true }) claimed_at!: Date | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) reason!: string | null;
  /** JSON list. */
  @Column({ type: 'varchar', length: 500 }) tags!: string;
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
  @Instant() due_at!: Date;
  @Id(80, { nullable: true }) decided_by!: string | null;
  @Instant({ nullable: true }) decided_at!: Date | null;
}

/** A member of staff whom an item concerns: they never see it. */
@Entity('archive_review_subject')
@Index('IDX_archive_review_subject_userid', ['userid', 'review_id'])
export class ArchiveReviewSubject {
  @PrimaryId(36) review_id!: string;
  @PrimaryId(64) userid!: string;
}

/** What somebody did with an item, what they were shown, and what they found. Never changed. */
@Entity('archive_review_step')
@Index('IDX_archive_review_step_review', ['review_id', 'id'])
export class ArchiveReviewStep {
  @Counter() id!: number | string;
  @Id(36) review_id!: string;
  /** added, claimed, released, opened, decided, escalated */
  @Id(16) act!: string;
  /** The state after it. */
  @Id(16) state!: ReviewState;
  @Id(80) actor!: string;
  @Instant() at!: Date;
  @Column({ type: 'varchar', length: 500, nullable: true }) comment!: string | null;
  /** JSON list. */
  @Column({ type: 'varchar', length: 500, nullable: true }) tags!: string | null;
  /** JSON list: the ids of the messages that were shown. */
  @LongText({ nullable: true }) shown!: string | null;
}
