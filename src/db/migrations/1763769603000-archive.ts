import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Envelopes of the conversation archive, and how they were fetched. */
export class Archive1763769603000 implements MigrationInterface {
  name = 'Archive1763769603000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'archive_cursor', {
      name: c.primary(c.id(16)),
      seq: c.id(20),
      last_id: c.bigint(),
      answered_at: c.nullable(c.instant()),
    });
    const record = {
      ...{ seq: c.id(20), msgid: c.id(191), publickey_ver: c.bigint() },
      ...{ random_key: c.longText(), message: c.longText() },
    };
    await createTable(runner, 'archive_envelope', { id: c.counter(), ...record, page_id: c.bigint(), leaf: c.id(64) }, [
      unique('UQ_archive_envelope_seq', 'seq'),
      index('IDX_archive_envelope_msgid', 'msgid'),
    ]);
    await createTable(runner, 'archive_page', {
      ...{ id: c.counter(), from_seq: c.id(20), to_seq: c.id(20), count: c.integer() },
      ...{ root: c.id(64), received_at: c.instant() },
    });
    await createTable(
      runner,
      'archive_pull',
      {
        ...{ id: c.counter(), asked_at: c.instant(), from_seq: c.id(20), asked: c.integer(), returned: c.integer() },
        ...{ to_seq: c.nullable(c.id(20)), code: c.nullable(c.integer()), ms: c.integer() },
        fault: c.nullable(c.id(255)),
      },
      [index('IDX_archive_pull_asked_at', 'asked_at')],
    );
    await createTable(runner, 'archive_gap', {
      ...{ id: c.counter(), after_seq: c.id(20), before_seq: c.id(20), cause: c.id(16), found_at: c.instant() },
      detail: c.nullable(c.id(255)),
    });
    await createTable(
      runner,
      'archive_conflict',
      { id: c.counter(), ...record, leaf: c.id(64), found_at: c.instant() },
      [unique('UQ_archive_conflict', 'seq', 'leaf')],
    );
    for (const table of evidence) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...evidence, 'archive_cursor']) await runner.dropTable(table, true);
  }
}

const evidence = ['archive_envelope', 'archive_page', 'archive_pull', 'archive_gap', 'archive_conflict'];
