import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable } from '../migration-dsl';

/** Whose database this is, and the keys that seal its secrets. */
export class Deployment1763769600000 implements MigrationInterface {
  name = 'Deployment1763769600000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'deployment', {
      corp_id: c.primary(c.id()),
      mode: c.text(16),
      created_at: c.instant(),
    });
    await createTable(runner, 'data_key', {
      version: c.primary(c.integer()),
      wrapped: c.text(255),
      created_at: c.instant(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('data_key', true);
    await runner.dropTable('deployment', true);
  }
}
