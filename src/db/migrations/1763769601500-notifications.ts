import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** What accounts are told, what goes out of the house, and what they chose. */
export class Notifications1763769601500 implements MigrationInterface {
  name = 'Notifications1763769601500';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'notification',
      {
        id: c.primary(c.id(36)),
        account_id: c.id(36),
        kind: c.text(64),
        dedupe_key: c.id(160),
        params: c.longText(),
        created_at: c.instant(),
        read_at: c.nullable(c.instant()),
      },
      [
        unique('UQ_notification_dedupe', 'account_id', 'dedupe_key'),
        index('IDX_notification_account', 'account_id', 'id'),
        index('IDX_notification_unread', 'account_id', 'read_at'),
        index('IDX_notification_created', 'created_at'),
      ],
    );
    await createTable(
      runner,
      'notification_dispatch',
      {
        id: c.primary(c.id(36)),
        notification_id: c.id(36),
        account_id: c.id(36),
        channel: c.text(8),
        state: c.text(8),
        due_at: c.instant(),
        sent_at: c.nullable(c.instant()),
        error: c.nullable(c.text(255)),
      },
      [
        unique('UQ_notification_dispatch', 'notification_id', 'channel'),
        index('IDX_notification_dispatch_due', 'account_id', 'channel', 'state', 'due_at'),
      ],
    );
    await choices(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['notification_setting', 'notification_preference', 'notification_dispatch', 'notification'];
    for (const table of tables) await runner.dropTable(table, true);
  }
}

async function choices(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'notification_preference', {
    account_id: c.primary(c.id(36)),
    kind: c.primary(c.id(64)),
    wecom: c.text(8),
    mail: c.text(8),
  });
  await createTable(runner, 'notification_setting', {
    account_id: c.primary(c.id(36)),
    email: c.nullable(c.text(254)),
    quiet_from: c.nullable(c.text(5)),
    quiet_until: c.nullable(c.text(5)),
    language: c.text(8),
    updated_at: c.instant(),
  });
}
