import { type Clock, days, minutes, shanghaiDay } from '../../../core/clock';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { JobHandler, JobQueue } from '../../../jobs';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import { type CompletenessQuery, type DayFigures, type DayView, dayFigures } from './completeness.schema';
import {
  beginning,
  conflictsOf,
  countOf,
  envelopesOf,
  gapsOf,
  parkedBy,
  pullsOf,
  type Span,
  spanOf,
} from './day.report';
import { books, type Covered, coveredBy, recount } from './day-ledger';
import { archiveLedger } from './ledger.report';
import type { ArchivePresence, MediaLedger } from './ports';
import type { ArchiveStatement } from './statement.entity';
import { statementStream } from './statement.stream';

interface Deps {
  db: Database;
  clock: Clock;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'list'>;
  evidence: Pick<Evidence, 'append'>;
  media: MediaLedger;
  presence: ArchivePresence;
}

const kind = 'archive.statements';
/** A question asked before midnight may be answered after it. */
const settled = minutes(5);

/** A statement and what is now where it says something else. */
export interface StatementFault {
  table: string;
  id: number;
  kind: 'ROOT' | 'MISSING' | 'INSERTED';
  detail: string;
}

export type ArchiveStatements = ReturnType<typeof createArchiveStatements>;

/** What is said of each day: how much came, what became of it, what failed (A6). Once over, it is evidence. */
export function createArchiveStatements({ db, clock, queue, audit, evidence, media, presence }: Deps) {
  const ledger = archiveLedger(db);

  async function figuresOf(day: string, covered: DayFigures['ledger']): Promise<DayFigures> {
    const span = spanOf(day);
    const envelopes = await envelopesOf(db, span);
    const { open } = await ledger.marks();
    const unreadable = await parkedBy(db, envelopes);
    const { duplicate: duplicates = 0, conflict = 0 } = unreadable;
    return {
      day,
      received: envelopes.to - envelopes.from + 1,
      stored: await countOf(db, 'archive_message', envelopes),
      parked: Object.values(unreadable).reduce((all, n) => all + n, 0),
      unopened: Math.max(0, envelopes.to - Math.max(open.lastId, envelopes.from - 1)),
      unreadable,
      duplicates,
      conflicts: conflict + (await conflictsOf(db, span)),
      gaps: await gapsOf(db, span),
      ...(await pullsOf(db, span, clock.now())),
      media: await media.countsOf(envelopes),
      seats: await presence.seats(),
      verified: await verifiedOn(span),
      ledger: covered,
    };
  }

  async function verifiedOn({ from, until }: Span): Promise<boolean | null> {
    const { items } = await audit.list({ action: 'archive.verified', from, to: until, limit: 1 });
    return items[0] ? items[0].result === 'ok' : null;
  }

  async function statements(where: string, params: (string | number)[]): Promise<ArchiveStatement[]> {
    return db.query<ArchiveStatement>(`SELECT * FROM archive_statement WHERE ${where}`, params);
  }

  const last = async (): Promise<ArchiveStatement | undefined> =>
    (await statements('1 = 1 ORDER BY id DESC LIMIT 1', []))[0];

  /** What no statement covers yet and came about before the end of the day. */
  async function ledgerOf(before: ArchiveStatement | undefined, until: Date): Promise<DayFigures['ledger']> {
    const known = before && figuresIn(before).ledger;
    const covered: DayFigures['ledger'] = {};
    for (const table of Object.keys(books)) {
      covered[table] = await coveredBy(db, table, { after: known?.[table]?.last ?? 0, until });
    }
    return covered;
  }

  /** @returns false while it cannot be closed: not all of it is opened */
  async function close(day: string): Promise<boolean> {
    return db.transact(async () => {
      const covered = await ledgerOf(await last(), spanOf(day).until);
      const figures = await figuresOf(day, covered);
      if (figures.unopened > 0) return false;
      const columns = ['day', 'body', 'closed_at'];
      const onConflict = { keys: ['day'] };
      const row = [day, JSON.stringify(figures), clock.now()];
      // Another process may have closed it.
      if ((await insertRows(db, { table: 'archive_statement', columns, onConflict }, [row])) === 0) return true;
      const [stored] = await statements('day = ?', [day]);
      if (stored) await evidence.append(statementStream.name, [Number(stored.id)]);
      return true;
    });
  }

  /** The next day that has no statement; undefined while there was none at all. */
  async function nextDay(): Promise<string | undefined> {
    const before = await last();
    if (before) return dayAfter(before.day);
    const began = await beginning(db);
    return began && shanghaiDay(began);
  }

  async function view(figures: DayFigures, closedAt: Date | null): Promise<DayView> {
    const { ledger: _, ...rest } = figures;
    return {
      ...rest,
      closed_at: closedAt && iso(closedAt),
      parked_now: closedAt && rest.parked > 0 ? await parkedNow(rest.day) : rest.parked,
    };
  }

  const parkedNow = async (day: string): Promise<number> =>
    countOf(db, 'archive_parked', await envelopesOf(db, spanOf(day)));

  /** Those without a statement, up to today. */
  async function openDays(from: string, to: string): Promise<string[]> {
    const open = await nextDay();
    const today = shanghaiDay(clock.now());
    const found: string[] = [];
    for (let day = open; day !== undefined && day <= to && day <= today; day = dayAfter(day)) {
      if (day >= from) found.push(day);
    }
    return found;
  }

  /** Closes every day that is over, one after the other. */
  async function closeDays(): Promise<void> {
    const over = shanghaiDay(new Date(clock.now().getTime() - settled));
    for (let day = await nextDay(); day !== undefined && day < over; day = dayAfter(day)) {
      if (!(await close(day))) return;
    }
  }

  return {
    closeDays,

    /** From day to day as far as there is anything to say of them, oldest first; those that are not closed as they are now. */
    async days({ from, to }: CompletenessQuery): Promise<DayView[]> {
      const views: DayView[] = [];
      for (const row of await statements('day >= ? AND day <= ? ORDER BY day', [from, to])) {
        views.push(await view(figuresIn(row), toDate(row.closed_at)));
      }
      for (const day of await openDays(from, to)) views.push(await view(await figuresOf(day, {}), null));
      return views;
    },

    /** Rows that a statement covers and that are not what they were. Statements after `after`; all when it is 0. */
    async faults(after = 0): Promise<{ faults: StatementFault[]; last: number; checked: number }> {
      const rows = await statements('id > ? ORDER BY id', [after]);
      const faults: StatementFault[] = [];
      for (const row of rows) {
        for (const [table, said] of Object.entries(figuresIn(row).ledger)) {
          const now = await recount(db, table, said);
          if (now.root !== said.root) faults.push(faultOf(table, said, now, row.day));
        }
      }
      return { faults, last: Number(rows.at(-1)?.id ?? after), checked: rows.length };
    },

    /** For the schedule. */
    start: (): Promise<void> => queue.add([{ kind, lane: 'bulk', payload: {}, dedupeKey: kind }]),
    handler: (): JobHandler => ({ kind, resumable: true, handle: closeDays }),
  };
}

function faultOf(table: string, said: Covered, now: Covered, day: string): StatementFault {
  const more = now.count - said.count;
  const kind = more === 0 ? 'ROOT' : more < 0 ? 'MISSING' : 'INSERTED';
  return { table, id: said.first, kind, detail: `rows ${said.first} to ${said.last}, of ${day}` };
}

const figuresIn = ({ body }: Pick<ArchiveStatement, 'body'>): DayFigures => dayFigures.parse(JSON.parse(body));

const dayAfter = (day: string): string => new Date(Date.parse(day) + days(1)).toISOString().slice(0, 10);
