import { beforeAfterOf, detailOf, listFrom, textOf } from '../../web/src/lib/detail';

test.each([
  [['a', 'b'], { before: 'a', after: 'b' }],
  [
    { before: null, after: 1 },
    { before: null, after: 1 },
  ],
  [['a'], undefined],
  [{ before: 'a' }, undefined],
  ['text', undefined],
  [null, undefined],
])('old and new value of %j', (value, expected) => {
  expect(beforeAfterOf(value)).toEqual(expected);
});

test('a detail of any other shape has no fields', () => {
  expect([null, undefined, 'text', 7, ['a']].map(detailOf)).toEqual([{}, {}, {}, {}, {}]);
  expect(detailOf({ remark: ['', 'VIP'] })).toEqual({ remark: ['', 'VIP'] });
});

test('values are written as text, nothing as nothing', () => {
  expect([null, undefined, '', 0, false, { a: 1 }].map(textOf)).toEqual(['', '', '', '0', 'false', '{"a":1}']);
  expect(listFrom(['a', null, 2])).toEqual(['a', '2']);
  expect(listFrom('a')).toEqual(['a']);
  expect(listFrom(undefined)).toEqual([]);
});
