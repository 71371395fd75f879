import { anchorOf, anchorToShow, offsetsOf, rowAt, rowsIn, topOf } from '../../web/src/lib/row-window';

const keys = ['a', 'b', 'c', 'd'];
const heights: Record<string, number> = { a: 10, b: 40, c: 20, d: 30, z: 100 };
const heightOf = (key: string) => heights[key] ?? 0;
const offsets = offsetsOf(keys, heightOf);
const placesOf = (all: string[]) => new Map(all.map((key, place) => [key, place]));

test('rows stand one below the other, and the last figure is the end of all', () => {
  expect([...offsets]).toEqual([0, 10, 50, 70, 100]);
  expect([...offsetsOf([], heightOf)]).toEqual([0]);
});

test.each([
  [-5, 0],
  [0, 0],
  [9.9, 0],
  [10, 1],
  [49, 1],
  [50, 2],
  [99, 3],
  [1000, 3],
])('at %d stands row %d', (y, row) => {
  expect(rowAt(offsets, y)).toBe(row);
});

test('only the rows in sight and near it are drawn', () => {
  expect(rowsIn(offsets, { top: 12, height: 30 }, 0)).toEqual([1, 2]);
  expect(rowsIn(offsets, { top: 12, height: 30 }, 10)).toEqual([0, 3]);
  expect(rowsIn(offsets, { top: 0, height: 5000 }, 0)).toEqual([0, 4]);
  expect(rowsIn(offsetsOf([], heightOf), { top: 0, height: 100 }, 0)).toEqual([0, 0]);
});

test('what is in sight keeps its place when rows come before it', () => {
  const anchor = anchorOf({ top: 15, height: 30 }, keys, offsets);
  expect(anchor).toEqual({ key: 'b', shift: 5 });
  const more = ['z', ...keys];
  const grown = { places: placesOf(more), offsets: offsetsOf(more, heightOf) };
  expect(topOf(anchor, grown)).toBe(115);
});

test('whoever stands at the end stays there; an anchor that is gone moves nothing', () => {
  expect(anchorOf({ top: 70, height: 30 }, keys, offsets)).toBe('end');
  expect(topOf('end', { places: placesOf(keys), offsets })).toBe(100);
  expect(topOf({ key: 'gone', shift: 0 }, { places: placesOf(keys), offsets })).toBeUndefined();
});

test('a row is brought into sight from above and from below, and left alone when it is there', () => {
  expect(anchorToShow(1, { top: 20, height: 40 }, offsets)).toBe(-16);
  expect(anchorToShow(3, { top: 0, height: 60 }, offsets)).toBe(-16);
  expect(anchorToShow(3, { top: 0, height: 200 }, offsets)).toBeUndefined();
  expect(anchorToShow(1, { top: 0, height: 60 }, offsets)).toBeUndefined();
});

test('S19 fifty thousand rows are placed in a blink', () => {
  const many = Array.from({ length: 50_000 }, (_, i) => `m${i}`);
  const began = performance.now();
  const all = offsetsOf(many, () => 64);
  for (let y = 0; y < 3_200_000; y += 1_600) rowsIn(all, { top: y, height: 900 }, 600);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(rowsIn(all, { top: 1_600_000, height: 900 }, 0)).toEqual([25_000, 25_015]);
});
