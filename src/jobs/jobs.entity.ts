import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../db/columns';
import type { JobState } from './job.types';
import type { RunState } from './run.types';

/** One piece of work. Few and narrow indices: a row is added on the way to a callback's acknowledgement (I2). */
@Entity('job')
@Index('UQ_job_running_key', ['running_key'], { unique: true })
@Index('UQ_job_dedupe_key', ['dedupe_key'], { unique: true })
@Index('IDX_job_claim', ['state', 'lane', 'run_at'])
export class Job {
  @Counter() id!: number;
  @Id() kind!: string;
  @Column({ type: 'int' }) lane!: number;
  /** Jobs that share it run one after another. */
  @Id(128, { nullable: true }) serial_key!: string | null;
  /** The serial key while the job is leased; its uniqueness is what keeps two workers off one key. */
  @Id(128, { nullable: true }) running_key!: string | null;
  /** Cleared at the first claim: news that comes while the job runs must not be swallowed. */
  @Id(128, { nullable: true }) dedupe_key!: string | null;
  @Id(2000) payload!: string;
  @Id(16) state!: JobState;
  @Instant() run_at!: Date;
  /** Tries that failed. */
  @Column({ type: 'int' }) attempts!: number;
  @Id(64, { nullable: true }) lease_owner!: string | null;
  @Instant({ nullable: true }) lease_until!: Date | null;
  /** Grows with each claim: the fence that refuses a late worker's write (E2). */
  @Column({ type: 'int' }) token!: number;
  @Id(2000, { nullable: true }) error!: string | null;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) finished_at!: Date | null;
}

/** One execution of long work. Its job carries the lease; this row carries what people see. */
@Entity('run')
@Index('UQ_run_active_key', ['active_key'], { unique: true })
export class Run {
  @PrimaryId(36) id!: string;
  @Id() kind!: string;
  @LongText() params!: string;
  @Id(16) state!: RunState;
  /** The kind, while a run of an exclusive kind is queued or running. */
  @Id(64, { nullable: true }) active_key!: string | null;
  @Column({ type: 'int' }) progress_done!: number;
  @Column({ type: 'int' }) progress_total!: number;
  @Id(64, { nullable: true }) phase!: string | null;
  @LongText({ nullable: true }) checkpoint!: string | null;
  @LongText({ nullable: true }) result!: string | null;
  @Id(2000, { nullable: true }) error!: string | null;
  /** Failures in a row at the same checkpoint. */
  @Column({ type: 'int' }) failures!: number;
  /** Failures altogether; null: none yet. */
  @Column({ type: 'int', nullable: true }) failures_in_all!: number | null;
  /** Hash of the checkpoint it last failed at; null: it had none, or did not fail. */
  @Id(64, { nullable: true }) failed_at!: string | null;
  /** Grows with each visible change; the event id of the live stream. */
  @Column({ type: 'int' }) version!: number;
  @Id() requested_by!: string;
  @Column({ type: 'boolean' }) cancel_requested!: boolean;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) started_at!: Date | null;
  @Instant({ nullable: true }) finished_at!: Date | null;
}

/** The watermark and the lease of a scheduled task: one conditional update claims a slot for the whole fleet (E5). */
@Entity('schedule')
export class Schedule {
  @PrimaryId() name!: string;
  /** The last slot that was finished. */
  @Instant() last_slot!: Date;
  /** The slot being worked on, as long as the lease lives. */
  @Instant({ nullable: true }) running_slot!: Date | null;
  @Id(64, { nullable: true }) lease_owner!: string | null;
  @Instant({ nullable: true }) lease_until!: Date | null;
  @Instant({ nullable: true }) last_started_at!: Date | null;
  @Instant({ nullable: true }) last_finished_at!: Date | null;
  @Id(2000, { nullable: true }) last_error!: string | null;
}

/** A named lease. The row stays when it is released, so that tokens only grow. */
@Entity('lease')
export class Lease {
  @PrimaryId() name!: string;
  @Id() owner!: string;
  @Instant() lease_until!: Date;
  @Column({ type: 'int' }) token!: number;
}

export const jobEntities = [Job, Run, Schedule, Lease];
