import { ageText, durationText, shortTime } from '../../web/src/lib/time';

const now = new Date(2025, 10, 22, 14, 30);
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

test.each([
  ['today', at(2025, 10, 22, 0, 1), '00:01'],
  ['yesterday', at(2025, 10, 21, 23, 59), '23:59'],
  ['this_year', at(2025, 10, 20, 9, 5), '11-20 09:05'],
  ['earlier', at(2024, 10, 20, 9, 5), '2024-11-20'],
])('an instant of %s is written short, in the zone of the reader', (day, iso, text) => {
  expect(shortTime(iso, now)).toEqual({ day, text });
});

test('the first of January knows yesterday across the year', () => {
  expect(shortTime(at(2024, 11, 31, 8, 0), new Date(2025, 0, 1, 9, 0)).day).toBe('yesterday');
});

test.each([
  [3, ''],
  [59, '59 seconds ago'],
  [61, '1 minute ago'],
  [7_300, '2 hours ago'],
  [90_000, 'yesterday'],
  [-30, ''],
])('an age of %i s reads "%s"', (seconds, text) => {
  expect(ageText(new Date(now.getTime() - seconds * 1000).toISOString(), now, 'en')).toBe(text);
});

test.each([
  [-5, '0 ms'],
  [850, '850 ms'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [200_000, '3 min 20 s'],
  [3_900_000, '1 h 5 min'],
])('%i ms last "%s"', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
