import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { RetentionRule } from './retention.entity';
import { retentionError } from './retention.errors';
import { type NewRule, type RulePayload, type RuleView, rulePayload } from './retention.schema';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
}

const act = 'archive.change_retention';

export type RetentionRules = ReturnType<typeof createRetentionRules>;

/** Rules decide what may be destroyed, so nobody makes or changes one alone (A9). */
export function createRetentionRules({ db, audit, approvals }: Deps) {
  async function find(id: string): Promise<RetentionRule> {
    const [row] = await db.query<RetentionRule>('SELECT * FROM archive_retention_rule WHERE id = ?', [id]);
    if (!row) throw retentionError('not_found', { id });
    return row;
  }

  async function add({ name, ground, years, department_id, kind, type, active }: NewRule): Promise<string> {
    const [id, at] = [newId(), db.now()];
    const row = {
      id,
      name,
      ground,
      years,
      department_id,
      kind,
      type,
      active,
      version: 1,
      created_at: at,
      updated_at: at,
    };
    await insertRows(db, { table: 'archive_retention_rule', columns: Object.keys(row) }, [Object.values(row)]);
    return id;
  }

  async function change(id: string, { version, ...rule }: NewRule & { version: number }): Promise<void> {
    const { name, ground, years, department_id, kind, type, active } = rule;
    const sql = `UPDATE archive_retention_rule SET name = ?, ground = ?, years = ?, department_id = ?, kind = ?, type = ?,
      active = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?`;
    const values = [name, ground, years, department_id, kind, type, active, db.now(), id, version];
    if ((await db.execute(sql, values)) !== 1) throw httpError('stale_version');
  }

  async function carryOut(payload: RulePayload, { viewer, address }: By, approvedBy: string | null): Promise<RuleView> {
    const before = 'id' in payload ? ruleView(await find(payload.id)) : null;
    const id = 'id' in payload ? payload.id : await add(payload);
    if ('id' in payload) await change(id, payload);
    await audit.record({
      ...{ actor: actorOf(viewer), action: 'archive.retention_changed', target: `retention_rule:${id}`, result: 'ok' },
      ...{ address, detail: { before, after: payload, approved_by: approvedBy } },
    });
    return ruleView(await find(id));
  }

  approvals.define<RulePayload>({
    ...{ key: act, asks: 'archive:hold', decides: 'archive:hold', payload: rulePayload },
    async describe(payload) {
      if ('id' in payload) await find(payload.id);
      const target = `retention_rule:${'id' in payload ? payload.id : ''}`;
      return { target, subject: `${payload.name}: ${payload.years}` };
    },
    execute: (payload, by, decided) => carryOut(payload, by, decided.by),
  });

  return {
    active: (): Promise<RetentionRule[]> =>
      db.query<RetentionRule>('SELECT * FROM archive_retention_rule WHERE active = ? ORDER BY id', [true]),

    /** Oldest first. @throws paging.bad_cursor */
    async list({ limit, cursor }: ListQuery): Promise<Page<RuleView>> {
      const sql = 'SELECT * FROM archive_retention_rule WHERE id > ? ORDER BY id LIMIT ?';
      const rows = await db.query<RetentionRule>(sql, [cursor === undefined ? '' : textIn(cursor), limit + 1]);
      return toPage(rows, limit, ({ id }) => [id], ruleView);
    },

    /** @throws approval.required, retention.not_found */
    async set(payload: RulePayload): Promise<RuleView> {
      if ('id' in payload) await find(payload.id);
      throw approvals.required(act, payload);
    },
  };
}

const ruleView = ({ id, name, ground, years, kind, type, version, ...row }: RetentionRule): RuleView => ({
  ...{ id, name, ground, years, kind, type, version, active: Boolean(row.active) },
  department_id: row.department_id === null ? null : Number(row.department_id),
  ...{ created_at: iso(toDate(row.created_at)), updated_at: iso(toDate(row.updated_at)) },
});
