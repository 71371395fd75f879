import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable } from '../migration-dsl';

/** What sidebars failed at. */
export class Sidebar1764000020000 implements MigrationInterface {
  name = 'Sidebar1764000020000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'sidebar_failure', {
      ...{ id: c.primary(c.id(64)), step: c.id(32), code: c.id(32), times: c.integer() },
      ...{ first_at: c.instant(), last_at: c.instant(), last_actor: c.id(80), last_message: c.text(300) },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sidebar_failure', true);
  }
}
