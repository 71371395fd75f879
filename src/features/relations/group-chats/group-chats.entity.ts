import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';
import type { FactSource } from '../external-contacts';

/** active while WeCom lists it; dismissed by event; missing when it vanished without one */
export type GroupChatState = 'active' | 'dismissed' | 'missing';

@Entity('group_chat')
@Index('UQ_group_chat_id', ['id'], { unique: true })
@Index('IDX_group_chat_owner', ['owner', 'id'])
@Index('IDX_group_chat_state', ['state', 'id'])
export class GroupChat {
  @PrimaryId() chat_id!: string;
  /** Orders the list: newest first. */
  @Id(36) id!: string;
  @Column({ type: 'varchar', length: 255 }) name!: string;
  @Id() owner!: string;
  @LongText() notice!: string;
  /** JSON list of userids. */
  @LongText() admins!: string;
  @Column({ type: 'varchar', length: 16 }) state!: GroupChatState;
  /** 0 normal, 1 owner left, 2 being inherited, 3 inherited */
  @Column({ type: 'int' }) status!: number;
  @Id(64, { nullable: true }) member_version!: string | null;
  @Column({ type: 'int' }) member_count!: number;
  @Column({ type: 'int' }) external_count!: number;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) dismissed_at!: Date | null;
  @Instant({ nullable: true }) absent_since!: Date | null;
  @Instant() updated_at!: Date;
}

/** Who is in a group chat now; who was is in the history. */
@Entity('group_chat_member')
@Index('IDX_group_chat_member_userid', ['userid'])
export class GroupChatMember {
  @PrimaryId() chat_id!: string;
  /** A staff userid or an external_userid. */
  @PrimaryId() userid!: string;
  /** 1 staff, 2 external */
  @Column({ type: 'int' }) type!: number;
  @Column({ type: 'varchar', length: 255 }) name!: string;
  @Column({ type: 'varchar', length: 255 }) nickname!: string;
  @Id(64, { nullable: true }) unionid!: string | null;
  @Instant({ nullable: true }) joined_at!: Date | null;
  @Column({ type: 'int' }) join_scene!: number;
  @Id(64, { nullable: true }) invitor!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) channel!: string | null;
}

/** What happened in a group chat, append-only. */
@Entity('group_chat_history')
@Index('IDX_group_chat_history_chat', ['chat_id', 'id'])
export class GroupChatHistory {
  @Counter() id!: number;
  @Id() chat_id!: string;
  @Column({ type: 'varchar', length: 32 }) kind!: string;
  @Column({ type: 'varchar', length: 16 }) source!: FactSource;
  @Instant() occurred_at!: Date;
  @Instant() recorded_at!: Date;
  @Id(64, { nullable: true }) ref!: string | null;
  @LongText({ nullable: true }) detail!: string | null;
}
