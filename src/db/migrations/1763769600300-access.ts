import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Who may come in, by which link, session or token; and the trail of what was done. */
export class Access1763769600300 implements MigrationInterface {
  name = 'Access1763769600300';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'account', {
      id: c.primary(c.id(36)),
      name: c.text(128),
      roles: c.text(255),
      disabled_at: c.nullable(c.instant()),
      created_at: c.instant(),
    });
    await createTable(runner, 'sign_in_link', {
      token_hash: c.primary(c.id()),
      account_id: c.nullable(c.id(36)),
      expires_at: c.instant(),
      used_at: c.nullable(c.instant()),
      created_at: c.instant(),
    });
    await createTable(
      runner,
      'session',
      {
        id_hash: c.primary(c.id()),
        account_id: c.id(36),
        address: c.nullable(c.text(64)),
        created_at: c.instant(),
        last_seen_at: c.instant(),
        expires_at: c.instant(),
      },
      [index('IDX_session_account', 'account_id')],
    );
    await createTable(
      runner,
      'api_token',
      {
        id: c.primary(c.id(36)),
        name: c.text(128),
        roles: c.text(255),
        token_hash: c.id(),
        created_at: c.instant(),
        last_used_at: c.nullable(c.instant()),
        expires_at: c.nullable(c.instant()),
        revoked_at: c.nullable(c.instant()),
      },
      [unique('UQ_api_token_hash', 'token_hash')],
    );
    await createTable(
      runner,
      'audit_event',
      {
        id: c.counter(),
        at: c.instant(),
        actor: c.id(80),
        action: c.text(64),
        target: c.text(191),
        result: c.text(16),
        reason: c.nullable(c.text(255)),
        address: c.nullable(c.text(64)),
        detail: c.nullable(c.longText()),
      },
      [index('IDX_audit_event_actor', 'actor', 'id'), index('IDX_audit_event_target', 'target', 'id')],
    );
    await guardInsertOnly(runner, 'audit_event');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_event', 'api_token', 'session', 'sign_in_link', 'account']) {
      await runner.dropTable(table, true);
    }
  }
}
