import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** Backups that were written, the key that recovers them, and restores of this database. */
export class Backups1763769601100 implements MigrationInterface {
  name = 'Backups1763769601100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'backup',
      {
        name: c.primary(c.id(191)),
        taken_at: c.instant(),
        size: c.bigint(),
        row_count: c.bigint(),
        verified_at: c.nullable(c.instant()),
        ok: c.boolean(),
        kept: c.boolean(),
      },
      [index('IDX_backup_taken', 'taken_at')],
    );
    await createTable(runner, 'recovery_key', {
      public_key: c.primary(c.id()),
      created_at: c.instant(),
    });
    await createTable(runner, 'restoration', {
      id: c.counter(),
      backup: c.id(191),
      taken_at: c.instant(),
      restored_at: c.instant(),
      run_id: c.nullable(c.id(36)),
      resumed_at: c.nullable(c.instant()),
      resumed_by: c.nullable(c.id(80)),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['restoration', 'recovery_key', 'backup']) await runner.dropTable(table, true);
  }
}
