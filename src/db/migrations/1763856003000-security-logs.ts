import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Lines of WeCom's logs, how far each was read, and what supports a finding beside its own evidence. */
export class SecurityLogs1763856003000 implements MigrationInterface {
  name = 'SecurityLogs1763856003000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'security_record',
      {
        ...{ id: c.counter(), digest: c.id(43), source: c.id(16), occurred_at: c.instant() },
        ...{ userid: c.nullable(c.id(64)), type: c.integer(), detail_type: c.nullable(c.integer()) },
        fetched_at: c.instant(),
      },
      [
        unique('UQ_security_record_digest', 'digest'),
        index('IDX_security_record_source', 'source', 'occurred_at'),
        index('IDX_security_record_userid', 'userid', 'occurred_at'),
      ],
    );
    await createTable(runner, 'security_record_body', { digest: c.primary(c.id(43)), sealed: c.longText() });
    await createTable(runner, 'security_source', {
      ...{ source: c.primary(c.id(16)), state: c.id(16), since: c.nullable(c.instant()) },
      ...{ watermark: c.nullable(c.instant()), asked_at: c.nullable(c.instant()) },
      ...{ answered_at: c.nullable(c.instant()), errcode: c.nullable(c.integer()), fault: c.nullable(c.text(500)) },
      ...{ gap_from: c.nullable(c.instant()), gap_to: c.nullable(c.instant()) },
    });
    await createTable(
      runner,
      'security_deletion',
      {
        ...{ record_id: c.primary(c.bigint()), occurred_at: c.instant(), state: c.id(16) },
        ...{ finding_id: c.nullable(c.bigint()), decided_at: c.nullable(c.instant()) },
      },
      [
        index('IDX_security_deletion_state', 'state', 'occurred_at'),
        index('IDX_security_deletion_finding', 'finding_id'),
      ],
    );
    await createTable(
      runner,
      'finding_support',
      {
        ...{ id: c.counter(), finding_id: c.bigint(), source: c.id(32), ref: c.id(64), hash: c.id(64) },
        at: c.instant(),
      },
      [unique('UQ_finding_support', 'finding_id', 'source', 'ref')],
    );
    for (const table of ['security_record', 'finding_support']) await guardInsertOnly(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['finding_support', 'security_deletion', 'security_source', 'security_record_body'];
    for (const table of [...tables, 'security_record']) await runner.dropTable(table, true);
  }
}
