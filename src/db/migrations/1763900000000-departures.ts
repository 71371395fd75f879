import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** Who left or will leave, and how that came to be known. */
export class Departures1763900000000 implements MigrationInterface {
  name = 'Departures1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'departure',
      {
        ...{ id: c.primary(c.id(36)), staff_id: c.id(36), open_key: c.nullable(c.id(36)), state: c.id(16) },
        ...{ last_day: c.nullable(c.id(10)), departed_at: c.nullable(c.instant()), noticed_by: c.id(16) },
        ...{ note: c.nullable(c.text(500)), created_by: c.id(80), version: c.integer() },
        ...{ created_at: c.instant(), updated_at: c.instant() },
      },
      [
        unique('UQ_departure_open', 'open_key'),
        index('IDX_departure_staff', 'staff_id', 'id'),
        index('IDX_departure_state', 'state', 'id'),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('departure', true);
  }
}
