import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** What all records have in common: their history, what they have for themselves, and what they are found by. */
export class Records1764000003000 implements MigrationInterface {
  name = 'Records1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'record_change',
      {
        ...{ id: c.counter(), object: c.id(32), record_id: c.id(36), at: c.instant(), actor: c.id(80) },
        ...{ kind: c.id(32), changes: c.longText(), reason: c.nullable(c.text(500)) },
      },
      [index('IDX_record_change_record', 'object', 'record_id', 'id')],
    );
    await createTable(
      runner,
      'record_key',
      {
        ...{ object: c.primary(c.id(32)), kind: c.primary(c.id(24)), hash: c.primary(c.id(64)), record_id: c.id(36) },
      },
      [index('IDX_record_key_record', 'record_id')],
    );
    await createTable(
      runner,
      'record_lookup',
      {
        ...{ record_id: c.primary(c.id(36)), kind: c.primary(c.id(24)), hash: c.primary(c.id(64)), object: c.id(32) },
      },
      [index('IDX_record_lookup_hash', 'kind', 'hash', 'object')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['record_lookup', 'record_key', 'record_change']) await runner.dropTable(table, true);
  }
}
