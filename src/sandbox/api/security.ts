import { days } from '../../core/clock';
import { type Company, nowOf } from '../company';
import type { Arguments } from '../http/arguments';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { badArgument } from '../http/fault';
import { type LoggedRow, rowsOf, type SecurityLog } from '../security-logs';
import type { Endpoint, Endpoints } from './endpoint';

interface Log {
  log: SecurityLog;
  /** The longest stretch of time a call may ask for, days. */
  span: number;
  /** The most rows to a page. */
  most: number;
}

const seconds = (n: number): number => days(n) / 1000;
const oldest = seconds(180);

/** Rows of a stretch of time, page by page. A cursor is good for the same stretch and filters only. */
const logEndpoint = ({ log, span, most }: Log): Endpoint => ({
  method: 'POST',
  apps: ['agent'],
  answer(given, company) {
    const [from, to] = stretchOf(given, nowOf(company), span);
    const limit = given.limit('limit', most, most);
    const userids = new Set(given.texts('userid_list'));
    const scope = `${log} ${JSON.stringify([from, to, limit, ...userids])}`;
    const [after = 0] = decodeCursor(scope, given.text('cursor'), 1);
    const wanted = ({ time, row }: LoggedRow): boolean =>
      time >= from && time <= to && (userids.size === 0 || userids.has(String(row.userid)));
    const rows = [...rowsOf(company, log)].filter((row) => wanted(row) && isShown(log, row, company));
    const { page, more } = pageAfter(rows, after, limit);
    const last = page.at(-1);
    return {
      has_more: more,
      next_cursor: more && last ? encodeCursor(scope, [last.serial]) : '',
      record_list: page.map(({ row }) => row),
    };
  },
});

/** @throws Refusal 40058 */
function stretchOf(given: Arguments, now: number, span: number): [from: number, to: number] {
  const [from, to] = [given.whole('start_time', 0), given.whole('end_time', 0)];
  if (from < now - oldest) throw badArgument('start_time is more than 180 days ago');
  if (to > now) throw badArgument('end_time is in the future');
  if (to < from || to - from > seconds(span)) throw badArgument(`the time span is more than ${span} days`);
  return [from, to];
}

/** The members' log tells of those in the app's visible range; the administrators' log and the rest of everybody. */
function isShown(log: SecurityLog, { row }: LoggedRow, { world }: Company): boolean {
  if (log !== 'member_log') return true;
  const { departments, userids } = world.visibleRange;
  return departments.includes(1) || userids.includes(String(row.userid));
}

export const securityEndpoints: Endpoints = {
  'security/member_oper_log/list': logEndpoint({ log: 'member_log', span: 7, most: 400 }),
  'security/admin_oper_log/list': logEndpoint({ log: 'admin_log', span: 7, most: 400 }),
  'security/get_file_oper_record': logEndpoint({ log: 'file_record', span: 14, most: 1000 }),
  'security/get_screen_oper_record': logEndpoint({ log: 'screen_record', span: 14, most: 1000 }),
};
