import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c } from '../migration-dsl';

/** A run gives up by where it fails, and by how often altogether. */
export class RunFailures1763769602250 implements MigrationInterface {
  name = 'RunFailures1763769602250';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'run', 'failures_in_all', c.nullable(c.integer()));
    await addColumn(runner, 'run', 'failed_at', c.nullable(c.id(64)));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['failed_at', 'failures_in_all']) await runner.dropColumn('run', column);
  }
}
