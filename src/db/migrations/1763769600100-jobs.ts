import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** The job queue, long runs, the scheduler's watermarks and named leases. */
export class Jobs1763769600100 implements MigrationInterface {
  name = 'Jobs1763769600100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'job',
      {
        id: c.counter(),
        kind: c.id(),
        lane: c.integer(),
        serial_key: c.nullable(c.id(128)),
        running_key: c.nullable(c.id(128)),
        dedupe_key: c.nullable(c.id(128)),
        payload: c.text(2000),
        state: c.text(16),
        run_at: c.instant(),
        attempts: c.integer(),
        lease_owner: c.nullable(c.id()),
        lease_until: c.nullable(c.instant()),
        token: c.integer(),
        error: c.nullable(c.text(2000)),
        created_at: c.instant(),
        finished_at: c.nullable(c.instant()),
      },
      [
        unique('UQ_job_running_key', 'running_key'),
        unique('UQ_job_dedupe_key', 'dedupe_key'),
        index('IDX_job_claim', 'state', 'lane', 'run_at'),
      ],
    );
    await createTable(
      runner,
      'run',
      {
        id: c.primary(c.id(36)),
        kind: c.id(),
        params: c.longText(),
        state: c.text(16),
        active_key: c.nullable(c.id()),
        progress_done: c.integer(),
        progress_total: c.integer(),
        phase: c.nullable(c.text(64)),
        checkpoint: c.nullable(c.longText()),
        result: c.nullable(c.longText()),
        error: c.nullable(c.text(2000)),
        failures: c.integer(),
        version: c.integer(),
        requested_by: c.id(),
        cancel_requested: c.boolean(),
        created_at: c.instant(),
        started_at: c.nullable(c.instant()),
        finished_at: c.nullable(c.instant()),
      },
      [unique('UQ_run_active_key', 'active_key')],
    );
    await createTable(runner, 'schedule', {
      name: c.primary(c.id()),
      last_slot: c.instant(),
      running_slot: c.nullable(c.instant()),
      lease_owner: c.nullable(c.id()),
      lease_until: c.nullable(c.instant()),
      last_started_at: c.nullable(c.instant()),
      last_finished_at: c.nullable(c.instant()),
      last_error: c.nullable(c.text(2000)),
    });
    await createTable(runner, 'lease', {
      name: c.primary(c.id()),
      owner: c.id(),
      lease_until: c.instant(),
      token: c.integer(),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['lease', 'schedule', 'run', 'job']) await runner.dropTable(table, true);
  }
}
