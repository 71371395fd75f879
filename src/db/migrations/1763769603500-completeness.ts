import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** What is said of each day of the archive, what was taken away of it, and ways to find what proves a row. */
export class Completeness1763769603500 implements MigrationInterface {
  name = 'Completeness1763769603500';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'archive_statement',
      { id: c.counter(), day: c.id(10), body: c.longText(), closed_at: c.instant() },
      [unique('UQ_archive_statement_day', 'day')],
    );
    await guardInsertOnly(runner, 'archive_statement');
    await createTable(
      runner,
      'archive_export',
      {
        ...{ id: c.primary(c.id(36)), requested_by: c.id(80), requester: c.text(191) },
        ...{ approved_by: c.nullable(c.id(80)), reason: c.text(500), matter: c.nullable(c.text(191)) },
        ...{ filters: c.longText(), messages: c.bigint(), last_message_id: c.bigint(), watermark: c.id(36) },
        ...{ created_at: c.instant(), expires_at: c.instant(), sealed_key: c.nullable(c.text(512)) },
        ...{ bytes: c.nullable(c.bigint()), sha256: c.nullable(c.id(64)) },
      },
      [index('IDX_archive_export_requester', 'requested_by', 'id'), index('IDX_archive_export_expires', 'expires_at')],
    );
    await addIndex(runner, 'archive_page', index('IDX_archive_page_received_at', 'received_at'));
    await addIndex(runner, 'archive_message', index('IDX_archive_message_batch', 'batch_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('archive_export', true);
    await runner.dropTable('archive_statement', true);
    await runner.dropIndex('archive_page', 'IDX_archive_page_received_at');
    await runner.dropIndex('archive_message', 'IDX_archive_message_batch');
  }
}
