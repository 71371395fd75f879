import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** Answered 410 Gone; or nothing but failures for five days. */
export type DisabledReason = 'gone' | 'failing';

/** A program elsewhere that wants to be told. */
@Entity('webhook_subscription')
export class WebhookSubscription {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 2048 }) url!: string;
  @Column({ type: 'varchar', length: 255 }) description!: string;
  /** Comma between. */
  @Column({ type: 'varchar', length: 1024 }) event_types!: string;
  @Column({ type: 'boolean' }) active!: boolean;
  /** Sealed. */
  @LongText() secret!: string;
  /** Sealed; signs beside the new one for a day after a rotation. */
  @LongText({ nullable: true }) old_secret!: string | null;
  @Instant({ nullable: true }) old_secret_until!: Date | null;
  /** Why this server switched it off; null: a person did, or it is on. */
  @Column({ type: 'varchar', length: 16, nullable: true }) disabled_reason!: DisabledReason | null;
  /** The first failure since the last success. */
  @Instant({ nullable: true }) failing_since!: Date | null;
  @Instant({ nullable: true }) delivered_at!: Date | null;
  /** `account:<id>` or `token:<id>`. */
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
  @Column({ type: 'int' }) version!: number;
}

/** Something that happened and that somebody subscribed to, as it is told: the same bytes for everybody. */
@Entity('webhook_event')
@Index('IDX_webhook_event_created', ['created_at'])
export class WebhookEvent {
  /** What receivers see as `webhook-id`. */
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 64 }) type!: string;
  @Instant() occurred_at!: Date;
  @Instant() created_at!: Date;
  /** The body that is signed and sent. */
  @LongText() payload!: string;
}

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One event on its way to one subscription. */
@Entity('webhook_delivery')
@Index('UQ_webhook_delivery_event', ['subscription_id', 'event_id'], { unique: true })
@Index('IDX_webhook_delivery_subscription', ['subscription_id', 'id'])
@Index('IDX_webhook_delivery_created', ['created_at'])
export class WebhookDelivery {
  @PrimaryId(36) id!: string;
  @Id(36) subscription_id!: string;
  @Id(36) event_id!: string;
  @Column({ type: 'varchar', length: 64 }) event_type!: string;
  @Column({ type: 'varchar', length: 16 }) state!: DeliveryState;
  /** Tries since it was created or replayed. */
  @Column({ type: 'int' }) attempts!: number;
  /** Of the last answer. */
  @Column({ type: 'int', nullable: true }) status!: number | null;
  /** Why the last try failed. */
  @Column({ type: 'varchar', length: 255, nullable: true }) error!: string | null;
  /** When it is tried again. */
  @Instant({ nullable: true }) next_at!: Date | null;
  @Instant({ nullable: true }) finished_at!: Date | null;
  @Instant() created_at!: Date;
}

/** One try. */
@Entity('webhook_attempt')
@Index('IDX_webhook_attempt_delivery', ['delivery_id', 'id'])
export class WebhookAttempt {
  @Counter() id!: number | string;
  @Id(36) delivery_id!: string;
  @Instant() at!: Date;
  @Column({ type: 'int', nullable: true }) status!: number | null;
  @Column({ type: 'int' }) duration_ms!: number;
  @Column({ type: 'varchar', length: 255, nullable: true }) error!: string | null;
  /** The beginning of the answer. */
  @Column({ type: 'varchar', length: 1024, nullable: true }) response!: string | null;
}
