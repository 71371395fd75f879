import { days } from '../../../core/clock';
import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { Draft, Finder } from './draft';
import type { DetectorException } from './exception.entity';
import { type ExceptionQuery, type ExceptionView, type NewException, newException } from './exceptions.schema';
import { findingError } from './finding.errors';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
  scopes: Pick<ScopeService, 'barred'>;
}

type Row = DetectorException & { suppressed: unknown };

const act = 'finding.except';
const longestMs = days(366);
const can = 'findings:except';

export type Exceptions = ReturnType<typeof createExceptions>;

/** Whom detectors leave alone, for a while and with two people's word. What they pass over is counted. */
export function createExceptions({ db, audit, approvals, scopes }: Deps) {
  /** @throws finding.expiry, not_yours */
  async function check({ userid, expires_at }: NewException, viewer?: Viewer): Promise<void> {
    const ahead = new Date(expires_at).getTime() - db.now().getTime();
    if (ahead <= 0 || ahead > longestMs) throw findingError('expiry');
    const barred = viewer ? await scopes.barred(viewer) : [];
    if (userid !== undefined && barred.includes(userid)) throw findingError('not_yours');
  }

  async function gainsOf({ userid }: NewException): Promise<string[]> {
    if (userid === undefined) return [];
    const rows = await db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [userid]);
    return rows.map(({ id }) => `staff:${id}`);
  }

  const record = (done: string, id: string, { viewer, address }: By, more: { reason?: string; detail: object }) =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `finding.exception_${done}`, target: `finding_exception:${id}` },
      ...{ result: 'ok' as const, address, ...more },
    });

  async function create(body: NewException, by: By, approvedBy: string): Promise<ExceptionView> {
    await check(body, by.viewer);
    const { userid = null, external_userid = null, reason, expires_at } = body;
    const id = newId();
    const row = {
      ...{ id, userid, external_userid, reason, created_by: actorOf(by.viewer), approved_by: approvedBy },
      ...{ created_at: db.now(), expires_at: new Date(expires_at) },
    };
    await insertRows(db, { table: 'detector_exception', columns: Object.keys(row) }, [Object.values(row)]);
    const detail = { userid, external_userid, expires_at, approved_by: approvedBy };
    await record('made', id, by, { reason: reason.slice(0, 255), detail });
    return one(id, by.viewer);
  }

  approvals.define<NewException>({
    ...{ key: act, asks: can, decides: can, payload: newException },
    async describe(body) {
      await check(body);
      const subject = [body.userid, body.external_userid].filter(Boolean).join(' ');
      return { target: 'finding_exception:', subject, gains: await gainsOf(body) };
    },
    execute: (body, by, decided) => create(body, by, decided.by),
  });

  /** Nobody sees what is excepted about themselves, nor about whoever stands above them. */
  async function rowsWhere(conditions: readonly Condition[], viewer: Viewer, limit: number): Promise<Row[]> {
    const barred = await scopes.barred(viewer);
    const others: Condition[] =
      barred.length === 0 ? [] : [[`(userid IS NULL OR userid NOT IN (${placeholders(barred.length)}))`, ...barred]];
    const { where, params } = allOf([...conditions, ...others]);
    return db.query<Row>(
      `SELECT e.*, (SELECT COUNT(*) FROM detector_suppressed s WHERE s.exception_id = e.id) AS suppressed
       FROM detector_exception e WHERE ${where} ORDER BY id DESC LIMIT ?`,
      [...params, limit],
    );
  }

  async function viewer(rows: readonly Row[]): Promise<(row: Row) => ExceptionView> {
    const names = await audit.names(rows.flatMap((row) => [row.created_by, row.approved_by, row.ended_by]));
    return (row) => viewOf(row, names, db.now());
  }

  async function one(id: string, by: Viewer): Promise<ExceptionView> {
    const [row] = await rowsWhere([['id = ?', id]], by, 1);
    if (!row) throw findingError('not_found', { id });
    return (await viewer([row]))(row);
  }

  return {
    /**
     * Passes over what an exception of its time covers, and writes down that it did. Inside a transaction.
     * @returns whether it is passed over
     */
    async suppress({ code }: Finder, { key, userid, externalUserid, occurredAt: at }: Draft): Promise<boolean> {
      const [found] = await db.query<{ id: string }>(
        `SELECT id FROM detector_exception WHERE created_at <= ? AND expires_at > ? AND (ended_at IS NULL OR ended_at > ?)
           AND (userid IS NULL OR userid = ?) AND (external_userid IS NULL OR external_userid = ?) ORDER BY id LIMIT 1`,
        [at, at, at, userid ?? null, externalUserid ?? null],
      );
      if (!found) return false;
      const columns = ['dedupe_key', 'exception_id', 'detector', 'at'];
      const into = { table: 'detector_suppressed', columns, onConflict: { keys: ['dedupe_key'] } };
      await insertRows(db, into, [[`${code}:${key}`, found.id, code, db.now()]]);
      return true;
    },

    /** Nobody excepts alone. @throws approval.required, finding.expiry, not_yours */
    async create(body: NewException, { viewer: by }: By): Promise<ExceptionView> {
      await check(body, by);
      throw approvals.required(act, body);
    },

    /** From now on everything is found again. @throws finding.not_found, exception_over */
    async end(id: string, by: By): Promise<ExceptionView> {
      await one(id, by.viewer);
      await db.transact(async () => {
        const sql = `UPDATE detector_exception SET ended_at = ?, ended_by = ?
          WHERE id = ? AND ended_at IS NULL AND expires_at > ?`;
        const ended = await db.execute(sql, [db.now(), actorOf(by.viewer), id, db.now()]);
        if (ended !== 1) throw findingError('exception_over');
        await record('ended', id, by, { detail: {} });
      });
      return one(id, by.viewer);
    },

    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, state }: ExceptionQuery, by: Viewer): Promise<Page<ExceptionView>> {
      const stands: Condition = ['(ended_at IS NULL AND expires_at > ?)', db.now()];
      const isOver: Condition = ['(ended_at IS NOT NULL OR expires_at <= ?)', db.now()];
      const conditions = [
        ...(state === undefined ? [] : [state === 'active' ? stands : isOver]),
        ...(cursor === undefined ? [] : [['id < ?', textIn(cursor)] as const]),
      ];
      const rows = await rowsWhere(conditions, by, limit + 1);
      return toPage(rows, limit, ({ id }) => [id], await viewer(rows));
    },
  };
}

function viewOf(row: Row, names: ReadonlyMap<string, string>, now: Date): ExceptionView {
  const nameOf = (actor: string | null): string | null => (actor === null ? null : (names.get(actor) ?? null));
  const { id, userid, external_userid, reason, created_by, approved_by, ended_by } = row;
  const isOver = row.ended_at !== null || toDate(row.expires_at) <= now;
  return {
    ...{ id, userid, external_userid, reason, created_by, approved_by, ended_by, state: isOver ? 'over' : 'active' },
    ...{ created_by_name: nameOf(created_by), approved_by_name: nameOf(approved_by), ended_by_name: nameOf(ended_by) },
    ...{ created_at: iso(toDate(row.created_at)), expires_at: iso(toDate(row.expires_at)) },
    ...{ ended_at: isoOrNull(toDateOrNull(row.ended_at)), suppressed: Number(row.suppressed) },
  };
}
