import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, index, unique } from '../migration-dsl';

/** Rules that messages are judged by, what they hit, and what they would have found. */
export class Rules1763856006000 implements MigrationInterface {
  name = 'Rules1763856006000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'risk_rule', {
      ...{ id: c.primary(c.id(36)), name: c.id(64), family: c.id(32), state: c.id(8), version: c.integer() },
      ...{ live_version: c.nullable(c.integer()), created_at: c.instant(), updated_at: c.instant() },
    });
    await createTable(
      runner,
      'risk_rule_version',
      {
        ...{ id: c.counter(), rule_id: c.id(36), version: c.integer(), sealed: c.longText() },
        ...{ actor: c.id(80), created_at: c.instant() },
      },
      [unique('UQ_risk_rule_version', 'rule_id', 'version')],
    );
    await createTable(
      runner,
      'risk_rule_hit',
      {
        ...{ id: c.counter(), message_id: c.bigint(), rule_id: c.id(36), version: c.integer(), matcher: c.integer() },
        ...{ conversation_id: c.id(32), msgid: c.id(191), sent_at: c.instant(), content: c.id(64) },
        ...{ userid: c.nullable(c.id(64)), external_userid: c.nullable(c.id(64)), chat_id: c.nullable(c.id(64)) },
        ...{ fuzzy: c.boolean(), places: c.longText(), told: c.boolean(), found_at: c.instant() },
      },
      [
        unique('UQ_risk_rule_hit', 'message_id', 'rule_id', 'version', 'matcher'),
        index('IDX_risk_rule_hit_conversation', 'conversation_id', 'sent_at'),
        index('IDX_risk_rule_hit_found', 'found_at'),
      ],
    );
    await createTable(
      runner,
      'risk_rule_dry_run',
      {
        ...{ run_id: c.primary(c.id(36)), rule_id: c.id(36), version: c.integer() },
        ...{ result: c.longText(), ended_at: c.instant() },
      },
      [index('IDX_risk_rule_dry_run_rule', 'rule_id', 'version')],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['risk_rule_dry_run', 'risk_rule_hit', 'risk_rule_version', 'risk_rule']) {
      await runner.dropTable(table, true);
    }
  }
}
