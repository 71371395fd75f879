import { days } from '../../../../src/core/clock';
import { createDataSource } from '../../../../src/db/data-source';
import type { Database } from '../../../../src/db/database';
import { Database as Door } from '../../../../src/db/database';
import { createNumberSeriesService, numberSeriesFeature } from '../../../../src/features/kernel/number-series';
import type { Part, Pattern } from '../../../../src/features/kernel/number-series/number-series.schema';
import { openTestDatabase } from '../../../support/database';
import { aViewer } from '../../../support/viewers';
import { movableClock } from '../support';

const audit = { record: async () => undefined };
const by = { viewer: aViewer(['system_admin']), address: '' };

/** Eight in the evening of the last day of the year, in Shanghai. */
let clock: ReturnType<typeof movableClock>;
let at: Awaited<ReturnType<typeof openTestDatabase>>;
let series: ReturnType<typeof createNumberSeriesService>;
beforeEach(async () => {
  clock = movableClock(new Date('2026-12-31T12:00:00.000Z'));
  at = await openTestDatabase(numberSeriesFeature.entities, clock);
  series = createNumberSeriesService({ db: at.db, audit });
  await series.begin();
});
afterEach(() => at.close());

const take = (key: string, from = series, db: Database = at.db) => db.transact(() => from.next(key));
const takeMany = async (key: string, count: number): Promise<string[]> => {
  const taken: string[] = [];
  for (let i = 0; i < count; i++) taken.push(await take(key));
  return taken;
};
const text = (value: string): Part => ({ kind: 'text', text: value });
const date = (format: 'YYYY' | 'YY' | 'MM' | 'DD'): Part => ({ kind: 'date', format });
const counter = (width: number): Part => ({ kind: 'counter', width });
const day = [date('YYYY'), date('MM'), date('DD')];
async function change(key: string, parts: Part[], resets: Pattern['resets']) {
  const { version } = await series.get(key);
  return series.change(key, { parts, resets, version }, by);
}
const clash = expect.objectContaining({ code: 'number_series.clash', status: 409 });

describe('EXT-16 numbers', () => {
  test('come one after the other, by the day in Shanghai', async () => {
    expect(await takeMany('lead', 2)).toEqual(['XS202612310001', 'XS202612310002']);
    expect(await take('customer')).toBe('KH000001');
    clock.advance(days(1) / 6);
    expect(await takeMany('lead', 2)).toEqual(['XS202701010001', 'XS202701010002']);
    expect(await take('customer')).toBe('KH000002');
  });

  test.each([
    ['opportunity', 'SJ2026120001', 'SJ2026120002', 'SJ2027010001'],
    ['contract', 'HT20260001', 'HT20260002', 'HT20270001'],
    ['product', 'CP00001', 'CP00002', 'CP00003'],
  ])('of a %s begin anew when its time is over', async (key, first, second, later) => {
    expect(await takeMany(key, 2)).toEqual([first, second]);
    clock.advance(days(1));
    expect(await take(key)).toBe(later);
  });

  test('do not begin anew because a clock is behind', async () => {
    clock.advance(days(1));
    await take('lead');
    clock.advance(-days(1));
    expect(await take('lead')).toBe('XS202701010002');
  });

  test('go on beyond the width of their counter', async () => {
    await at.db.execute("UPDATE number_series SET last_number = 99999 WHERE series_key = 'product'");
    expect(await take('product')).toBe('CP100000');
  });

  test('are not missing when a record is not made after all', async () => {
    const undone = at.db.transact(async () => {
      expect(await series.next('order')).toBe('DD202612310001');
      throw new Error('no record');
    });
    await expect(undone).rejects.toThrow('no record');
    expect(await take('order')).toBe('DD202612310001');
    await expect(series.next('order')).rejects.toThrow('in the transaction');
    await expect(take('nothing')).rejects.toMatchObject({ code: 'number_series.not_found' });
  });

  test('never come twice and none is missing, however many take them at once', async () => {
    const other = await anotherProcess();
    const asked = Array.from({ length: 60 }, async (_, i) => {
      const from = i % 2 === 0 ? { series, db: at.db } : other;
      const taken = from.db.transact(async () => {
        const number = await from.series.next('customer');
        if (i % 5 === 0) throw new Error('no record');
        return number;
      });
      return taken.catch(() => undefined);
    });
    const taken = (await Promise.all(asked)).filter((number) => number !== undefined);
    await other.close();
    const wanted = Array.from({ length: 48 }, (_, i) => `KH${String(i + 1).padStart(6, '0')}`);
    expect(taken.sort()).toEqual(wanted);
  });
});

