import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, dialectOf, guardInsertOnly, index, unique } from '../migration-dsl';

/** How long messages are kept, what must be kept longer, what was purged; who agreed to the archive, and who is in it. */
export class ArchiveRetention1763769603400 implements MigrationInterface {
  name = 'ArchiveRetention1763769603400';

  async up(runner: QueryRunner): Promise<void> {
    await createHolds(runner);
    await createPurges(runner);
    await createConsent(runner);
    for (const table of evidence) await guardInsertOnly(runner, table);
    await letPurgedEnvelopesBeEmptied(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await guardInsertOnly(runner, 'archive_envelope');
    for (const table of [...evidence, ...states]) await runner.dropTable(table, true);
  }
}

const evidence = ['archive_purge', 'archive_purged', 'archive_consent', 'archive_seat', 'archive_notice_confirmation'];
const states = [
  'archive_hold',
  'archive_hold_guard',
  'archive_retention_rule',
  'archive_erasure',
  'archive_consent_now',
  'archive_notice',
];

async function createHolds(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'archive_hold',
    {
      ...{ id: c.primary(c.id(36)), name: c.text(100), matter: c.text(100), reason: c.text(500) },
      ...{ userid: c.nullable(c.id()), external_userid: c.nullable(c.id()), chat_id: c.nullable(c.id()) },
      ...{ conversation_id: c.nullable(c.id(32)), from_at: c.nullable(c.instant()), to_at: c.nullable(c.instant()) },
      ...{ created_by: c.id(80), created_at: c.instant() },
      ...{ released_by: c.nullable(c.id(80)), approved_by: c.nullable(c.id(80)), released_at: c.nullable(c.instant()) },
    },
    [index('IDX_archive_hold_released', 'released_at', 'id')],
  );
  await createTable(runner, 'archive_hold_guard', { id: c.primary(c.integer()), moved_at: c.instant() });
}

async function createPurges(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'archive_retention_rule', {
    ...{ id: c.primary(c.id(36)), name: c.text(100), ground: c.text(255), years: c.integer() },
    ...{ department_id: c.nullable(c.bigint()), kind: c.nullable(c.id(8)), type: c.nullable(c.id()) },
    ...{ active: c.boolean(), version: c.integer(), created_at: c.instant(), updated_at: c.instant() },
  });
  await createTable(
    runner,
    'archive_purge',
    {
      ...{ id: c.counter(), at: c.instant(), cause: c.id(16), ground: c.text(500), asked_by: c.id(80) },
      ...{ approved_by: c.nullable(c.id(80)), run_id: c.nullable(c.id(36)), count: c.integer(), ids_hash: c.id(64) },
    },
    [index('IDX_archive_purge_run', 'run_id', 'id')],
  );
  await createTable(runner, 'archive_purged', { message_id: c.primary(c.bigint()), purge_id: c.bigint() }, [
    index('IDX_archive_purged_purge', 'purge_id'),
  ]);
  await createTable(
    runner,
    'archive_erasure',
    {
      ...{ external_userid: c.primary(c.id()), state: c.id(16), reason: c.text(255), asked_by: c.id(80) },
      ...{ approved_by: c.nullable(c.id(80)), asked_at: c.instant(), updated_at: c.instant() },
      ...{ purged: c.integer(), held: c.integer() },
    },
    [index('IDX_archive_erasure_state', 'state', 'external_userid')],
  );
}

async function createConsent(runner: QueryRunner): Promise<void> {
  const party = { userid: c.id(), external_userid: c.id(), chat_id: c.id() };
  await createTable(
    runner,
    'archive_consent',
    {
      ...{ id: c.counter(), ...party, status: c.id(16), changed_at: c.nullable(c.instant()) },
      ...{ source: c.id(16), recorded_at: c.instant() },
    },
    [index('IDX_archive_consent_party', 'external_userid', 'userid', 'chat_id', 'id')],
  );
  await createTable(
    runner,
    'archive_consent_now',
    {
      ...{ external_userid: c.primary(c.id()), userid: c.primary(c.id()), chat_id: c.primary(c.id()) },
      ...{ status: c.id(16), changed_at: c.nullable(c.instant()), source: c.id(16), checked_at: c.instant() },
    },
    [
      index('IDX_archive_consent_now_userid', 'userid', 'external_userid'),
      index('IDX_archive_consent_now_status', 'status', 'external_userid'),
    ],
  );
  await createTable(
    runner,
    'archive_seat',
    { id: c.counter(), userid: c.id(), held: c.boolean(), recorded_at: c.instant() },
    [index('IDX_archive_seat_userid', 'userid', 'id')],
  );
  await createTable(runner, 'archive_notice', {
    ...{ id: c.primary(c.id(36)), title: c.text(200), content: c.longText() },
    ...{ published_by: c.id(80), published_at: c.instant() },
  });
  await createTable(
    runner,
    'archive_notice_confirmation',
    { id: c.counter(), notice_id: c.id(36), staff_id: c.id(36), account: c.id(80), confirmed_at: c.instant() },
    [unique('UQ_archive_notice_confirmation', 'notice_id', 'staff_id')],
  );
}

/**
 * What WeCom sent can be opened again with the company's key, so a purge must empty the envelope, too. The database
 * lets that happen to one whose tombstone stands, and nothing else to any. Its leaf stays, and with it the page's root.
 */
export async function letPurgedEnvelopesBeEmptied(runner: QueryRunner): Promise<void> {
  const name = 'TRG_archive_envelope_no_update';
  const kept = ['id', 'seq', 'msgid', 'publickey_ver', 'page_id', 'leaf'];
  const emptied = [
    ...kept.map((column) => `NEW.${column} = OLD.${column}`),
    "NEW.random_key = '' AND NEW.message = ''",
    'EXISTS (SELECT 1 FROM archive_purged WHERE message_id = OLD.id)',
  ].join(' AND ');
  const refusal = 'archive_envelope is insert-only';
  await runner.query(`DROP TRIGGER IF EXISTS ${name}`);
  await runner.query(
    dialectOf(runner) === 'sqlite'
      ? `CREATE TRIGGER ${name} BEFORE UPDATE ON archive_envelope WHEN NOT (${emptied})
         BEGIN SELECT RAISE(ABORT, '${refusal}'); END`
      : `CREATE TRIGGER ${name} BEFORE UPDATE ON archive_envelope FOR EACH ROW
         BEGIN IF NOT (${emptied}) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${refusal}'; END IF; END`,
  );
}
