import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index } from '../migration-dsl';

/** When the company works, and how soon its people answer. */
export class WorkingCalendar1763856004000 implements MigrationInterface {
  name = 'WorkingCalendar1763856004000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'working_calendar_version', {
      ...{ version: c.primary(c.integer()), rules: c.longText(), changed_at: c.instant(), changed_by: c.id(80) },
    });
    await guardInsertOnly(runner, 'working_calendar_version');
    await createTable(
      runner,
      'reply_day',
      {
        ...{ day: c.primary(c.id(10)), userid: c.primary(c.id(64)), questions: c.integer(), answered: c.integer() },
        ...{ within_target: c.integer(), out_of_hours: c.integer(), unanswered_at_end: c.integer() },
        ...{ wall_seconds: c.bigint(), working_seconds: c.longText(), updated_at: c.instant() },
      },
      [index('IDX_reply_day_userid', 'userid', 'day')],
    );
    await createTable(runner, 'reply_progress', {
      ...{ id: c.primary(c.integer()), batch_id: c.bigint(), updated_at: c.instant() },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['reply_progress', 'reply_day', 'working_calendar_version'])
      await runner.dropTable(table, true);
  }
}
