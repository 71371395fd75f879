import { days } from '../../../core/clock';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { DeletionState, SecurityDeletion } from './security-record.entity';

/** A relation that may be the one that a line tells of. */
export interface Candidate {
  id: string;
  external_userid: string;
  state: string;
}

/** What the relation's history tells of an end. */
export interface End {
  relation_id: string;
  kind: 'staff_deleted' | 'transferred_out' | 'missing';
  occurred_at: Date;
}

export interface RaisedFinding {
  id: number;
  evidence: string;
}

/** Deletions of the last 30 days: told by both sources, or by one alone. */
export interface Losses {
  /** Lines of the log that an event told of, too. */
  told: number;
  /** Those of contacts we know that no event told of: a callback was lost. */
  missed: number;
  /** Those of nobody we know: also of people for whom there are no events. */
  unmatched: number;
  /** Events older than a day, from the time that was read. */
  events: number;
  /** Of these, those that no line tells of. */
  without_line: number;
}

const seenMs = days(30);

export type DeletionStore = ReturnType<typeof createDeletionStore>;

/** Lines that say that a member deleted somebody, and what we know of it besides. */
export function createDeletionStore(db: Database) {
  const count = async (sql: string, params: (string | Date)[]): Promise<number> =>
    Number((await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n ${sql}`, params))[0]?.n ?? 0);

  return {
    async claim(rows: readonly { id: number; occurred_at: Date }[]): Promise<void> {
      const into = { table: 'security_deletion', columns: ['record_id', 'occurred_at', 'state'] };
      await insertRows(
        db,
        into,
        rows.map(({ id, occurred_at }) => [id, occurred_at, 'waiting']),
      );
    },

    /** The lines that wait, oldest first, after one of them. */
    async waiting(after: number, limit: number): Promise<number[]> {
      const rows = await db.query<Pick<SecurityDeletion, 'record_id'>>(
        "SELECT record_id FROM security_deletion WHERE state = 'waiting' AND record_id > ? ORDER BY record_id LIMIT ?",
        [after, limit],
      );
      return rows.map(({ record_id }) => Number(record_id));
    },

    async decide(recordId: number, state: DeletionState, findingId: number | null): Promise<void> {
      await db.execute('UPDATE security_deletion SET state = ?, finding_id = ?, decided_at = ? WHERE record_id = ?', [
        ...[state, findingId, db.now(), recordId],
      ]);
    },

    /** The member's relations with somebody of this name or remark. */
    candidates: (userid: string, name: string): Promise<Candidate[]> =>
      db.query<Candidate>(
        `SELECT r.id, r.external_userid, r.state FROM relation r JOIN staff s ON s.id = r.staff_id
         LEFT JOIN external_contact e ON e.external_userid = r.external_userid
         WHERE s.userid = ? AND (e.name = ? OR r.remark = ?)`,
        [userid, name, name],
      ),

    async ends(relationIds: readonly string[]): Promise<End[]> {
      if (relationIds.length === 0) return [];
      const rows = await db.query<End>(
        `SELECT relation_id, kind, occurred_at FROM relation_history WHERE relation_id IN (${placeholders(relationIds.length)})
         AND kind IN ('staff_deleted', 'transferred_out', 'missing')`,
        [...relationIds],
      );
      return rows.map((row) => ({ ...row, occurred_at: toDate(row.occurred_at) }));
    },

    async finding(dedupeKey: string): Promise<RaisedFinding | undefined> {
      const sql = 'SELECT id, evidence FROM finding WHERE dedupe_key = ?';
      const [row] = await db.query<RaisedFinding>(sql, [dedupeKey]);
      return row && { ...row, id: Number(row.id) };
    },

    /** Before it nothing was known of anybody; null while nothing is. */
    async knownSince(): Promise<Date | null> {
      const [row] = await db.query<{ at: unknown }>(
        'SELECT recorded_at AS at FROM relation_history ORDER BY id LIMIT 1',
      );
      return row ? toDate(row.at) : null;
    },

    /** @param read the stretch that was read of the log */
    async losses(read: { since: Date; until: Date }): Promise<Losses> {
      const now = db.now().getTime();
      const since = new Date(Math.max(now - seenMs, read.since.getTime()));
      const until = new Date(Math.min(now - days(1), read.until.getTime()));
      const decided = 'FROM security_deletion WHERE occurred_at >= ? AND state = ?';
      const told = `FROM finding f WHERE f.detector = 'CUSTOMER_DELETED_BY_STAFF' AND f.external_userid IS NOT NULL
        AND f.occurred_at >= ? AND f.occurred_at < ?`;
      const alone = ' AND NOT EXISTS (SELECT 1 FROM security_deletion d WHERE d.finding_id = f.id)';
      return {
        told: await count(decided, [since, 'told']),
        missed: await count(decided, [since, 'missed']),
        unmatched: await count(decided, [since, 'unmatched']),
        events: await count(told, [since, until]),
        without_line: await count(told + alone, [since, until]),
      };
    },
  };
}
