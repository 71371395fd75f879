import { hours } from '../../../../src/core/clock';
import { nextAskAt, notFound } from '../../../../src/features/handover/handovers/answers';
import type { Item } from '../../../../src/features/handover/handovers/item-rows';

const now = new Date('2026-03-02T08:00:00.000Z');
const tried = (attempt: number) => notFound({ attempt } as Item, now);
const inMs = (at: Date | undefined) => (at ? at.getTime() - now.getTime() : 0);

test('E3 what WeCom does not know goes out again at once, then ever later, and is given up some day', () => {
  expect([0, 1, 2].map((n) => inMs(tried(n).notBefore))).toEqual([0, 0, 0]);
  expect([3, 4, 5].map((n) => inMs(tried(n).notBefore) / 60_000)).toEqual([1, 2, 4]);
  expect(inMs(tried(10).notBefore)).toBe(hours(1));
  expect(tried(10)).toMatchObject({ state: 'planned', counts: true });
  expect(tried(11)).toMatchObject({ state: 'failed', reason: 'kept_failing' });
});

test('WCM-07 results are asked for seldom at first, often around the 24th hour, then ever less', () => {
  const pause = (hoursLeft: number) => inMs(nextAskAt(now, new Date(now.getTime() + hours(hoursLeft)))) / 60_000;
  expect([24, 3, 0.5, -1, -5, -48].map(pause)).toEqual([360, 150, 10, 10, 60, 360]);
});
