import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** What is detected, where it stands, and who decided what. */
export class Findings1763769604000 implements MigrationInterface {
  name = 'Findings1763769604000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'finding',
      {
        ...{ id: c.counter(), dedupe_key: c.id(191), detector: c.id(32), version: c.integer() },
        ...{ evidence_level: c.id(16), severity: c.id(8), userid: c.nullable(c.id(64)) },
        ...{ external_userid: c.nullable(c.id(64)), chat_id: c.nullable(c.id(64)), occurred_at: c.instant() },
        ...{ detected_at: c.instant(), features: c.longText(), evidence: c.longText() },
      },
      [
        unique('UQ_finding_dedupe', 'dedupe_key'),
        index('IDX_finding_detector', 'detector', 'id'),
        index('IDX_finding_userid', 'userid', 'id'),
        index('IDX_finding_external_userid', 'external_userid', 'id'),
      ],
    );
    await createTable(
      runner,
      'finding_case',
      {
        ...{ finding_id: c.primary(c.bigint()), state: c.id(16), version: c.integer() },
        ...{ decided_by: c.nullable(c.id(80)), decided_at: c.nullable(c.instant()), updated_at: c.instant() },
      },
      [index('IDX_finding_case_state', 'state', 'finding_id')],
    );
    await createTable(
      runner,
      'finding_step',
      {
        ...{ id: c.counter(), finding_id: c.bigint(), state: c.id(16), actor: c.id(80), at: c.instant() },
        ...{ reason: c.nullable(c.id(32)), comment: c.nullable(c.text(500)) },
      },
      [index('IDX_finding_step_finding', 'finding_id', 'id')],
    );
    for (const table of ['finding', 'finding_step']) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['finding_step', 'finding_case', 'finding']) await runner.dropTable(table, true);
  }
}
