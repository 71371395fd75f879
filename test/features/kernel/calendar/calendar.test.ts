import fc from 'fast-check';
import { days, hours, minutes } from '../../../../src/core/clock';
import { type Interval, type SpecialDays, workingCalendar } from '../../../../src/features/kernel/calendar/calendar';
import { publicHolidays } from '../../../../src/features/kernel/calendar/public-holidays';

const office: Interval[] = [
  { from: '13:30', to: '18:00' },
  { from: '09:00', to: '12:00' },
];
const week = [[], office, office, office, office, office, []];
const newYear: SpecialDays = { from: '2026-02-15', to: '2026-02-23', name: '春节', hours: [] };
const madeUp: SpecialDays = { from: '2026-02-14', to: '2026-02-14', name: '春节', hours: office };
const calendar = workingCalendar({ weekdays: week, special: [newYear, madeUp] });

/** An instant by the clock of Shanghai. */
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);

test.each([
  ['on a Monday morning', '2026-03-02 09:00', true],
  ['before the doors open', '2026-03-02 08:59', false],
  ['when the morning ends', '2026-03-02 12:00', false],
  ['after lunch', '2026-03-02 13:30', true],
  ['at a weekend', '2026-03-07 10:00', false],
  ['on a holiday', '2026-02-16 10:00', false],
  ['on a day off that is made up', '2026-02-14 17:59', true],
  ['at six in the evening', '2026-03-02 18:00', false],
])('EXT-13 working time: %s', (_, time, works) => {
  expect(calendar.isWorkingTime(at(time))).toBe(works);
});

test.each([
  ['within a morning', '2026-03-02 09:10', '2026-03-02 09:40', minutes(30)],
  ['over lunch', '2026-03-02 11:50', '2026-03-02 13:40', minutes(20)],
  ['over a night', '2026-03-02 17:50', '2026-03-03 09:05', minutes(15)],
  ['over a weekend', '2026-03-06 17:00', '2026-03-09 10:00', hours(2)],
  ['over the holidays, which begin on a day that is made up', '2026-02-13 17:00', '2026-02-24 10:00', hours(9.5)],
  ['at night alone', '2026-03-02 20:00', '2026-03-03 08:00', 0],
  ['backwards', '2026-03-02 11:00', '2026-03-02 10:00', 0],
])('EXT-13 working time between: %s', (_, from, to, worked) => {
  expect(calendar.workingMsBetween(at(from), at(to))).toBe(worked);
});

test.each([
  ['within a morning', '2026-03-02 09:10', minutes(30), '2026-03-02 09:40'],
  ['over lunch', '2026-03-02 11:50', minutes(30), '2026-03-02 13:50'],
  ['from the next opening', '2026-03-07 10:00', minutes(30), '2026-03-09 09:30'],
  ['over the holidays', '2026-02-14 17:30', hours(1), '2026-02-24 09:30'],
  ['to the very end of a day', '2026-03-02 09:00', hours(7.5), '2026-03-02 18:00'],
  ['nothing', '2026-03-07 10:00', 0, '2026-03-07 10:00'],
])('EXT-13 adding working time: %s', (_, from, ms, then) => {
  expect(calendar.addWorkingMs(at(from), ms)).toEqual(at(then));
});

describe('whatever the times are', () => {
  const start = at('2026-01-01 00:00').getTime();
  const instant = fc.integer({ min: 0, max: days(90) }).map((ms) => new Date(start + ms));

  test('EXT-13 the parts are worth the whole', () => {
    fc.assert(
      fc.property(fc.tuple(instant, instant, instant), (times) => {
        const [a, b, c] = times.sort((one, other) => one.getTime() - other.getTime()) as [Date, Date, Date];
        const parts = calendar.workingMsBetween(a, b) + calendar.workingMsBetween(b, c);
        expect(parts).toBe(calendar.workingMsBetween(a, c));
      }),
    );
  });

  test('EXT-13 what was added is there, and the moment before is not', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: hours(80) }), (from, ms) => {
        const then = calendar.addWorkingMs(from, ms);
        expect(calendar.workingMsBetween(from, then)).toBe(ms);
        expect(calendar.workingMsBetween(from, new Date(then.getTime() - 1))).toBe(ms - 1);
      }),
    );
  });
});

test('EXT-13 what is made up is a weekend, and no holiday at the same time', () => {
  const all = Object.values(publicHolidays).flat();
  expect(all.length).toBeGreaterThan(12);
  const made = all.flatMap(({ madeUp: worked = [] }) => [...worked]);
  expect(made.map((day) => new Date(day).getUTCDay()).filter((weekday) => weekday !== 0 && weekday !== 6)).toEqual([]);
  expect(made.filter((day) => all.some(({ from, to }) => from <= day && day <= to))).toEqual([]);
});
