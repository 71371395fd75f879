import { stateOf, weeksOf } from '../../web/src/pages/archive/days';

const media = { stored: 0, pending: 0, expired: 0, failed: 0 };
const day = {
  ...{
    day: '2025-11-20',
    received: 10,
    stored: 9,
    parked: 1,
    unopened: 0,
    unreadable: {},
    duplicates: 1,
    conflicts: 0,
  },
  ...{ gaps: [], pulls: 3, failures: {}, longest_silence_seconds: 60, media, seats: null, verified: null },
  ...{ closed_at: '2025-11-21T00:00:00Z', parked_now: 0 },
};
const gap = { from_seq: '1', to_seq: '2', cause: 'expired' };

test.each([
  ['proved', {}],
  ['proved', { verified: true }],
  ['open', { closed_at: null }],
  ['explained', { parked_now: 1 }],
  ['explained', { gaps: [gap] }],
  ['explained', { conflicts: 1 }],
  ['unexplained', { verified: false }],
  ['unexplained', { stored: 8 }],
  ['unexplained', { stored: 8, gaps: [gap] }],
] as const)('AR2 a day is %s with %j', (state, change) => {
  expect(stateOf({ ...day, ...change, gaps: [...('gaps' in change ? change.gaps : [])] })).toBe(state);
});

test('AR2 nothing is said of a day of which nothing is known', () => {
  expect(stateOf(undefined)).toBe('none');
});

test('weeks begin on Monday and hold nothing outside of the time shown', () => {
  const weeks = weeksOf('2025-11-27', '2025-12-02');
  expect(weeks.map(({ key, month }) => [key, month])).toEqual([
    ['2025-11-24', undefined],
    ['2025-12-01', '2025-12'],
  ]);
  expect(weeks.flatMap(({ days }) => days.filter(Boolean))).toHaveLength(6);
  expect(weeks[0]?.days.slice(0, 4)).toEqual([undefined, undefined, undefined, '2025-11-27']);
  expect(weeksOf('2024-11-22', '2025-11-22').length).toBeLessThanOrEqual(54);
});
