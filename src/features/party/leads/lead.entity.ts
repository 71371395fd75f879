import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';
import { RecordBase } from '../../../records';

export const leadStates = ['new', 'assigned', 'contacted', 'qualified', 'converted', 'discarded', 'pooled'] as const;
export type LeadState = (typeof leadStates)[number];

/** Somebody who may become a customer (LEA-01); `lead` by itself is a word of SQL. Phone numbers and mail addresses stand in `sealed`. */
@Entity('sales_lead')
@Index('UQ_lead_code', ['code'], { unique: true })
@Index('IDX_lead_updated', ['updated_at', 'id'])
@Index('IDX_lead_owner', ['owner_id', 'updated_at', 'id'])
@Index('IDX_lead_status', ['status', 'updated_at', 'id'])
@Index('IDX_lead_external', ['external_userid'])
export class Lead extends RecordBase {
  @Id(32) code!: string;
  @Column({ type: 'varchar', length: 200 }) name!: string;
  @Column({ type: 'varchar', length: 200, nullable: true }) company!: string | null;
  @Column({ type: 'varchar', length: 60, nullable: true }) contact_name!: string | null;
  @Id(16) status!: LeadState;
  @Id(64, { nullable: true }) external_userid!: string | null;
  @Id(32, { nullable: true }) source!: string | null;
  /** The `state` of the contact way they came by. */
  @Column({ type: 'varchar', length: 128, nullable: true }) state_code!: string | null;
  @LongText({ nullable: true }) need!: string | null;
  @Id(32, { nullable: true }) industry!: string | null;
  @Id(6, { nullable: true }) region_code!: string | null;
  @Column({ type: 'bigint', nullable: true }) estimated_amount!: number | null;
  @Id(3, { nullable: true }) currency!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) product_interest!: string | null;
  @LongText({ nullable: true }) remark!: string | null;
  @Instant({ nullable: true }) next_follow_up_at!: Date | null;
  @Instant({ nullable: true }) last_touch_at!: Date | null;
  @Instant({ nullable: true }) first_response_at!: Date | null;
  @Instant() stage_since!: Date;
  @Id(200, { nullable: true }) closing_reason!: string | null;
  @LongText({ nullable: true }) checklist!: string | null;
  @Id(36, { nullable: true }) converted_customer_id!: string | null;
  @Id(36, { nullable: true }) converted_contact_id!: string | null;
}

export const touchKinds = ['wecom_added', 'created_again', 'talk', 'visit', 'call', 'mail'] as const;

/** One time that somebody dealt with a lead, or the lead with us (LEA-09). */
@Entity('lead_touch')
@Index('IDX_lead_touch_lead', ['lead_id', 'id'])
@Index('UQ_lead_touch_key', ['touch_key'], { unique: true })
export class LeadTouch {
  @Counter() id!: number;
  @Id(36) lead_id!: string;
  @Id(16) kind!: (typeof touchKinds)[number];
  @Instant() at!: Date;
  @Id(80) actor!: string;
  @LongText({ nullable: true }) note!: string | null;
  /** What happened once is noted once. */
  @Id(200, { nullable: true }) touch_key!: string | null;
}
