import { days, minutes } from '../../../core/clock';
import { type Page, textIn, toPage } from '../../../core/paging';
import { allOf } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { CalendarService } from '../../kernel/calendar';
import type { ScopeService } from '../../kernel/scope';
import { lastWords, openSince } from './open-questions.report';
import type { UnansweredQuery, UnansweredView } from './reply-quality.schema';
import { withOutside } from './talk';

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
  answer_id: number | string | null;
}

/** Whoever wrote earlier does not wait any more. */
const longestWaitMs = days(30);

/** The pair is parted: nobody can answer. */
const isParted = `EXISTS (SELECT 1 FROM relation r JOIN staff s ON s.id = r.staff_id
  WHERE r.external_userid = c.external_userid AND s.userid = c.userid
    AND r.state IN ('deleted_by_staff', 'deleted_by_external', 'deleted_by_both', 'transferred_out'))`;

/** Who waits for an answer now, whoever has waited longest first; inside the viewer's reach. @throws paging.bad_cursor */
export const unansweredReport =
  ({ db, scopes, calendar, targetMs }: Deps) =>
  async ({ limit, cursor, userid }: UnansweredQuery, viewer: Viewer): Promise<Page<UnansweredView>> => {
    const after = cursor === undefined ? '' : textIn(cursor);
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
    const asked = await db.query<Row>(
      `SELECT w.* FROM (SELECT c.id, c.userid, c.external_userid, ${lastWords} FROM archive_conversation c
         WHERE ${where}) w WHERE w.ask_id > COALESCE(w.answer_id, 0)`,
      params,
    );
    const since = await openSince(db, asked);
    const waiting = asked
      .map((row) => ({ ...row, since: since.get(row.id) ?? now }))
      .filter((row) => row.since >= earliest && positionOf(row) > after)
      .sort((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1));
    const counted = await calendar.current();
    return toPage(
      waiting.slice(0, limit + 1),
      limit,
      (row) => [positionOf(row)],
      ({ id, userid: who, external_userid, since: at }) => {
        const due = counted.addWorkingMs(at, targetMs);
        return {
          ...{ conversation_id: id, userid: who, external_userid, since: iso(at) },
          working_minutes: Math.floor(counted.workingMsBetween(at, now) / minutes(1)),
          ...{ due_at: iso(due), overdue: due < now },
        };
      },
    );
  };

/** Whoever has waited longest first. */
const positionOf = ({ id, since }: { id: string; since: Date }): string => `${iso(since)} ${id}`;
