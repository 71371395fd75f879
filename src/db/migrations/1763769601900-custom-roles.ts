import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, unique } from '../migration-dsl';

/** Roles that a company puts together itself, and what they were at any time. */
export class CustomRoles1763769601900 implements MigrationInterface {
  name = 'CustomRoles1763769601900';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'custom_role',
      {
        role_key: c.primary(c.id(32)),
        name: c.text(64),
        name_key: c.id(64),
        about: c.text(255),
        definition: c.longText(),
        version: c.integer(),
        created_at: c.instant(),
        updated_at: c.instant(),
        removed_at: c.nullable(c.instant()),
      },
      [unique('UQ_custom_role_name', 'name_key')],
    );
    await createTable(runner, 'custom_role_version', {
      role_key: c.primary(c.id(32)),
      version: c.primary(c.integer()),
      name: c.text(64),
      about: c.text(255),
      definition: c.longText(),
      made_at: c.instant(),
      made_by: c.id(80),
    });
    await guardInsertOnly(runner, 'custom_role_version');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['custom_role_version', 'custom_role']) await runner.dropTable(table, true);
  }
}
