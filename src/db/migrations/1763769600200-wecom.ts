import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable } from '../migration-dsl';

/** Tokens and rate blocks, shared by all processes that talk to WeCom. */
export class Wecom1763769600200 implements MigrationInterface {
  name = 'Wecom1763769600200';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'wecom_token', {
      app: c.primary(c.id(32)),
      token: c.longText(),
      expires_at: c.instant(),
      fetched_at: c.instant(),
      generation: c.integer(),
      lease_owner: c.nullable(c.id()),
      lease_until: c.nullable(c.instant()),
    });
    await createTable(runner, 'wecom_block', {
      api: c.primary(c.id(128)),
      blocked_until: c.instant(),
      eased_until: c.instant(),
      reason: c.text(64),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('wecom_block', true);
    await runner.dropTable('wecom_token', true);
  }
}
