import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/**
 * `paid`: somebody outside says that they have paid. `deal`: price, contract or payment was spoken of. `collect`: staff
 * sent a code by which they are paid themselves.
 */
export type MoneyTalkKind = 'paid' | 'deal' | 'collect';

/** That a message of a single chat speaks of money: nothing of what it says. Forgotten after a while. */
@Entity('money_talk')
@Index('IDX_money_talk_sent_at', ['sent_at'])
@Index('IDX_money_talk_conversation', ['conversation_id', 'sent_at'])
export class MoneyTalk {
  @PrimaryColumn({ type: 'bigint' }) message_id!: number | string;
  @PrimaryId(8) kind!: MoneyTalkKind;
  @Id(32) conversation_id!: string;
  @Instant() sent_at!: Date;
}
