import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c } from '../migration-dsl';

/** Fields of a relation that WeCom shows and we have no column for: kept, not dropped. */
export class RelationExtra1763769600900 implements MigrationInterface {
  name = 'RelationExtra1763769600900';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'relation', 'extra', c.nullable(c.longText()));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('relation', 'extra');
  }
}
