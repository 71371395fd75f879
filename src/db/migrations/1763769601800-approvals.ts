import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index } from '../migration-dsl';

/** Acts that wait for a second person, and exports of the audit trail. */
export class Approvals1763769601800 implements MigrationInterface {
  name = 'Approvals1763769601800';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'approval',
      {
        id: c.primary(c.id(36)),
        action: c.text(64),
        target: c.text(191),
        subject: c.text(255),
        payload: c.longText(),
        digest: c.id(64),
        gains: c.text(191),
        reason: c.text(500),
        state: c.text(16),
        requested_by: c.id(36),
        requester_staff_id: c.nullable(c.id(36)),
        created_at: c.instant(),
        expires_at: c.instant(),
        decided_by: c.nullable(c.id(36)),
        decided_at: c.nullable(c.instant()),
        decision_reason: c.nullable(c.text(500)),
        used_at: c.nullable(c.instant()),
      },
      [index('IDX_approval_state', 'state', 'expires_at'), index('IDX_approval_requester', 'requested_by', 'id')],
    );
    await createTable(
      runner,
      'audit_export',
      {
        id: c.primary(c.id(36)),
        requested_by: c.id(80),
        reason: c.text(500),
        events: c.bigint(),
        created_at: c.instant(),
        expires_at: c.instant(),
      },
      [index('IDX_audit_export_requester', 'requested_by', 'id')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_export', 'approval']) await runner.dropTable(table, true);
  }
}
