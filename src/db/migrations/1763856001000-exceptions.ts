import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** Whom detectors leave alone, and what they passed over for it. */
export class Exceptions1763856001000 implements MigrationInterface {
  name = 'Exceptions1763856001000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'detector_exception',
      {
        ...{ id: c.primary(c.id(36)), userid: c.nullable(c.id()), external_userid: c.nullable(c.id()) },
        ...{ reason: c.text(500), created_by: c.id(80), approved_by: c.id(80) },
        ...{ created_at: c.instant(), expires_at: c.instant() },
        ...{ ended_by: c.nullable(c.id(80)), ended_at: c.nullable(c.instant()) },
      },
      [index('IDX_detector_exception_expires', 'expires_at', 'id')],
    );
    await createTable(
      runner,
      'detector_suppressed',
      {
        ...{ dedupe_key: c.primary(c.id(191)), exception_id: c.id(36), detector: c.id(32), at: c.instant() },
      },
      [index('IDX_detector_suppressed_exception', 'exception_id')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['detector_suppressed', 'detector_exception']) await runner.dropTable(table, true);
  }
}
