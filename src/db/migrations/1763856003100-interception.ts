import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** Word lists that WeCom's clients intercept, and the rules we made for them. */
export class Interception1763856003100 implements MigrationInterface {
  name = 'Interception1763856003100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'interception',
      {
        ...{ id: c.primary(c.id(36)), list_id: c.id(36), type: c.id(8), semantics: c.text(64) },
        ...{ userids: c.longText(), department_ids: c.longText(), version: c.integer() },
        ...{ pushed_version: c.nullable(c.integer()), pushed_list_version: c.nullable(c.integer()) },
        ...{ pushed_enabled: c.nullable(c.boolean()), pushed_at: c.nullable(c.instant()) },
        ...{ removed_at: c.nullable(c.instant()), created_at: c.instant(), updated_at: c.instant() },
      },
      [index('IDX_interception_list', 'list_id')],
    );
    await createTable(
      runner,
      'interception_rule',
      {
        ...{ id: c.primary(c.id(36)), interception_id: c.id(36), part: c.integer(), name: c.id(20) },
        rule_id: c.nullable(c.id(64)),
      },
      [unique('UQ_interception_rule_part', 'interception_id', 'part'), unique('UQ_interception_rule_name', 'name')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['interception_rule', 'interception']) await runner.dropTable(table, true);
  }
}
