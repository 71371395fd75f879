import { days, minutes } from '../../../core/clock';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import type { WorkingCalendar } from '../../kernel/calendar';

/** A finding nobody opened or decided, and how far up it was told. */
export interface Unattended {
  id: number;
  detector: string;
  severity: string;
  userid: string | null;
  /** 0: those above the direct superiors were not told yet. */
  level: number;
  /** When somebody was told last. */
  toldAt: Date;
}

interface Row {
  id: number | string;
  detector: string;
  severity: string;
  userid: string | null;
  detected_at: unknown;
  level: unknown;
  at: unknown;
}

/** By the clock on the wall: nobody waits for Monday. */
const criticalMs = minutes(15);
/** Whoever there is was told within a week. */
const earliestMs = days(7);
const pageSize = 500;

/** Serious findings that stand open, with whatever was told, page by page. */
async function openOnes(db: Database, after: number): Promise<Row[]> {
  return db.query<Row>(
    `SELECT f.id, f.detector, f.severity, f.userid, f.detected_at, e.level, e.at
     FROM finding_case c JOIN finding f ON f.id = c.finding_id
     LEFT JOIN finding_escalation e ON e.finding_id = f.id
       AND e.level = (SELECT MAX(x.level) FROM finding_escalation x WHERE x.finding_id = f.id)
     WHERE c.state = 'open' AND c.finding_id > ? AND f.severity IN ('high', 'critical') AND f.detected_at > ?
       AND (e.id IS NULL OR e.is_last = ?)
     ORDER BY c.finding_id LIMIT ${pageSize}`,
    [after, new Date(db.now().getTime() - earliestMs), false],
  );
}

const targetOf = (id: number | string): string => `finding:${id}`;

/** Of these, those somebody opened. */
async function opened(db: Database, rows: readonly Row[]): Promise<Set<string>> {
  const targets = rows.map(({ id }) => targetOf(id));
  const found = await inChunks(targets, (chunk) =>
    db.query<{ target: string }>(
      `SELECT DISTINCT target FROM audit_event
       WHERE target IN (${placeholders(chunk.length)}) AND action = 'finding.opened' AND result = 'ok'`,
      chunk,
    ),
  );
  return new Set(found.map(({ target }) => target));
}

/** Everything serious that nobody opened or decided, oldest first. */
export async function unattended(db: Database): Promise<Unattended[]> {
  const found: Unattended[] = [];
  for (let after = 0; ; ) {
    const rows = await openOnes(db, after);
    const seen = await opened(db, rows);
    for (const { id, detector, severity, userid, ...row } of rows) {
      if (seen.has(targetOf(id))) continue;
      const toldAt = toDateOrNull(row.at) ?? toDate(row.detected_at);
      found.push({ id: Number(id), detector, severity, userid, level: Number(row.level ?? 0), toldAt });
    }
    if (rows.length < pageSize) return found;
    after = Number(rows.at(-1)?.id);
  }
}

/** When it is to be told one level further up. */
export const dueAt = (
  { severity, toldAt }: Pick<Unattended, 'severity' | 'toldAt'>,
  waitMs: number,
  calendar: WorkingCalendar,
): Date => (severity === 'critical' ? new Date(toldAt.getTime() + criticalMs) : calendar.addWorkingMs(toldAt, waitMs));
