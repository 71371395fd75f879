import { percentText } from '../../web/src/lib/percent';
import { totalsOf } from '../../web/src/pages/supervision/figures';

test.each([
  [0, 0, '–'],
  [0, 50, '0%'],
  [1, 20_000, '<0.1%'],
  [1, 300, '0.3%'],
  [1, 8, '12.5%'],
  [19_999, 20_000, '>99.9%'],
  [50, 50, '100%'],
])('A14 %d of %d reviewed is %s: nothing is rounded away', (reviewed, messages, text) => {
  expect(percentText(reviewed, messages)).toBe(text);
});

test('A14 the totals are those of the lines', () => {
  const line = (messages: number, reviewed: number, open: number, late: number) => ({
    ...{ messages, reviewed, late, outcomes: { open } },
  });
  expect(totalsOf({ items: [line(10, 2, 1, 0), line(5, 5, 0, 3)] })).toEqual({
    ...{ messages: 15, reviewed: 7, open: 1, late: 3 },
  });
  expect(totalsOf({ items: [] })).toEqual({ messages: 0, reviewed: 0, open: 0, late: 0 });
});
