import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, createTable, index, unique } from '../migration-dsl';

/** Who is who in the directory, and who sees whose records. */
export class Scope1763769601200 implements MigrationInterface {
  name = 'Scope1763769601200';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'account', 'staff_id', c.nullable(c.id(36)));
    await addColumn(runner, 'account', 'expires_at', c.nullable(c.instant()));
    await addColumn(runner, 'api_token', 'staff_id', c.nullable(c.id(36)));
    await createTable(
      runner,
      'reporting_edge',
      {
        id: c.primary(c.id(36)),
        superior_id: c.id(36),
        staff_id: c.id(36),
        source: c.text(16),
        closes_cycle: c.boolean(),
        until: c.nullable(c.instant()),
        created_by: c.nullable(c.id(80)),
        created_at: c.instant(),
      },
      [
        unique('UQ_reporting_edge_pair', 'superior_id', 'staff_id', 'source'),
        index('IDX_reporting_edge_staff', 'staff_id', 'id'),
      ],
    );
    await createTable(
      runner,
      'reporting_reach',
      { superior_id: c.primary(c.id(36)), staff_id: c.primary(c.id(36)), until: c.nullable(c.instant()) },
      [index('IDX_reporting_reach_staff', 'staff_id')],
    );
    await createTable(
      runner,
      'collaborator',
      {
        id: c.primary(c.id(36)),
        object_type: c.id(32),
        object_id: c.id(64),
        staff_id: c.id(36),
        level: c.text(8),
        until: c.nullable(c.instant()),
        created_by: c.id(80),
        created_at: c.instant(),
      },
      [
        unique('UQ_collaborator_object', 'object_type', 'object_id', 'staff_id'),
        index('IDX_collaborator_staff', 'staff_id', 'object_type'),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['collaborator', 'reporting_reach', 'reporting_edge']) await runner.dropTable(table);
    await runner.dropColumn('api_token', 'staff_id');
    await runner.dropColumn('account', 'expires_at');
    await runner.dropColumn('account', 'staff_id');
  }
}
