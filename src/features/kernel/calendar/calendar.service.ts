import { counterIn, type Page, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import { isUniqueViolation } from '../../../jobs/sql';
import type { By } from '../approvals';
import type { AuditService } from '../audit';
import { type WorkingCalendar, workingCalendar } from './calendar';
import type { WorkingCalendarVersion } from './calendar.entity';
import type { CalendarBody, CalendarRules, CalendarVersionView, CalendarView } from './calendar.schema';
import { publicHolidays } from './public-holidays';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

const table = 'working_calendar_version';
const workday = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];

/** What counts until somebody says otherwise. */
const usual: CalendarRules = {
  weekdays: {
    ...{ monday: workday, tuesday: workday, wednesday: workday, thursday: workday, friday: workday },
    ...{ saturday: [], sunday: [] },
  },
  make_up_hours: workday,
  days: [],
};

/** Holidays, and the days off that are worked in exchange. */
const publicDays: CalendarView['public_days'] = Object.values(publicHolidays).flatMap((year) =>
  year.flatMap(({ name, from, to, madeUp = [] }) => [
    { from, to, name, works: false },
    ...madeUp.map((day) => ({ from: day, to: day, name, works: true })),
  ]),
);

export type CalendarService = ReturnType<typeof createCalendarService>;

/** When the company works: what is promised in working time is counted by this. */
export function createCalendarService({ db, audit }: Deps) {
  async function newest(): Promise<WorkingCalendarVersion | undefined> {
    return (await db.query<WorkingCalendarVersion>(`SELECT * FROM ${table} ORDER BY version DESC LIMIT 1`))[0];
  }

  async function view(): Promise<CalendarView> {
    const row = await newest();
    const of = row ? viewOf(row) : { ...usual, version: 0, changed_at: null, changed_by: null };
    return { ...of, public_years: Object.keys(publicHolidays).map(Number), public_days: publicDays };
  }

  return {
    view,

    /** To count by. It is as it was when it was asked for. */
    async current(): Promise<WorkingCalendar> {
      const row = await newest();
      return calendarOf(row ? rulesIn(row) : usual);
    },

    /** @throws http.stale_version */
    async change({ version, ...rules }: CalendarBody, { viewer, address }: By): Promise<CalendarView> {
      const actor = actorOf(viewer);
      await db.transact(async () => {
        if (((await newest())?.version ?? 0) !== version) throw httpError('stale_version');
        const columns = ['version', 'rules', 'changed_at', 'changed_by'];
        const row = [version + 1, JSON.stringify(rules), db.now(), actor];
        await insertRows(db, { table, columns }, [row]).catch((error: unknown) => {
          throw isUniqueViolation(error) ? httpError('stale_version') : error;
        });
        await audit.record({
          ...{ actor, action: 'working_calendar.changed', target: `working_calendar:${version + 1}`, result: 'ok' },
          ...{ address, detail: { version: version + 1 } },
        });
      });
      return view();
    },

    /** Newest first. @throws paging.bad_cursor */
    async versions({ limit, cursor }: ListQuery): Promise<Page<CalendarVersionView>> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : counterIn(cursor);
      const sql = `SELECT * FROM ${table} WHERE version < ? ORDER BY version DESC LIMIT ?`;
      const rows = await db.query<WorkingCalendarVersion>(sql, [before, limit + 1]);
      return toPage(rows, limit, ({ version }) => [version], viewOf);
    },
  };
}

const rulesIn = ({ rules }: WorkingCalendarVersion): CalendarRules => JSON.parse(rules);

const viewOf = (row: WorkingCalendarVersion): CalendarVersionView => ({
  ...{ ...rulesIn(row), version: row.version, changed_at: iso(toDate(row.changed_at)), changed_by: row.changed_by },
});

function calendarOf({ weekdays, make_up_hours, days }: CalendarRules): WorkingCalendar {
  const { sunday, monday, tuesday, wednesday, thursday, friday, saturday } = weekdays;
  const known = publicDays.map(({ works, ...day }) => ({ ...day, hours: works ? make_up_hours : [] }));
  return workingCalendar({
    weekdays: [sunday, monday, tuesday, wednesday, thursday, friday, saturday],
    special: [...known, ...days],
  });
}
