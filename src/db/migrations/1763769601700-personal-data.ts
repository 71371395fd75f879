import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, createTable, guardInsertOnly, index } from '../migration-dsl';

/** Phone numbers and notes sealed and found by keyed hash; keys that are rotated; keys of persons. */
export class PersonalData1763769601700 implements MigrationInterface {
  name = 'PersonalData1763769601700';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'data_key', 'active_from', c.nullable(c.instant()));
    await addColumn(runner, 'data_key', 'retired_at', c.nullable(c.instant()));
    await createTable(runner, 'personal_key', {
      subject: c.primary(c.id(43)),
      sealed: c.nullable(c.longText()),
      created_at: c.instant(),
      erased_at: c.nullable(c.instant()),
    });
    await addColumn(runner, 'relation', 'personal', c.nullable(c.longText()));
    await createTable(runner, 'relation_phone', { relation_id: c.primary(c.id(36)), phone_hash: c.primary(c.id(43)) }, [
      index('IDX_relation_phone_hash', 'phone_hash'),
    ]);
    await addColumn(runner, 'deployment', 'sealed_at', c.nullable(c.instant()));
    await maskDetails(runner, 'difference');
    await runner.query('DROP TRIGGER IF EXISTS TRG_relation_history_no_update');
    await maskDetails(runner, 'relation_history');
    await guardInsertOnly(runner, 'relation_history');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('deployment', 'sealed_at');
    await runner.dropTable('relation_phone', true);
    await runner.dropColumn('relation', 'personal');
    await runner.dropTable('personal_key', true);
    await runner.dropColumn('data_key', 'retired_at');
    await runner.dropColumn('data_key', 'active_from');
  }
}

const personal = ['remark_mobiles', 'description', 'extra'];
const chunk = 500;

/**
 * What was told of a change in plain text: a migration has no key to seal it with, so the values give way to `***`. The
 * backup that is taken before migrations has them.
 */
async function maskDetails(runner: QueryRunner, table: string): Promise<void> {
  const named = personal.map((field) => `detail LIKE '%"${field}":[%'`).join(' OR ');
  const sql = `SELECT id, detail FROM ${table} WHERE id > ? AND (${named}) ORDER BY id LIMIT ${chunk}`;
  for (let after: number | string = 0; ; ) {
    const rows = (await runner.query(sql, [after])) as { id: number | string; detail: string }[];
    for (const { id, detail } of rows) {
      await runner.query(`UPDATE ${table} SET detail = ? WHERE id = ?`, [maskedDetail(detail), id]);
    }
    const last = rows.at(-1);
    if (!last || rows.length < chunk) return;
    after = last.id;
  }
}

function maskedDetail(detail: string): string {
  const fields = JSON.parse(detail) as Record<string, unknown>;
  for (const field of personal) if (Array.isArray(fields[field])) fields[field] = ['***', '***'];
  return JSON.stringify(fields);
}
