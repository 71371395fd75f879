import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, createTable, index, unique } from '../migration-dsl';

/** Every change of a setting, what the doctor keeps, and databases that are older than their company. */
export class SettingVersions1763769601600 implements MigrationInterface {
  name = 'SettingVersions1763769601600';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'setting_version',
      {
        id: c.counter(),
        name: c.id(),
        version: c.integer(),
        kind: c.text(16),
        value: c.nullable(c.longText()),
        fingerprint: c.nullable(c.text(64)),
        restored_from: c.nullable(c.integer()),
        changed_at: c.instant(),
        changed_by: c.id(80),
      },
      [unique('UQ_setting_version', 'name', 'version')],
    );
    await createTable(
      runner,
      'platform_note',
      { kind: c.primary(c.id(32)), subject: c.primary(c.id(64)), noted_at: c.instant() },
      [index('IDX_platform_note_noted', 'noted_at')],
    );
    await addColumn(runner, 'deployment', 'bound_as', c.nullable(c.id()));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('deployment', 'bound_as');
    for (const table of ['platform_note', 'setting_version']) await runner.dropTable(table, true);
  }
}
