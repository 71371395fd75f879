import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** Something an account should know. Each is told once; what belongs together is one that counts. */
@Entity('notification')
@Index('UQ_notification_dedupe', ['account_id', 'dedupe_key'], { unique: true })
@Index('IDX_notification_account', ['account_id', 'id'])
@Index('IDX_notification_unread', ['account_id', 'read_at'])
@Index('IDX_notification_created', ['created_at'])
@Index('IDX_notification_group', ['account_id', 'group_key', 'id'])
export class Notification {
  @PrimaryId(36) id!: string;
  @Id(36) account_id!: string;
  @Column({ type: 'varchar', length: 64 }) kind!: string;
  @Id(160) dedupe_key!: string;
  /** JSON: what the template needs. Ids and codes, no names or numbers of external contacts. */
  @LongText() params!: string;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) read_at!: Date | null;
  /** What has the same one belongs together for a while. */
  @Id(160, { nullable: true }) group_key!: string | null;
  /** How many it stands for; null: one. */
  @Column({ type: 'int', nullable: true }) count!: number | null;
}

export const channels = ['wecom', 'mail'] as const;
export type Channel = (typeof channels)[number];
export type DispatchState = 'pending' | 'sent' | 'failed';

/** A notification on its way out of the house. Whatever becomes of it, it stands in the centre. */
@Entity('notification_dispatch')
@Index('UQ_notification_dispatch', ['notification_id', 'channel'], { unique: true })
@Index('IDX_notification_dispatch_due', ['account_id', 'channel', 'state', 'due_at'])
export class NotificationDispatch {
  @PrimaryId(36) id!: string;
  @Id(36) notification_id!: string;
  @Id(36) account_id!: string;
  @Column({ type: 'varchar', length: 8 }) channel!: Channel;
  @Column({ type: 'varchar', length: 8 }) state!: DispatchState;
  @Instant() due_at!: Date;
  @Instant({ nullable: true }) sent_at!: Date | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) error!: string | null;
}

export const modes = ['off', 'now', 'daily'] as const;
export type Mode = (typeof modes)[number];

/** What an account chose for a kind; what is not here stands as the kind says. */
@Entity('notification_preference')
export class NotificationPreference {
  @PrimaryId(36) account_id!: string;
  @PrimaryId(64) kind!: string;
  @Column({ type: 'varchar', length: 8 }) wecom!: Mode;
  @Column({ type: 'varchar', length: 8 }) mail!: Mode;
}

/** How an account is reached, and when not. */
@Entity('notification_setting')
export class NotificationSetting {
  @PrimaryId(36) account_id!: string;
  @Column({ type: 'varchar', length: 254, nullable: true }) email!: string | null;
  /** `22:00`, Shanghai time; null: no quiet hours. */
  @Column({ type: 'varchar', length: 5, nullable: true }) quiet_from!: string | null;
  @Column({ type: 'varchar', length: 5, nullable: true }) quiet_until!: string | null;
  @Column({ type: 'varchar', length: 8 }) language!: 'zh-CN' | 'en';
  @Instant() updated_at!: Date;
}
