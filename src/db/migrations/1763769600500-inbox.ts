import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** Callbacks as they arrived. */
export class Inbox1763769600500 implements MigrationInterface {
  name = 'Inbox1763769600500';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'inbox_event',
      {
        id: c.counter(),
        digest: c.id(43),
        receiver: c.text(16),
        event: c.text(64),
        change_type: c.text(64),
        userid: c.nullable(c.id()),
        external_userid: c.nullable(c.id()),
        chat_id: c.nullable(c.id()),
        state: c.text(16),
        attempts: c.integer(),
        error: c.nullable(c.text(1024)),
        stale: c.boolean(),
        occurred_at: c.instant(),
        received_at: c.instant(),
        handled_at: c.nullable(c.instant()),
        body: c.nullable(c.longText()),
      },
      [unique('UQ_inbox_event_digest', 'digest'), index('IDX_inbox_event_state', 'state', 'id')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('inbox_event', true);
  }
}
