import { colourOf, initialOf } from '../../web/src/lib/person';

test.each([
  ['李雷', '李'],
  ['jim green', 'J'],
  ['  王小二', '王'],
  ['👩‍🚀 小宇宙', '👩‍🚀'],
  ['محمد', 'م'],
  ['', '?'],
])('the avatar of "%s" shows %s', (name, initial) => {
  expect(initialOf(name)).toBe(initial);
});

test('a person keeps one colour', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `wm${n}`);
  expect(ids.map(colourOf)).toEqual(ids.map(colourOf));
  expect(new Set(ids.map(colourOf)).size).toBeGreaterThan(4);
});
