import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, dialectOf, guardInsertOnly, index, unique } from '../migration-dsl';

/** What messages are found by: the index of keyed tokens, the times of message windows, word lists and their hits. */
export class ArchiveSearch1763769603100 implements MigrationInterface {
  name = 'ArchiveSearch1763769603100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexTable[dialectOf(runner)]);
    await createTable(runner, 'archive_window', {
      id: c.primary(c.integer()),
      ...{ first_sent_at: c.instant(), last_sent_at: c.instant() },
    });
    await createTable(runner, 'archive_word_list', {
      ...{ id: c.primary(c.id(36)), name: c.text(64), category: c.id(32), enabled: c.boolean(), version: c.integer() },
      ...{ created_at: c.instant(), updated_at: c.instant() },
    });
    await createTable(
      runner,
      'archive_word_list_version',
      {
        ...{ id: c.counter(), list_id: c.id(36), version: c.integer(), sealed: c.longText(), actor: c.id(128) },
        created_at: c.instant(),
      },
      [unique('UQ_archive_word_list_version', 'list_id', 'version')],
    );
    await createTable(
      runner,
      'archive_hit',
      {
        ...{ id: c.counter(), message_id: c.bigint(), list_id: c.id(36), version: c.integer(), word: c.integer() },
        ...{ path: c.id(191), found_at: c.instant() },
      },
      [
        unique('UQ_archive_hit', 'message_id', 'list_id', 'version', 'word', 'path'),
        index('IDX_archive_hit_list', 'list_id', 'message_id'),
      ],
    );
    await guardInsertOnly(runner, 'archive_hit');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['archive_hit', 'archive_word_list_version', 'archive_word_list', 'archive_window']) {
      await runner.dropTable(table, true);
    }
    await runner.query('DROP TABLE IF EXISTS archive_index');
  }
}

/**
 * By the id of the message. SQLite keeps only which token stands in which message; a server keeps the tokens as well,
 * letters and digits in an alphabet of one byte each.
 */
const indexTable = {
  sqlite: `CREATE VIRTUAL TABLE IF NOT EXISTS archive_index
    USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
  mysql: `CREATE TABLE IF NOT EXISTS archive_index (
    id bigint NOT NULL PRIMARY KEY,
    tokens longtext CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
    FULLTEXT KEY FT_archive_index (tokens)
  ) ENGINE = InnoDB`,
};
