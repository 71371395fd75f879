import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Who speaks of money, what devices are asked to show, and what connectors report from them. */
export class SpotChecks1763856002000 implements MigrationInterface {
  name = 'SpotChecks1763856002000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'money_talk',
      {
        ...{ message_id: c.primary(c.bigint()), kind: c.primary(c.id(8)), conversation_id: c.id(32) },
        sent_at: c.instant(),
      },
      [index('IDX_money_talk_sent_at', 'sent_at'), index('IDX_money_talk_conversation', 'conversation_id', 'sent_at')],
    );
    await createTable(
      runner,
      'spot_check',
      {
        ...{
          id: c.counter(),
          userid: c.id(),
          conversation_id: c.id(32),
          how: c.id(8),
          reason: c.nullable(c.text(255)),
        },
        ...{ days: c.nullable(c.integer()), seed: c.nullable(c.id(64)), population: c.nullable(c.integer()) },
        ...{ through_id: c.nullable(c.bigint()), asked_by: c.id(80), asked_at: c.instant() },
      },
      [index('IDX_spot_check_userid', 'userid', 'id')],
    );
    await createTable(
      runner,
      'spot_check_result',
      {
        ...{ id: c.counter(), spot_check_id: c.bigint(), outcome: c.id(20), missing: c.longText() },
        ...{ note: c.nullable(c.text(500)), actor: c.id(80), at: c.instant() },
      },
      [unique('UQ_spot_check_result', 'spot_check_id')],
    );
    await createTable(
      runner,
      'device_connector',
      {
        ...{ id: c.primary(c.id(36)), name: c.id(32), public_key: c.id(44), created_by: c.id(80) },
        ...{ created_at: c.instant(), disabled_by: c.nullable(c.id(80)), disabled_at: c.nullable(c.instant()) },
      },
      [unique('UQ_device_connector_name', 'name')],
    );
    await createTable(
      runner,
      'device_report',
      {
        ...{ id: c.counter(), connector_id: c.id(36), nonce: c.id(64), body: c.longText(), signature: c.id(128) },
        received_at: c.instant(),
      },
      [unique('UQ_device_report_nonce', 'connector_id', 'nonce')],
    );
    for (const table of ['spot_check', 'spot_check_result', 'device_report']) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['device_report', 'device_connector', 'spot_check_result', 'spot_check', 'money_talk'];
    for (const table of tables) await runner.dropTable(table, true);
  }
}
