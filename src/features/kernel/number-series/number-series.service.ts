import { shanghaiDay } from '../../../core/clock';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import { parseStored } from '../../../jobs/sql';
import type { By } from '../approvals';
import type { AuditService } from '../audit';
import type { NumberSeries, NumberSeriesPattern } from './number-series.entity';
import { seriesError } from './number-series.errors';
import type { ChangedSeries, Part, Pattern, Resets, SeriesView } from './number-series.schema';
import { couldRepeat, type Issued, isSameKind, numberOf, periodLength } from './pattern';
import { seeds } from './seeds';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

/** A series as it stands. */
interface Series extends Pattern {
  key: string;
  last: number;
  day: string;
  firstDay: string | null;
  most: number;
  version: number;
  updatedAt: Date;
}

const columns = ['series_key', 'parts', 'resets', 'last_number', 'day', 'first_day', 'most', 'version', 'updated_at'];
const begun = "CASE resets WHEN 'day' THEN 10 WHEN 'month' THEN 7 WHEN 'year' THEN 4 ELSE 0 END";
const upcoming = `CASE WHEN SUBSTR(?, 1, ${begun}) > SUBSTR(day, 1, ${begun}) THEN 1 ELSE last_number + 1 END`;
const later = 'CASE WHEN ? > day THEN ? ELSE day END';
/** MySQL sets one column after the other and reads what it has set: what others are made of comes last. */
const take = `UPDATE number_series SET most = CASE WHEN (${upcoming}) > most THEN (${upcoming}) ELSE most END,
  last_number = ${upcoming}, first_day = COALESCE(first_day, ${later}), day = ${later} WHERE series_key = ?`;

export type NumberSeriesService = ReturnType<typeof createNumberSeriesService>;

