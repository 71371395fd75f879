import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Plans that give what somebody holds to colleagues, item by item, with every call to WeCom and every step. */
export class Handovers1763900001000 implements MigrationInterface {
  name = 'Handovers1763900001000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'handover',
      {
        ...{ id: c.primary(c.id(36)), name: c.text(120), state: c.id(16), message: c.nullable(c.text(200)) },
        ...{ rule: c.longText(), successors: c.longText(), second_candidate: c.boolean(), carry_over: c.boolean() },
        ...{ finding_id: c.nullable(c.bigint()), reverses_id: c.nullable(c.id(36)) },
        ...{ scheduled_for: c.nullable(c.instant()), created_by: c.id(80), submitted_by: c.nullable(c.id(80)) },
        ...{ version: c.integer(), created_at: c.instant(), updated_at: c.instant() },
        ...{ submitted_at: c.nullable(c.instant()), ended_at: c.nullable(c.instant()) },
        held_at: c.nullable(c.instant()),
      },
      [index('IDX_handover_state', 'state', 'id')],
    );
    await createTable(runner, 'handover_giver', { handover_id: c.primary(c.id(36)), staff_id: c.primary(c.id(36)) }, [
      index('IDX_handover_giver_staff', 'staff_id'),
    ]);
    await this.#items(runner);
    await createTable(
      runner,
      'handover_call',
      {
        ...{ id: c.counter(), handover_id: c.id(36), kind: c.id(16), resigned: c.boolean() },
        ...{ from_staff_id: c.nullable(c.id(36)), to_staff_id: c.id(36), items: c.integer(), state: c.id(16) },
        ...{ errcode: c.nullable(c.integer()), error: c.nullable(c.text(255)), sent_at: c.instant() },
        ...{ look_at: c.instant(), ended_at: c.nullable(c.instant()) },
      },
      [index('IDX_handover_call_state', 'handover_id', 'state')],
    );
    await createTable(
      runner,
      'handover_step',
      {
        ...{ id: c.counter(), item_id: c.bigint(), kind: c.id(20), to_staff_id: c.nullable(c.id(36)) },
        ...{ call_id: c.nullable(c.bigint()), errcode: c.nullable(c.integer()), at: c.instant() },
        ...{ actor: c.nullable(c.id(80)), detail: c.nullable(c.text(500)) },
      },
      [index('IDX_handover_step_item', 'item_id', 'id')],
    );
    await guardInsertOnly(runner, 'handover_step');
  }

  async #items(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'handover_item',
      {
        ...{ id: c.counter(), handover_id: c.id(36), kind: c.id(16), subject_id: c.id(), from_staff_id: c.id(36) },
        ...{ to_staff_id: c.nullable(c.id(36)), second_staff_id: c.nullable(c.id(36)) },
        ...{ because: c.text(255), warnings: c.text(500), state: c.id(16), errcode: c.nullable(c.integer()) },
        ...{
          reason: c.nullable(c.id(24)),
          pair_key: c.id(140),
          active_key: c.nullable(c.id(140)),
          resigned: c.nullable(c.boolean()),
        },
        ...{ attempt: c.integer(), call_id: c.nullable(c.bigint()), not_before: c.nullable(c.instant()) },
        ...{ submitted_at: c.nullable(c.instant()), takeover_at: c.nullable(c.instant()) },
        ...{ ask_at: c.nullable(c.instant()), settled_at: c.nullable(c.instant()), carry: c.nullable(c.id(8)) },
        ...{ carry_at: c.nullable(c.instant()), carry_tries: c.integer(), updated_at: c.instant() },
      },
      [
        unique('UQ_handover_item_subject', 'handover_id', 'kind', 'from_staff_id', 'subject_id'),
        unique('UQ_handover_item_active', 'active_key'),
        index('IDX_handover_item_state', 'handover_id', 'state', 'id'),
        index('IDX_handover_item_subject', 'subject_id', 'state'),
        index('IDX_handover_item_call', 'call_id'),
        index('IDX_handover_item_from', 'from_staff_id', 'kind', 'state'),
        index('IDX_handover_item_to', 'to_staff_id', 'state'),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['handover_step', 'handover_call', 'handover_item', 'handover_giver', 'handover']) {
      await runner.dropTable(table, true);
    }
  }
}
