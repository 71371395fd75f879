import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** The conversation archive: what was fetched and how, what was opened of it, and the keys. */
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
    await createMessages(runner);
    for (const table of evidence) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...evidence, ...states]) await runner.dropTable(table, true);
  }
}

const evidence = [
  'archive_envelope',
  'archive_page',
  'archive_pull',
  'archive_gap',
  'archive_conflict',
  'archive_message',
  'archive_batch',
];
const states = [
  'archive_cursor',
  'archive_conversation',
  'archive_participant',
  'archive_recall',
  'archive_body',
  'archive_body_key',
  'archive_parked',
  'archive_key',
];

async function createMessages(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'archive_conversation',
    {
      ...{ id: c.primary(c.id(32)), kind: c.id(8) },
      ...{ userid: c.nullable(c.id()), external_userid: c.nullable(c.id()), peer_userid: c.nullable(c.id()) },
      ...{ chat_id: c.nullable(c.id()), first_message_at: c.instant(), last_message_at: c.instant() },
      ...{ last_message_id: c.bigint(), messages: c.integer() },
    },
    [index('IDX_archive_conversation_newest', 'last_message_id')],
  );
  await createTable(
    runner,
    'archive_participant',
    { conversation_id: c.primary(c.id(32)), person: c.primary(c.id(64)), kind: c.id(8) },
    [index('IDX_archive_participant_person', 'person', 'conversation_id')],
  );
  await createTable(
    runner,
    'archive_message',
    {
      ...{ id: c.counter(), seq: c.id(20), msgid: c.id(191), conversation_id: c.id(32), sender: c.id() },
      ...{ action: c.id(16), type: c.id(), sent_at: c.instant(), recalls: c.nullable(c.id(191)) },
      ...{ has_media: c.boolean(), batch_id: c.bigint(), content: c.id(64) },
    },
    [
      index('IDX_archive_message_conversation', 'conversation_id', 'id'),
      index('IDX_archive_message_msgid', 'msgid'),
      index('IDX_archive_message_sent_at', 'sent_at'),
    ],
  );
  await createTable(runner, 'archive_recall', { msgid: c.primary(c.id(191)), message_id: c.primary(c.bigint()) });
  await createTable(runner, 'archive_body', { id: c.counter(), key_id: c.bigint(), sealed: c.longText() });
  await createTable(
    runner,
    'archive_body_key',
    {
      ...{ id: c.counter(), conversation_id: c.id(32), month: c.id(7), sealed: c.nullable(c.longText()) },
      ...{ created_at: c.instant(), destroyed_at: c.nullable(c.instant()) },
    },
    [unique('UQ_archive_body_key', 'conversation_id', 'month')],
  );
  await createTable(runner, 'archive_batch', {
    ...{ id: c.counter(), count: c.integer(), root: c.id(64), opened_at: c.instant() },
  });
  await createTable(
    runner,
    'archive_parked',
    {
      ...{ id: c.counter(), reason: c.id(16), code: c.nullable(c.integer()), publickey_ver: c.bigint() },
      ...{ attempts: c.integer(), parked_at: c.instant(), tried_at: c.instant() },
    },
    [index('IDX_archive_parked_reason', 'reason', 'publickey_ver', 'id')],
  );
  await createTable(runner, 'archive_key', {
    ...{ version: c.primary(c.bigint()), sealed: c.longText(), fingerprint: c.id(64) },
    ...{ source: c.id(64), created_at: c.instant() },
  });
}
