import {
  dayAfter,
  mondayOf,
  pointsSum,
  presentIn,
  shanghaiDay,
  totalOf,
  weeksThrough,
} from '../../web/src/pages/risk/figures';

const by = (some: Partial<Record<'critical' | 'high' | 'medium' | 'low' | 'lead', number>>) => ({
  ...{ critical: 0, high: 0, medium: 0, low: 0, lead: 0 },
  ...some,
});

test('WCM-03 points come with the sum they are', () => {
  const mixed = by({ critical: 1, high: 2, low: 3, lead: 4 });
  expect(pointsSum(mixed, (severity) => severity)).toBe('critical 1×8 + high 2×4 + low 3×1 + lead 4×0 = 19');
  expect(totalOf(mixed)).toBe(10);
  expect(presentIn(mixed).map(({ severity }) => severity)).toEqual(['critical', 'high', 'low', 'lead']);
});

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2026-11-30', '2026-11-30'],
  ['2027-01-03', '2026-12-28'],
])('WCM-03 %s belongs to the week of %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday);
});

test('WCM-03 days are counted over the ends of months, and today is that of Shanghai', () => {
  expect([dayAfter('2026-02-28', 1), dayAfter('2026-03-01', -7)]).toEqual(['2026-03-01', '2026-02-22']);
  expect(shanghaiDay(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
  expect(shanghaiDay(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
});

test('WCM-03 weeks without findings are shown as such, and an earlier one is not lost', () => {
  const found = [
    { week: '2026-08-24', by_severity: by({ low: 1 }) },
    { week: '2026-11-16', by_severity: by({ high: 2 }) },
  ];
  const weeks = weeksThrough(found, '2026-11-25');
  expect(weeks.map(({ week }) => week)).toHaveLength(14);
  expect([weeks[0]?.week, weeks[1]?.week, weeks.at(-1)?.week]).toEqual(['2026-08-24', '2026-08-31', '2026-11-23']);
  expect(weeks.filter(({ by: each }) => totalOf(each) > 0)).toEqual([
    { week: '2026-08-24', by: by({ low: 1 }) },
    { week: '2026-11-16', by: by({ high: 2 }) },
  ]);
});
