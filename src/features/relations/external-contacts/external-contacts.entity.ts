import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A person outside the company, as WeCom last showed them. */
@Entity('external_contact')
@Index('UQ_external_contact_id', ['id'], { unique: true })
export class ExternalContact {
  @PrimaryId() external_userid!: string;
  /** Orders the list: newest first. */
  @Id(36) id!: string;
  @Column({ type: 'varchar', length: 255 }) name!: string;
  @Column({ type: 'varchar', length: 1024, nullable: true }) avatar!: string | null;
  /** 1 WeChat user, 2 WeCom user */
  @Column({ type: 'int' }) type!: number;
  @Column({ type: 'int' }) gender!: number;
  @Id(64, { nullable: true }) unionid!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) position!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) corp_name!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) corp_full_name!: string | null;
  /** Sealed JSON: the profile the other company shows, and fields of WeCom we have no column for. */
  @LongText({ nullable: true }) extra!: string | null;
  /** When what was known of the person was erased. The row stays as a tombstone: no read fills it again (S23). */
  @Instant({ nullable: true }) erased_at!: Date | null;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

export const relationStates = [
  'half',
  'active',
  'deleted_by_staff',
  'deleted_by_external',
  'deleted_by_both',
  'transferred_out',
  'unassigned',
  'out_of_scope',
  'missing',
] as const;
export type RelationState = (typeof relationStates)[number];

/** Staff member × external contact. `state`, `spell` and the instants are folded from the history. */
@Entity('relation')
@Index('UQ_relation_pair', ['external_userid', 'staff_id'], { unique: true })
@Index('IDX_relation_staff', ['staff_id', 'state', 'id'])
@Index('IDX_relation_state', ['state', 'id'])
export class Relation {
  @PrimaryId(36) id!: string;
  @Id(36) staff_id!: string;
  @Id() external_userid!: string;
  @Column({ type: 'varchar', length: 20 }) state!: RelationState;
  /** Counts the times the two were connected, from 1. */
  @Column({ type: 'int' }) spell!: number;
  @Instant() started_at!: Date;
  @Instant({ nullable: true }) ended_at!: Date | null;
  /** When a read first lacked this relation; confirmed or cleared by the next. */
  @Instant({ nullable: true }) absent_since!: Date | null;
  @Column({ type: 'varchar', length: 255 }) remark!: string;
  /** Plain text of version 0.1, until it is sealed into `personal`; empty since. Likewise the next but one, and `extra`. */
  @Column({ type: 'varchar', length: 1024 }) description!: string;
  @Column({ type: 'varchar', length: 255 }) remark_corp_name!: string;
  /** JSON list. */
  @Column({ type: 'varchar', length: 1024 }) remark_mobiles!: string;
  /** WeCom's number as it came: new values appear. */
  @Column({ type: 'int' }) add_way!: number;
  @Id(64, { nullable: true }) oper_userid!: string | null;
  /** `state` of the contact way or acquisition link. */
  @Column({ type: 'varchar', length: 255, nullable: true }) channel!: string | null;
  /** JSON: fields of WeCom we have no column for, such as `wechat_channels`. */
  @LongText({ nullable: true }) extra!: string | null;
  /** Sealed: description, phone numbers and what has no column. Null when there is none of it. */
  @LongText({ nullable: true }) personal!: string | null;
  @Instant() updated_at!: Date;
}

/** By what a phone number that somebody noted is found: its keyed hash (S15). */
@Entity('relation_phone')
@Index('IDX_relation_phone_hash', ['phone_hash'])
export class RelationPhone {
  @PrimaryId(36) relation_id!: string;
  @PrimaryId(43) phone_hash!: string;
}

/** A tag on one relation. Corp tags take their name from `corp_tag`. */
@Entity('relation_tag')
@Index('IDX_relation_tag_key', ['tag_key'])
export class RelationTag {
  @PrimaryId(36) relation_id!: string;
  /** The tag id; for personal tags, which have none, `name:` and the name. */
  @PrimaryId(128) tag_key!: string;
  /** 1 corp tag, 2 personal, 3 rule-group tag */
  @Column({ type: 'int' }) type!: number;
  @Column({ type: 'varchar', length: 255, nullable: true }) name!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) group_name!: string | null;
}

export type FactSource = 'event' | 'sync' | 'reconciliation' | 'own_write';

/** What happened between the two, append-only. Evidence: the database refuses changes. */
@Entity('relation_history')
@Index('IDX_relation_history_relation', ['relation_id', 'id'])
export class RelationHistory {
  @Counter() id!: number;
  @Id(36) relation_id!: string;
  @Column({ type: 'varchar', length: 32 }) kind!: string;
  @Column({ type: 'varchar', length: 16 }) source!: FactSource;
  @Instant() occurred_at!: Date;
  @Instant() recorded_at!: Date;
  /** The inbox event or run that told us. */
  @Id(64, { nullable: true }) ref!: string | null;
  /** JSON: what changed, before and after. What is personal of it stands in `sealed`, under the person's own key. */
  @LongText({ nullable: true }) detail!: string | null;
}
