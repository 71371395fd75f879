import { days, minutes } from '../../../core/clock';
import { type Page, pagingError, textIn, toPage } from '../../../core/paging';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { CalendarService } from '../../kernel/calendar';
import type { ScopeService } from '../../kernel/scope';
import type { UnansweredQuery, UnansweredView } from './reply-quality.schema';
import { answers, asks, withOutside } from './talk';

interface Deps {
  db: Database;
  scopes: ScopeService;
  calendar: Pick<CalendarService, 'current'>;
  targetMs: number;
}

interface Row {
  id: string;
  userid: string;
  external_userid: string;
  since: unknown;
}

/** Whoever wrote earlier does not wait any more. */
const longestWaitMs = days(30);

/** The pair is parted: nobody can answer. */
const isParted = `EXISTS (SELECT 1 FROM relation r JOIN staff s ON s.id = r.staff_id
  WHERE r.external_userid = c.external_userid AND s.userid = c.userid
    AND r.state IN ('deleted_by_staff', 'deleted_by_external', 'deleted_by_both', 'transferred_out'))`;

const lastAnswer = `SELECT m.id FROM archive_message m WHERE m.conversation_id = c.id AND ${answers}
  ORDER BY m.id DESC LIMIT 1`;
/** When the question was asked that nobody has answered yet. */
const since = `SELECT MIN(m.sent_at) FROM archive_message m
  WHERE m.conversation_id = c.id AND m.id > COALESCE((${lastAnswer}), 0) AND ${asks}`;

/** Who waits for an answer now, whoever has waited longest first; inside the viewer's reach. @throws paging.bad_cursor */
export const unansweredReport =
  ({ db, scopes, calendar, targetMs }: Deps) =>
  async ({ limit, cursor, userid }: UnansweredQuery, viewer: Viewer): Promise<Page<UnansweredView>> => {
    const now = db.now();
    const earliest = new Date(now.getTime() - longestWaitMs);
    const within = (await scopes.of(viewer)).userid('c.userid');
    const { where, params } = allOf([
      [withOutside],
      ['c.last_message_at >= ?', earliest],
      [`NOT ${isParted}`],
      ...(within ? [within] : []),
      ...(userid === undefined ? [] : [['c.userid = ?', userid] as const]),
    ]);
    const later = allOf([['w.since >= ?', earliest], ...(cursor === undefined ? [] : [after(cursor)])]);
    const rows = await db.query<Row>(
      `SELECT w.* FROM (SELECT c.id, c.userid, c.external_userid, (${since}) AS since
         FROM archive_conversation c WHERE ${where}) w
       WHERE ${later.where} ORDER BY w.since, w.id LIMIT ?`,
      [...params, ...later.params, limit + 1],
    );
    const counted = await calendar.current();
    return toPage(
      rows,
      limit,
      (row) => [`${iso(toDate(row.since))} ${row.id}`],
      ({ id, external_userid, ...row }) => {
        const at = toDate(row.since);
        const due = counted.addWorkingMs(at, targetMs);
        return {
          ...{ conversation_id: id, userid: row.userid, external_userid, since: iso(at) },
          working_minutes: Math.floor(counted.workingMsBetween(at, now) / minutes(1)),
          ...{ due_at: iso(due), overdue: due < now },
        };
      },
    );
  };

/** @throws paging.bad_cursor */
function after(cursor: string): Condition {
  const [at = '', id = ''] = textIn(cursor).split(' ');
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) throw pagingError('bad_cursor');
  return ['(w.since > ? OR (w.since = ? AND w.id > ?))', instant, instant, id];
}
