import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c } from '../migration-dsl';

/** When a tag was last written, so that an older read does not undo a newer event. */
export class CorpTagUpdates1763769600800 implements MigrationInterface {
  name = 'CorpTagUpdates1763769600800';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await addColumn(runner, table, 'updated_at', c.nullable(c.instant()));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.dropColumn(table, 'updated_at');
  }
}

const tables = ['corp_tag_group', 'corp_tag'];
