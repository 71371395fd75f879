import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, addIndex, c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Notifications that count, and findings that were told further up. */
export class Alerts1763856005000 implements MigrationInterface {
  name = 'Alerts1763856005000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'notification', 'group_key', c.nullable(c.id(160)));
    await addColumn(runner, 'notification', 'count', c.nullable(c.integer()));
    await addIndex(runner, 'notification', index('IDX_notification_group', 'account_id', 'group_key', 'id'));
    await createTable(
      runner,
      'finding_escalation',
      {
        ...{ id: c.counter(), finding_id: c.bigint(), level: c.integer(), at: c.instant() },
        ...{ told: c.longText(), is_last: c.boolean() },
      },
      [unique('UQ_finding_escalation_level', 'finding_id', 'level')],
    );
    await guardInsertOnly(runner, 'finding_escalation');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('finding_escalation', true);
    await runner.dropIndex('notification', 'IDX_notification_group');
    for (const column of ['count', 'group_key']) await runner.dropColumn('notification', column);
  }
}