/** Numbers of records, without gaps and never twice (EXT-16). */
export function createNumberSeriesService({ db, audit }: Deps) {
  const today = (): string => shanghaiDay(db.now());

  /** @throws number_series.not_found */
  async function known(key: string): Promise<Series> {
    const [row] = await db.query<NumberSeries>('SELECT * FROM number_series WHERE series_key = ?', [key]);
    if (!row) throw seriesError('not_found', { key });
    return toSeries(row);
  }

  /** Everything given out by the patterns before the one that counts. */
  async function earlier(key: string): Promise<Issued[]> {
    const sql = 'SELECT * FROM number_series_pattern WHERE series_key = ? ORDER BY id';
    const rows = await db.query<NumberSeriesPattern>(sql, [key]);
    return rows.map(({ parts, first_day, last_day, most }) => ({
      ...{ parts: parseStored<Part[]>(parts), firstDay: first_day, lastDay: last_day, most: Number(most) },
    }));
  }

  /** @throws number_series.clash */
  async function assertNew(series: Series, { parts }: Pattern): Promise<void> {
    const now = isSameKind(series.parts, parts) ? [] : issuedBy(series);
    const repeated = [...(await earlier(series.key)), ...now].find((issued) => {
      // The counter goes on from where it is, beyond all that this kind of pattern gave out.
      if (isSameKind(issued.parts, parts) && series.last >= issued.most) return false;
      return couldRepeat(issued, parts, latest(today(), series.day));
    });
    if (repeated) throw seriesError('clash', { like: numberOf(repeated.parts, repeated.lastDay, repeated.most) });
  }

  async function keep(series: Series): Promise<void> {
    const into = ['series_key', 'parts', 'first_day', 'last_day', 'most', 'ended_at'];
    const rows = issuedBy(series).map(({ parts, firstDay, lastDay, most }) => [
      ...[series.key, JSON.stringify(parts), firstDay, lastDay, most, db.now()],
    ]);
    await insertRows(db, { table: 'number_series_pattern', columns: into }, rows);
    const sql = 'UPDATE number_series SET first_day = NULL, most = 0 WHERE series_key = ?';
    await db.execute(sql, [series.key]);
  }

  const view = async (key: string): Promise<SeriesView> => shown(await known(key), today());

  return {
    /**
     * The next number. It is part of the open transaction: rolled back with it, so that none is missing; others who
     * want one wait until it ends. Take it late. @throws number_series.not_found
     */
    async next(key: string): Promise<string> {
      if (!db.inTransaction) throw new Error('A number is taken in the transaction of the record that gets it');
      const day = today();
      if ((await db.execute(take, [...Array(7).fill(day), key])) === 0) {
        throw seriesError('not_found', { key });
      }
      const series = await known(key);
      return numberOf(series.parts, series.day, series.last);
    },

    /** By key. @throws paging.bad_cursor */
    async list({ limit, cursor }: ListQuery): Promise<Page<SeriesView>> {
      const sql = 'SELECT * FROM number_series WHERE series_key > ? ORDER BY series_key LIMIT ?';
      const rows = await db.query<NumberSeries>(sql, [cursor === undefined ? '' : textIn(cursor), limit + 1]);
      return toPage(
        rows,
        limit,
        ({ series_key }) => [series_key],
        (row) => shown(toSeries(row), today()),
      );
    },

    /** @throws number_series.not_found */
    get: view,

    /** What numbers would look like. @throws number_series.not_found, clash */
    async preview(key: string, pattern: Pattern): Promise<{ numbers: string[] }> {
      const series = await known(key);
      await assertNew(series, pattern);
      const [day, first] = upcomingIn({ ...series, ...pattern }, today());
      return { numbers: [0, 1, 2].map((more) => numberOf(pattern.parts, day, first + more)) };
    },

    /** The counter goes on. @throws number_series.not_found, clash, http.stale_version */
    change: (key: string, { version, ...pattern }: ChangedSeries, { viewer, address }: By): Promise<SeriesView> =>
      db.transact(async () => {
        await known(key);
        const touch =
          'UPDATE number_series SET version = version + 1, updated_at = ? WHERE series_key = ? AND version = ?';
        if ((await db.execute(touch, [db.now(), key, version])) === 0) throw httpError('stale_version');
        const before = await known(key);
        await assertNew(before, pattern);
        if (!isSameKind(before.parts, pattern.parts)) await keep(before);
        const set = 'UPDATE number_series SET parts = ?, resets = ? WHERE series_key = ?';
        await db.execute(set, [JSON.stringify(pattern.parts), pattern.resets, key]);
        const { parts, resets } = before;
        await audit.record({
          ...{ actor: actorOf(viewer), action: 'number_series.changed', target: `number_series:${key}`, result: 'ok' },
          ...{ address, detail: { before: { parts, resets }, after: pattern } },
        });
        return view(key);
      }),

    /** The series that come with the product; several processes may begin at once. */
    async begin(): Promise<void> {
      const rows = seeds.map(({ key, parts, resets }) => [
        key,
        JSON.stringify(parts),
        resets,
        0,
        '',
        null,
        0,
        1,
        db.now(),
      ]);
      await db.transact(() =>
        insertRows(db, { table: 'number_series', columns, onConflict: { keys: ['series_key'] } }, rows),
      );
    },
  };
}

const toSeries = (row: NumberSeries): Series => ({
  ...{ key: row.series_key, parts: parseStored<Part[]>(row.parts), resets: row.resets as Resets, day: row.day },
  ...{ last: Number(row.last_number), firstDay: row.first_day, most: Number(row.most), version: row.version },
  updatedAt: toDate(row.updated_at),
});

const latest = (one: string, other: string): string => (one > other ? one : other);

const issuedBy = ({ parts, firstDay, day, most }: Series): Issued[] =>
  firstDay === null ? [] : [{ parts, firstDay, lastDay: day, most }];

/** The day and the counter that come next. */
function upcomingIn({ resets, day, last }: Series, today: string): [day: string, counter: number] {
  const period = (of: string) => of.slice(0, periodLength[resets]);
  return [latest(today, day), period(today) > period(day) ? 1 : last + 1];
}

function shown(series: Series, today: string): SeriesView {
  const { key, parts, resets, last, version, updatedAt } = series;
  const next = numberOf(parts, ...upcomingIn(series, today));
  return { key, parts, resets, last_number: last, next, version, updated_at: iso(updatedAt) };
}
