import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, c, createTable, index } from '../migration-dsl';

/** How detectors do: what they looked at, and how far the messages have been judged. */
export class Detection1763856000000 implements MigrationInterface {
  name = 'Detection1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'detector_run',
      {
        ...{ id: c.counter(), detector: c.id(32), started_at: c.instant(), ended_at: c.instant() },
        ...{ looked_at: c.integer(), found: c.integer(), unseen: c.longText(), fault: c.nullable(c.text(500)) },
      },
      [index('IDX_detector_run_detector', 'detector', 'id'), index('IDX_detector_run_ended', 'ended_at')],
    );
    await createTable(runner, 'risk_cursor', {
      ...{ name: c.primary(c.id(32)), last_id: c.bigint(), moved_at: c.instant() },
    });
    await addIndex(runner, 'finding', index('IDX_finding_detected_at', 'detected_at'));
    await createTable(runner, 'risk_rejudge', { message_id: c.primary(c.bigint()) });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('finding', 'IDX_finding_detected_at');
    for (const table of ['risk_rejudge', 'risk_cursor', 'detector_run']) await runner.dropTable(table, true);
  }
}
