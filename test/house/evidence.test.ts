import type { Database } from '../../src/db/database';
import { guardInsertOnly } from '../../src/db/migration-dsl';
import { openTestDatabase } from '../support/database';

/** Tables whose rows prove something: nobody changes or removes one, by no way at all. */
const evidence = [
  'archive_batch',
  'archive_conflict',
  'archive_envelope',
  'archive_gap',
  'archive_message',
  'archive_page',
  'archive_pull',
  'archive_hit',
  'archive_file_batch',
  'archive_stored_file',
  'archive_consent',
  'archive_notice_confirmation',
  'archive_purge',
  'archive_purged',
  'archive_review_step',
  'archive_seat',
  'archive_statement',
  'audit_event',
  'custom_role_version',
  'device_report',
  'evidence_checkpoint',
  'evidence_link',
  'finding',
  'finding_escalation',
  'finding_step',
  'finding_support',
  'group_chat_history',
  'handover_step',
  'relation_history',
  'working_calendar_version',
  'spot_check',
  'spot_check_result',
  'security_record',
];

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase([]));
});
afterAll(() => close());

const guarded = async (): Promise<string[]> => {
  const sql =
    db.dialect === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'trigger'"
      : 'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE()';
  return (await db.query<{ name: string }>(sql)).map(({ name }) => name);
};

test('A1 every evidence table is guarded, and every guarded table is in the list', async () => {
  const expected = evidence.flatMap((table) => [`TRG_${table}_no_delete`, `TRG_${table}_no_update`]);
  expect((await guarded()).sort()).toEqual(expected.sort());
});

test('A1 the guard refuses to change or remove a row and lets rows in', async () => {
  const runner = db.em.connection.createQueryRunner();
  await runner.query('CREATE TABLE proof (n integer)');
  await guardInsertOnly(runner, 'proof');
  await runner.query('INSERT INTO proof VALUES (1)');
  await expect(runner.query('UPDATE proof SET n = 2')).rejects.toThrow('proof is insert-only');
  await expect(runner.query('DELETE FROM proof')).rejects.toThrow('proof is insert-only');
  expect(Number((await runner.query('SELECT n FROM proof'))[0].n)).toBe(1);
  await runner.query('DROP TABLE proof');
  await runner.release();
});
