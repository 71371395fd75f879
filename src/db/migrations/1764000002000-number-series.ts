import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** How records are numbered, and how they once were. */
export class NumberSeries1764000002000 implements MigrationInterface {
  name = 'NumberSeries1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'number_series', {
      ...{ series_key: c.primary(c.id(40)), parts: c.longText(), resets: c.id(8), last_number: c.bigint() },
      ...{ day: c.id(10), first_day: c.nullable(c.id(10)), most: c.bigint() },
      ...{ version: c.integer(), updated_at: c.instant() },
    });
    await createTable(
      runner,
      'number_series_pattern',
      {
        ...{ id: c.counter(), series_key: c.id(40), parts: c.longText(), first_day: c.id(10), last_day: c.id(10) },
        ...{ most: c.bigint(), ended_at: c.instant() },
      },
      [index('IDX_number_series_pattern', 'series_key')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['number_series_pattern', 'number_series']) await runner.dropTable(table, true);
  }
}
