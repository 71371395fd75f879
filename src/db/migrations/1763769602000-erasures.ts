import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, c, guardInsertOnly } from '../migration-dsl';

/** A person can be erased: a tombstone, and no names in evidence that nobody can change. */
export class Erasures1763769602000 implements MigrationInterface {
  name = 'Erasures1763769602000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'external_contact', 'erased_at', c.nullable(c.instant()));
    await rewrite(runner, { table: 'relation_history', holds: fields.map((field) => `"${field}":[`), by: masked });
    await rewrite(runner, { table: 'group_chat_history', holds: ['"type":2'], by: nameless });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('external_contact', 'erased_at');
  }
}

type Detail = Record<string, unknown>;

interface Rewriting {
  table: string;
  /** One of these stands in the detail. */
  holds: string[];
  by(detail: Detail): Detail;
}

const fields = ['remark', 'remark_corp_name', 'channel'];
const chunk = 500;

/**
 * What was told in plain text: a migration has no key to seal it with, so the values give way. The backup that is taken
 * before migrations has them.
 */
async function rewrite(runner: QueryRunner, { table, holds, by }: Rewriting): Promise<void> {
  await runner.query(`DROP TRIGGER IF EXISTS TRG_${table}_no_update`);
  const named = holds.map((text) => `detail LIKE '%${text}%'`).join(' OR ');
  const sql = `SELECT id, detail FROM ${table} WHERE id > ? AND (${named}) ORDER BY id LIMIT ${chunk}`;
  for (let after: number | string = 0; ; ) {
    const rows = (await runner.query(sql, [after])) as { id: number | string; detail: string }[];
    for (const { id, detail } of rows) {
      const text = JSON.stringify(by(JSON.parse(detail)));
      await runner.query(`UPDATE ${table} SET detail = ? WHERE id = ?`, [text, id]);
    }
    const last = rows.at(-1);
    if (!last || rows.length < chunk) break;
    after = last.id;
  }
  await guardInsertOnly(runner, table);
}

function masked(detail: Detail): Detail {
  const told = fields.filter((field) => Array.isArray(detail[field]));
  return { ...detail, ...Object.fromEntries(told.map((field) => [field, ['***', '***']])) };
}

function nameless({ name: _, ...rest }: Detail): Detail {
  return rest;
}
