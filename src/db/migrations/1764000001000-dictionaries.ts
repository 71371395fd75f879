import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** Pick lists and category trees of the CRM. */
export class Dictionaries1764000001000 implements MigrationInterface {
  name = 'Dictionaries1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'dictionary', {
      ...{ code: c.primary(c.id(40)), label_zh: c.text(60), label_en: c.text(60) },
      ...{ version: c.integer(), updated_at: c.instant() },
    });
    await createTable(runner, 'dictionary_item', {
      ...{ dictionary: c.primary(c.id(40)), code: c.primary(c.id(40)), label_zh: c.text(60), label_en: c.text(60) },
      ...{ position: c.integer(), active: c.boolean(), is_default: c.boolean(), extra: c.longText() },
      removed_at: c.nullable(c.instant()),
    });
    await createTable(
      runner,
      'category',
      {
        ...{ id: c.primary(c.id(36)), kind: c.id(24), parent_id: c.nullable(c.id(36)), name: c.text(60) },
        ...{ color: c.nullable(c.id(16)), position: c.integer(), active: c.boolean(), is_default: c.boolean() },
        ...{ version: c.integer(), created_at: c.instant(), updated_at: c.instant() },
      },
      [index('IDX_category_kind', 'kind', 'position')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['category', 'dictionary_item', 'dictionary']) await runner.dropTable(table, true);
  }
}
