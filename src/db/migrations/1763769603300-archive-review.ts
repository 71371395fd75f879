import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Supervised review of archived messages: what is drawn, what waits, and who found what. */
export class ArchiveReview1763769603300 implements MigrationInterface {
  name = 'ArchiveReview1763769603300';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'archive_review_profile', {
      ...{ id: c.primary(c.id(36)), name: c.text(100), period: c.id(8), rules: c.longText(), active: c.boolean() },
      ...{ version: c.integer(), created_by: c.id(80), created_at: c.instant(), updated_at: c.instant() },
    });
    await createTable(
      runner,
      'archive_sample',
      {
        ...{ id: c.primary(c.id(36)), profile_id: c.id(36), starts_at: c.instant(), ends_at: c.instant() },
        ...{ rules: c.longText(), seed_hash: c.id(64), sealed: c.nullable(c.longText()), seed: c.nullable(c.id(64)) },
        ...{ committed_at: c.instant(), drawn_at: c.nullable(c.instant()), through_id: c.nullable(c.bigint()) },
        ...{ population: c.nullable(c.integer()), drawn: c.nullable(c.integer()) },
      },
      [
        unique('UQ_archive_sample_period', 'profile_id', 'starts_at'),
        index('IDX_archive_sample_due', 'drawn_at', 'ends_at'),
      ],
    );
    await createItems(runner);
    await guardInsertOnly(runner, 'archive_review_step');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.dropTable(table, true);
  }
}

const tables = [
  'archive_review_step',
  'archive_review_subject',
  'archive_review',
  'archive_sample',
  'archive_review_profile',
];

async function createItems(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'archive_review',
    {
      ...{ id: c.primary(c.id(36)), origin: c.id(120), queue: c.id(16), sample_id: c.nullable(c.id(36)) },
      ...{ rechecks: c.nullable(c.id(36)), message_id: c.bigint(), conversation_id: c.id(32), state: c.id(16) },
      ...{ assignee: c.nullable(c.id(80)), claimed_at: c.nullable(c.instant()), reason: c.nullable(c.text(255)) },
      ...{ tags: c.text(500), created_by: c.id(80), created_at: c.instant(), due_at: c.instant() },
      ...{ decided_by: c.nullable(c.id(80)), decided_at: c.nullable(c.instant()) },
    },
    [
      unique('UQ_archive_review_origin', 'origin'),
      index('IDX_archive_review_state', 'state', 'id'),
      index('IDX_archive_review_queue', 'queue', 'state', 'id'),
      index('IDX_archive_review_assignee', 'assignee', 'state', 'id'),
      index('IDX_archive_review_message', 'message_id'),
      index('IDX_archive_review_decided', 'decided_at'),
    ],
  );
  await createTable(runner, 'archive_review_subject', { review_id: c.primary(c.id(36)), userid: c.primary(c.id(64)) }, [
    index('IDX_archive_review_subject_userid', 'userid', 'review_id'),
  ]);
  await createTable(
    runner,
    'archive_review_step',
    {
      ...{ id: c.counter(), review_id: c.id(36), act: c.id(16), state: c.id(16), actor: c.id(80), at: c.instant() },
      ...{ comment: c.nullable(c.text(500)), tags: c.nullable(c.text(500)), shown: c.nullable(c.longText()) },
    },
    [index('IDX_archive_review_step_review', 'review_id', 'id')],
  );
}
