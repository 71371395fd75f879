import { days, shanghaiDay } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import type { ActiveJob, JobHandler, JobQueue } from '../../../jobs';
import type { CalendarService, WorkingCalendar } from '../../kernel/calendar';
import { askedOn, daysChanged, newestBatch } from './asked.report';
import { type DayFigures, figuresOf, spanOf } from './questions';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  calendar: Pick<CalendarService, 'current'>;
  targetMs: number;
}

const kind = 'reply.days';
/** Computed anew each time, whether something is known to have changed or not. */
const always = 3;

const columns = [
  ...['day', 'userid', 'questions', 'answered', 'within_target', 'out_of_hours', 'unanswered_at_end'],
  ...['wall_seconds', 'working_seconds', 'updated_at'],
];

/** Computes how soon was answered, day by day. What is computed again comes out the same. */
export function createReplyDays({ db, queue, calendar, targetMs }: Deps) {
  async function progress(): Promise<number> {
    const [row] = await db.query<{ batch_id: unknown }>('SELECT batch_id FROM reply_progress WHERE id = 1');
    return Number(row?.batch_id ?? 0);
  }

  async function compute(day: string, counted: WorkingCalendar): Promise<[userid: string, figures: DayFigures][]> {
    const span = spanOf(day);
    const asked = groupBy(await askedOn(db, span), ({ userid }) => userid);
    return [...asked].map(([userid, questions]) => [
      userid,
      figuresOf(questions, span, { calendar: counted, targetMs }),
    ]);
  }

  /** In place of what was known of the day. Inside one transaction. */
  async function store(day: string, figures: readonly [string, DayFigures][]): Promise<void> {
    await db.execute('DELETE FROM reply_day WHERE day = ?', [day]);
    const rows = figures.map(([userid, of]) => [
      ...[day, userid, of.questions, of.answered, of.withinTarget, of.outOfHours, of.unansweredAtEnd],
      ...[of.wallSeconds, JSON.stringify(of.workingSeconds), db.now()],
    ]);
    await insertRows(db, { table: 'reply_day', columns }, rows);
  }

  /** How far was looked stands only when all days are: killed before, the next pass looks again. */
  async function pass(job: ActiveJob): Promise<void> {
    const upTo = await newestBatch(db);
    const changed = await daysChanged(db, { after: await progress(), upTo });
    const today = db.now().getTime();
    for (let ago = 0; ago < always; ago++) changed.add(shanghaiDay(new Date(today - days(ago))));
    const counted = await calendar.current();
    for (const day of [...changed].sort()) {
      const figures = await compute(day, counted);
      await job.step(() => store(day, figures));
    }
    await job.commit(async () => {
      const onConflict = { keys: ['id'], update: ['batch_id', 'updated_at'] };
      const into = { table: 'reply_progress', columns: ['id', 'batch_id', 'updated_at'], onConflict };
      await insertRows(db, into, [[1, upTo, db.now()]]);
    });
  }

  return {
    /** For the schedule. */
    start: (): Promise<void> => queue.add([{ kind, lane: 'bulk', payload: {}, serialKey: kind, dedupeKey: kind }]),
    handler: (): JobHandler => ({ kind, resumable: true, handle: pass }),
  };
}
