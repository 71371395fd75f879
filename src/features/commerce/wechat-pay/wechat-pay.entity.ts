import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

export const notificationStates = ['pending', 'done', 'ignored', 'parked'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** What WeChat Pay told us, verified and stored before it was answered. */
@Entity('pay_notification')
@Index('UQ_pay_notification', ['notification_id'], { unique: true })
@Index('IDX_pay_notification_state', ['state', 'id'])
@Index('IDX_pay_notification_out_trade_no', ['out_trade_no'])
export class PayNotificationRow {
  @Counter() id!: number;
  /** WeChat Pay's, the same over all its tries. */
  @Id() notification_id!: string;
  @Id() event_type!: string;
  @Id(64, { nullable: true }) out_trade_no!: string | null;
  @Id(64, { nullable: true }) out_refund_no!: string | null;
  @Id(64, { nullable: true }) transaction_id!: string | null;
  /** Of the payment, or of the refund. */
  @Column({ type: 'bigint', nullable: true }) amount_fen!: number | null;
  /** The decrypted JSON, sealed: it names the payer. */
  @LongText() sealed!: string;
  @Id(16) state!: NotificationState;
  @Column({ type: 'int' }) attempts!: number;
  @Column({ type: 'varchar', length: 1024, nullable: true }) error!: string | null;
  @Instant() received_at!: Date;
  @Instant({ nullable: true }) handled_at!: Date | null;
}

/** A nonce of a message that was believed: none counts twice while its time stamp does. */
@Entity('pay_nonce')
@Index('IDX_pay_nonce_seen', ['seen_at'])
export class PayNonce {
  @PrimaryId() nonce!: string;
  @Instant() seen_at!: Date;
}

/** Something said in the name of WeChat Pay that was not believed. Only the newest are kept. */
@Entity('pay_refusal')
export class PayRefusalRow {
  @Counter() id!: number;
  @Instant() at!: Date;
  @Id(16) reason!: string;
  /** The key it named, if it named one. */
  @Id(100, { nullable: true }) serial!: string | null;
  @Id() address!: string;
  /** Null where there was too much of it. */
  @Id(64, { nullable: true }) body_sha256!: string | null;
}

export type IntentAction = 'payment' | 'refund' | 'close';
/**
 * `planned` nothing is known to have been asked · `unknown` asked, and nobody heard the answer · `open` WeChat Pay has it ·
 * `done` paid, refunded, or closed on purpose · `closed` can no longer be paid, or a refund that went back · `refused` WeChat
 * Pay said no · `abnormal` a refund that a person must settle
 */
export type IntentState = 'planned' | 'unknown' | 'open' | 'done' | 'closed' | 'refused' | 'abnormal';

/** What we are about to ask WeChat Pay, written down before it is asked (E3). */
@Entity('pay_intent')
@Index('UQ_pay_intent', ['action', 'number'], { unique: true })
@Index('UQ_pay_intent_open', ['open_key'], { unique: true })
@Index('IDX_pay_intent_trade', ['out_trade_no'])
@Index('IDX_pay_intent_subject', ['subject_object', 'subject_id'])
@Index('IDX_pay_intent_look', ['next_look_at'])
export class PayIntent {
  @PrimaryId(36) id!: string;
  @Id(16) action!: IntentAction;
  /** Our number at WeChat Pay: `out_trade_no`, of a refund `out_refund_no`. */
  @Id() number!: string;
  /** The payment it is about. */
  @Id(32) out_trade_no!: string;
  /** One payment, and one refund, for a subject at a time; null once another may be asked for. */
  @Id(128, { nullable: true }) open_key!: string | null;
  @Id(32) subject_object!: string;
  @Id(64) subject_id!: string;
  /** Of a payment: native, jsapi. */
  @Id(16, { nullable: true }) kind!: 'native' | 'jsapi' | null;
  @Column({ type: 'bigint' }) amount_fen!: number;
  @Id(3) currency!: string;
  @Column({ type: 'varchar', length: 127 }) description!: string;
  /** Who is to pay on a page; sealed. */
  @LongText({ nullable: true }) openid!: string | null;
  @Instant({ nullable: true }) expires_at!: Date | null;
  @Id(16) state!: IntentState;
  /** The address inside the QR code, or the prepay id. */
  @Column({ type: 'varchar', length: 512, nullable: true }) prepay!: string | null;
  /** WeChat Pay's number: `transaction_id`, of a refund `refund_id`. */
  @Id(64, { nullable: true }) provider_id!: string | null;
  /** WeChat Pay's code, or why the answer is not known. */
  @Column({ type: 'varchar', length: 300, nullable: true }) error!: string | null;
  @Column({ type: 'int' }) looks!: number;
  /** When WeChat Pay is asked how it stands; null: never again. */
  @Instant({ nullable: true }) next_look_at!: Date | null;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
  @Instant({ nullable: true }) settled_at!: Date | null;
}
