import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { AuditEvent } from './audit.entity';

export const auditRepository = (db: Database) => ({
  /** @returns its id */
  async add(event: Omit<AuditEvent, 'id'>): Promise<number> {
    const { identifiers } = await db.em.getRepository(AuditEvent).insert(event);
    return Number(identifiers[0]?.id);
  },

  /** Newest first. */
  async newest(conditions: readonly Condition[], take: number): Promise<AuditEvent[]> {
    const { where, params } = allOf(conditions);
    const sql = `SELECT * FROM audit_event WHERE ${where} ORDER BY id DESC LIMIT ?`;
    return (await db.query<AuditEvent>(sql, [...params, take])).map((row) => ({ ...row, at: toDate(row.at) }));
  },
});
