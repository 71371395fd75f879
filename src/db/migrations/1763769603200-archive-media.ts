import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Files of archived messages: which there are, how far each has come, where its content stands, and what proves it. */
export class ArchiveMedia1763769603200 implements MigrationInterface {
  name = 'ArchiveMedia1763769603200';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'archive_file',
      {
        ...{ id: c.primary(c.id()), sealed: c.longText(), state: c.id(16) },
        ...{ told_size: c.nullable(c.bigint()), told_md5: c.nullable(c.id(32)) },
        ...{ attempts: c.integer(), next_at: c.instant(), deadline_at: c.instant() },
        ...{ resume: c.nullable(c.longText()), slices: c.integer(), bytes: c.bigint() },
        draft_key: c.nullable(c.longText()),
        ...{ size: c.nullable(c.bigint()), sha256: c.nullable(c.id()), type: c.nullable(c.id(127)) },
        ...{ md5_ok: c.nullable(c.boolean()), size_ok: c.nullable(c.boolean()) },
        ...{ blob_id: c.nullable(c.id(36)), thumbnail_id: c.nullable(c.id(36)), qr: c.nullable(c.longText()) },
        ...{ fault: c.nullable(c.id()), ended_at: c.nullable(c.instant()) },
      },
      [
        index('IDX_archive_file_due', 'state', 'deadline_at'),
        index('IDX_archive_file_blob', 'blob_id'),
        index('IDX_archive_file_thumbnail', 'thumbnail_id'),
      ],
    );
    await createTable(
      runner,
      'archive_attachment',
      { message_id: c.primary(c.bigint()), path: c.primary(c.id(191)), file_id: c.id() },
      [index('IDX_archive_attachment_file', 'file_id')],
    );
    await createTable(
      runner,
      'archive_blob',
      {
        ...{ id: c.primary(c.id(36)), content: c.id(), size: c.bigint(), sealed: c.nullable(c.longText()) },
        created_at: c.instant(),
      },
      [unique('UQ_archive_blob_content', 'content')],
    );
    await createTable(
      runner,
      'archive_stored_file',
      { ...{ id: c.counter(), batch_id: c.bigint(), file_id: c.id() }, ...{ sha256: c.id(), size: c.bigint() } },
      [index('IDX_archive_stored_file_batch', 'batch_id'), index('IDX_archive_stored_file_file', 'file_id')],
    );
    await createTable(runner, 'archive_file_batch', {
      ...{ id: c.counter(), count: c.integer(), root: c.id(), stored_at: c.instant() },
    });
    for (const table of evidence) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...evidence, ...states]) await runner.dropTable(table, true);
  }
}

const evidence = ['archive_stored_file', 'archive_file_batch'];
const states = ['archive_file', 'archive_attachment', 'archive_blob'];
