import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable } from '../migration-dsl';

/** Settings that were set in the console. */
export class Settings1763769600700 implements MigrationInterface {
  name = 'Settings1763769600700';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'setting', {
      name: c.primary(c.id()),
      value: c.longText(),
      updated_at: c.instant(),
      updated_by: c.id(80),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('setting', true);
  }
}
