import { areApart, dayIn, monthsOf } from '../../web/src/pages/working-calendar/days';
import { hoursIn, hoursText } from '../../web/src/pages/working-calendar/hours';

const day = [{ from: '09:00', to: '18:00' }];
const morning = [{ from: '09:00', to: '12:00' }];
const calendar = {
  ...{ version: 1, changed_at: null, changed_by: null, public_years: [2026] },
  weekdays: {
    ...{ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day },
    ...{ saturday: [], sunday: [] },
  },
  make_up_hours: morning,
  days: [{ from: '2026-10-03', to: '2026-10-03', name: '盘点', hours: morning }],
  public_days: [
    { from: '2026-10-01', to: '2026-10-07', name: '国庆节', works: false },
    { from: '2026-10-10', to: '2026-10-10', name: '国庆节', works: true },
  ],
};

test.each([
  ['2026-10-02', 'holiday', []],
  ['2026-10-03', 'own', morning],
  ['2026-10-09', 'work', day],
  ['2026-10-10', 'made_up', morning],
  ['2026-10-11', 'off', []],
])('EXT-13 %s is shown as %s', (date, kind, hours) => {
  expect(dayIn(calendar, date)).toMatchObject({ kind, hours });
});

test('EXT-13 months begin under their weekday and have their days', () => {
  const months = monthsOf(2028);
  expect(months).toHaveLength(12);
  expect(months[1]).toMatchObject({ month: '2028-02', lead: 1 });
  expect(months[1]?.days.at(-1)).toBe('2028-02-29');
});

test.each([
  ['', []],
  ['9:00-12:00', morning],
  ['09:00–12:00', morning],
  ['13:30–18:00，9:00 至 12:00', [...morning, { from: '13:30', to: '18:00' }]],
  ['20:00-24:00', [{ from: '20:00', to: '24:00' }]],
  ['09:00-12:00, 11:00-13:00', undefined],
  ['18:00-09:00', undefined],
  ['20:00-24:30', undefined],
  ['nine to five', undefined],
])('EXT-13 "%s" is read as hours, or refused', (text, hours) => {
  expect(hoursIn(text)).toEqual(hours);
});

test('EXT-13 hours that are written are read as they were', () => {
  const hours = [...morning, { from: '13:30', to: '18:00' }];
  expect(hoursText(hours)).toBe('09:00–12:00, 13:30–18:00');
  expect(hoursIn(hoursText(hours))).toEqual(hours);
});

test('EXT-13 days of the company that share a day overlap', () => {
  const [one, other] = [
    { from: '2026-05-06', to: '2026-05-08' },
    { from: '2026-05-01', to: '2026-05-05' },
  ];
  expect(areApart([one, other])).toBe(true);
  expect(areApart([one, { ...other, to: '2026-05-06' }])).toBe(false);
});
