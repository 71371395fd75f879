import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** The hash chain over what must not be changed unseen, and what it needs beside it. */
export class Evidence1763769601000 implements MigrationInterface {
  name = 'Evidence1763769601000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'evidence_pending', {
      stream: c.primary(c.id(32)),
      row_id: c.primary(c.bigint()),
    });
    await createTable(
      runner,
      'evidence_link',
      {
        n: c.counter(),
        stream: c.id(32),
        row_id: c.bigint(),
        form: c.integer(),
        sealed_at: c.instant(),
        leaf: c.id(64),
        link: c.id(64),
      },
      [unique('UQ_evidence_link_row', 'stream', 'row_id')],
    );
    await createTable(runner, 'evidence_checkpoint', {
      id: c.counter(),
      n: c.bigint(),
      link: c.id(64),
      made_at: c.instant(),
      key_id: c.id(64),
      prev: c.id(64),
      sig: c.id(128),
    });
    await createTable(runner, 'evidence_key', {
      id: c.counter(),
      key_id: c.id(64),
      public_key: c.text(255),
      private_key: c.text(512),
      created_at: c.instant(),
    });
    for (const table of ['evidence_link', 'evidence_checkpoint']) await guardInsertOnly(runner, table);
    await addIndex(runner, 'audit_event', index('IDX_audit_event_at', 'at', 'id'));
    await addIndex(runner, 'audit_event', index('IDX_audit_event_action', 'action', 'id'));
    // What was written before there was a chain is sealed first.
    await runner.query(
      `INSERT INTO evidence_pending (stream, row_id) SELECT 'audit', a.id FROM audit_event a
       WHERE NOT EXISTS (SELECT 1 FROM evidence_pending p WHERE p.stream = 'audit' AND p.row_id = a.id)
         AND NOT EXISTS (SELECT 1 FROM evidence_link l WHERE l.stream = 'audit' AND l.row_id = a.id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['IDX_audit_event_at', 'IDX_audit_event_action']) await runner.dropIndex('audit_event', name);
    for (const table of ['evidence_key', 'evidence_checkpoint', 'evidence_link', 'evidence_pending']) {
      await runner.dropTable(table, true);
    }
  }
}