/** On MariaDB with connections of its own; SQLite has one process and one connection. */
async function anotherProcess() {
  if (at.db.dialect === 'sqlite') return { series, db: at.db, close: async () => undefined };
  const source = await (await createDataSource(at.url, [])).initialize();
  const db = new Door(source, clock);
  return { series: createNumberSeriesService({ db, audit }), db, close: () => source.destroy() };
}

describe('EXT-16 another pattern', () => {
  test('takes over with the counter where it is', async () => {
    await takeMany('customer', 2);
    const { next } = await change('customer', [text('C-'), date('YY'), text('-'), counter(4)], 'year');
    expect([next, await take('customer')]).toEqual(['C-26-0003', 'C-26-0003']);
  });

  test('is refused where it could repeat a number', async () => {
    await takeMany('opportunity', 2);
    const parts = [text('SJ'), date('YYYY'), counter(6)];
    await expect(change('opportunity', parts, 'year')).rejects.toEqual(clash);
    await expect(series.preview('opportunity', { parts, resets: 'year' })).rejects.toEqual(clash);
    expect(await take('opportunity')).toBe('SJ2026120003');
  });

  test('before the first number there is nothing to repeat', async () => {
    const parts = [text('SJ'), date('YYYY'), counter(6)];
    expect((await change('opportunity', parts, 'year')).next).toBe('SJ2026000001');
  });

  test('with wider or narrower counters is no other pattern', async () => {
    await takeMany('customer', 2);
    await change('customer', [text('KH'), counter(3)], 'never');
    expect(await take('customer')).toBe('KH003');
    await change('customer', [text('KH'), counter(8)], 'never');
    expect(await take('customer')).toBe('KH00000004');
  });

  test('with a year before the counter cannot meet small numbers without one', async () => {
    await takeMany('customer', 9);
    expect((await change('customer', [text('KH'), date('YYYY'), counter(4)], 'year')).next).toBe('KH20260010');
  });

  test('the first one again goes on where it was, unless the counter began anew meanwhile', async () => {
    const usual = [text('KH'), counter(6)];
    await takeMany('customer', 3);
    await change('customer', [text('K-'), ...day, counter(4)], 'day');
    expect(await take('customer')).toBe('K-202612310004');
    expect((await change('customer', usual, 'never')).next).toBe('KH000005');
    await change('customer', [text('K'), ...day, counter(4)], 'day');
    clock.advance(days(1));
    expect(await take('customer')).toBe('K202701010001');
    await expect(change('customer', usual, 'never')).rejects.toEqual(clash);
  });

  test('a preview takes nothing', async () => {
    await takeMany('ticket', 2);
    const { numbers } = await series.preview('ticket', { parts: [text('T'), counter(3)], resets: 'never' });
    expect(numbers).toEqual(['T003', 'T004', 'T005']);
    expect(await take('ticket')).toBe('GD202612310003');
  });

  test('the product does not undo what the company said', async () => {
    await change('customer', [text('C'), counter(5)], 'never');
    await series.begin();
    expect((await series.get('customer')).next).toBe('C00001');
    expect((await series.list({ limit: 50 })).items).toHaveLength(12);
  });
});
