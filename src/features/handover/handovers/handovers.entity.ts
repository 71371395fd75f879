import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/**
 * draft: may be changed · scheduled: goes out by itself at its time · under_way: some items have gone out and not all
 * have ended · done: every item has ended · cancelled before anything went out
 */
export const handoverStates = ['draft', 'scheduled', 'under_way', 'done', 'cancelled'] as const;
export type HandoverState = (typeof handoverStates)[number];

/** A plan that gives the external contacts and group chats of somebody to colleagues, and what became of it. */
@Entity('handover')
@Index('IDX_handover_state', ['state', 'id'])
export class Handover {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 120 }) name!: string;
  @Id(16) state!: HandoverState;
  /** What the external contact is told; WeCom takes it for somebody who serves only. */
  @Column({ type: 'varchar', length: 200, nullable: true }) message!: string | null;
  /** JSON: how successors were chosen, and from which whole departments. */
  @LongText() rule!: string;
  /** JSON list: those who were named, and those who came with a department. */
  @LongText() successors!: string;
  /** Whoever refuses, or whose successor is full, goes to the second choice. */
  @Column({ type: 'boolean' }) second_candidate!: boolean;
  /** Remark, description, phone numbers and corp tags go along. */
  @Column({ type: 'boolean' }) carry_over!: boolean;
  /** The risk that made somebody hand this over. */
  @Column({ type: 'bigint', nullable: true }) finding_id!: number | null;
  /** The handover that this one takes back. */
  @Id(36, { nullable: true }) reverses_id!: string | null;
  @Instant({ nullable: true }) scheduled_for!: Date | null;
  /** `account:<id>` or `token:<id>` */
  @Id(80) created_by!: string;
  @Id(80, { nullable: true }) submitted_by!: string | null;
  @Column({ type: 'int' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
  @Instant({ nullable: true }) submitted_at!: Date | null;
  @Instant({ nullable: true }) ended_at!: Date | null;
  /** What had not gone out then is held back, whatever becomes of it; until somebody lets it go once more. */
  @Instant({ nullable: true }) held_at!: Date | null;
}

/** Whose external contacts and group chats a handover gives away. */
@Entity('handover_giver')
@Index('IDX_handover_giver_staff', ['staff_id'])
export class HandoverGiver {
  @PrimaryId(36) handover_id!: string;
  @PrimaryId(36) staff_id!: string;
}

export const itemKinds = ['external_contact', 'group_chat'] as const;
export type ItemKind = (typeof itemKinds)[number];

/**
 * planned → submitted (WeCom is being asked) → waiting (WeCom agreed; it takes effect in 24 h) → an end. unknown: WeCom
 * was asked, and nobody heard the answer: it is looked up, never asked again blindly (E3).
 */
export const itemStates = [
  ...(['planned', 'submitted', 'unknown', 'waiting'] as const),
  ...(['taken_over', 'refused', 'over_limit', 'failed', 'cancelled'] as const),
] as const;
export type ItemState = (typeof itemStates)[number];

/** Why an item failed of which WeCom gave no errcode. */
export const failReasons = [
  ...(['no_successor', 'successor_left', 'in_another_handover', 'no_result', 'kept_failing', 'gone'] as const),
] as const;
export type FailReason = (typeof failReasons)[number];

export const carryStates = ['pending', 'done', 'failed'] as const;

/** One external contact or one group chat on its way from one member to another. */
@Entity('handover_item')
@Index('UQ_handover_item_subject', ['handover_id', 'kind', 'from_staff_id', 'subject_id'], { unique: true })
@Index('UQ_handover_item_active', ['active_key'], { unique: true })
@Index('IDX_handover_item_state', ['handover_id', 'state', 'id'])
@Index('IDX_handover_item_subject', ['subject_id', 'state'])
@Index('IDX_handover_item_call', ['call_id'])
@Index('IDX_handover_item_from', ['from_staff_id', 'kind', 'state'])
@Index('IDX_handover_item_to', ['to_staff_id', 'state'])
export class HandoverItem {
  @Counter() id!: number;
  @Id(36) handover_id!: string;
  @Id(16) kind!: ItemKind;
  /** external_userid or chat_id */
  @Id() subject_id!: string;
  @Id(36) from_staff_id!: string;
  @Id(36, { nullable: true }) to_staff_id!: string | null;
  /** Who is next should the first not come to it. */
  @Id(36, { nullable: true }) second_staff_id!: string | null;
  /** JSON lists of codes: what decided, and what to mind. */
  @Column({ type: 'varchar', length: 255 }) because!: string;
  @Column({ type: 'varchar', length: 500 }) warnings!: string;
  @Id(16) state!: ItemState;
  /** What WeCom said of it last, if it was no success. */
  @Column({ type: 'int', nullable: true }) errcode!: number | null;
  @Id(24, { nullable: true }) reason!: FailReason | null;
  /** Giver and subject. */
  @Id(140) pair_key!: string;
  /** The same while it is on its way: nobody is submitted twice at once. */
  @Id(140, { nullable: true }) active_key!: string | null;
  /** Whether the giver had left when WeCom was asked. */
  @Column({ type: 'boolean', nullable: true }) resigned!: boolean | null;
  /** How often it was tried; from 0. */
  @Column({ type: 'int' }) attempt!: number;
  @Column({ type: 'bigint', nullable: true }) call_id!: number | null;
  /** Not to be submitted before. */
  @Instant({ nullable: true }) not_before!: Date | null;
  @Instant({ nullable: true }) submitted_at!: Date | null;
  /** When WeCom says, or said, that it takes effect. */
  @Instant({ nullable: true }) takeover_at!: Date | null;
  /** When WeCom is to be asked next how it ended. */
  @Instant({ nullable: true }) ask_at!: Date | null;
  @Instant({ nullable: true }) settled_at!: Date | null;
  /** Of what was taken over: whether remark, tags and the rest went along. */
  @Id(8, { nullable: true }) carry!: (typeof carryStates)[number] | null;
  @Instant({ nullable: true }) carry_at!: Date | null;
  @Column({ type: 'int' }) carry_tries!: number;
  @Instant() updated_at!: Date;
}

/** What WeCom is asked, written down before (E3). */
@Entity('handover_call')
@Index('IDX_handover_call_state', ['handover_id', 'state'])
export class HandoverCall {
  @Counter() id!: number;
  @Id(36) handover_id!: string;
  @Id(16) kind!: ItemKind;
  @Column({ type: 'boolean' }) resigned!: boolean;
  /** Of external contacts; group chats of several may go in one call. */
  @Id(36, { nullable: true }) from_staff_id!: string | null;
  @Id(36) to_staff_id!: string;
  @Column({ type: 'int' }) items!: number;
  /** intended: it may be on its way · answered · lost: no answer was heard · looked_up: what became of it was found out */
  @Id(16) state!: 'intended' | 'answered' | 'lost' | 'looked_up';
  @Column({ type: 'int', nullable: true }) errcode!: number | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) error!: string | null;
  @Instant() sent_at!: Date;
  /** When a lost one may be looked up: by then it has arrived, or never will. */
  @Instant() look_at!: Date;
  @Instant({ nullable: true }) ended_at!: Date | null;
}

export const stepKinds = [
  ...(['submitted', 'accepted', 'not_accepted', 'unheard', 'found', 'not_found', 'postponed'] as const),
  ...(['taken_over', 'refused', 'over_limit', 'failed'] as const),
  ...(['second_candidate', 'retried', 'assigned', 'cancelled', 'carried', 'carry_failed'] as const),
  ...(['replanned', 'removed', 'restored'] as const),
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What happened to an item, append-only. Evidence: the database refuses changes. */
@Entity('handover_step')
@Index('IDX_handover_step_item', ['item_id', 'id'])
export class HandoverStep {
  @Counter() id!: number;
  @Column({ type: 'bigint' }) item_id!: number;
  @Id(20) kind!: StepKind;
  @Id(36, { nullable: true }) to_staff_id!: string | null;
  @Column({ type: 'bigint', nullable: true }) call_id!: number | null;
  @Column({ type: 'int', nullable: true }) errcode!: number | null;
  @Instant() at!: Date;
  /** `account:<id>`, or null for what the server did by itself. */
  @Id(80, { nullable: true }) actor!: string | null;
  /** JSON: counts and codes. */
  @Column({ type: 'varchar', length: 500, nullable: true }) detail!: string | null;
}
