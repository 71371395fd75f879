import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** First answers to writes that may be sent twice. */
export class Idempotency1763769600600 implements MigrationInterface {
  name = 'Idempotency1763769600600';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'idempotency_key',
      {
        key_hash: c.primary(c.id()),
        request_hash: c.id(),
        status: c.integer(),
        body: c.longText(),
        created_at: c.instant(),
      },
      [index('IDX_idempotency_key_created', 'created_at')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_key', true);
  }
}
