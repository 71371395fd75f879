import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** What WeChat Pay told us, what somebody told us in its name, and what we asked of it. */
export class WechatPay1764000010000 implements MigrationInterface {
  name = 'WechatPay1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'pay_notification',
      {
        ...{ id: c.counter(), notification_id: c.id(64), event_type: c.id(64), out_trade_no: c.nullable(c.id(64)) },
        ...{ out_refund_no: c.nullable(c.id(64)), transaction_id: c.nullable(c.id(64)) },
        ...{ amount_fen: c.nullable(c.bigint()), sealed: c.longText(), state: c.id(16), attempts: c.integer() },
        ...{ error: c.nullable(c.text(1024)), received_at: c.instant(), handled_at: c.nullable(c.instant()) },
      },
      [
        unique('UQ_pay_notification', 'notification_id'),
        index('IDX_pay_notification_state', 'state', 'id'),
        index('IDX_pay_notification_out_trade_no', 'out_trade_no'),
      ],
    );
    await createTable(runner, 'pay_nonce', { nonce: c.primary(c.id(64)), seen_at: c.instant() }, [
      index('IDX_pay_nonce_seen', 'seen_at'),
    ]);
    await createTable(runner, 'pay_refusal', {
      ...{ id: c.counter(), at: c.instant(), reason: c.id(16), serial: c.nullable(c.id(100)) },
      ...{ address: c.id(64), body_sha256: c.nullable(c.id(64)) },
    });
    await createTable(
      runner,
      'pay_intent',
      {
        ...{ id: c.primary(c.id(36)), action: c.id(16), number: c.id(64), out_trade_no: c.id(32) },
        ...{ open_key: c.nullable(c.id(128)), subject_object: c.id(32), subject_id: c.id(64) },
        ...{ kind: c.nullable(c.id(16)), amount_fen: c.bigint(), currency: c.id(3), description: c.text(127) },
        ...{ openid: c.nullable(c.longText()), expires_at: c.nullable(c.instant()), state: c.id(16) },
        ...{ prepay: c.nullable(c.text(512)), provider_id: c.nullable(c.id(64)), error: c.nullable(c.text(300)) },
        ...{ looks: c.integer(), next_look_at: c.nullable(c.instant()) },
        ...{ created_at: c.instant(), updated_at: c.instant(), settled_at: c.nullable(c.instant()) },
      },
      [
        unique('UQ_pay_intent', 'action', 'number'),
        unique('UQ_pay_intent_open', 'open_key'),
        index('IDX_pay_intent_trade', 'out_trade_no'),
        index('IDX_pay_intent_subject', 'subject_object', 'subject_id'),
        index('IDX_pay_intent_look', 'next_look_at'),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['pay_intent', 'pay_refusal', 'pay_nonce', 'pay_notification']) {
      await runner.dropTable(table, true);
    }
  }
}
