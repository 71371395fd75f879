import { rangeOf } from '../../src/http/bytes';

test.each([
  ['', undefined],
  ['bytes=0-9', { from: 0, to: 10 }],
  ['bytes=5-', { from: 5, to: 100 }],
  ['bytes=-5', { from: 95, to: 100 }],
  ['bytes=-500', { from: 0, to: 100 }],
  ['bytes=99-1000', { from: 99, to: 100 }],
  ['bytes=100-', null],
  ['bytes=-0', null],
  ['bytes=9-8', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=-', undefined],
  ['bytes=a-b', undefined],
  ['items=0-1', undefined],
  [`bytes=${'9'.repeat(30)}-`, null],
])('S20 of a hundred bytes %j asks for %j', (header, part) => {
  expect(rangeOf(header, 100)).toEqual(part);
});

test('S20 of no bytes there is no part', () => {
  expect([rangeOf('bytes=0-', 0), rangeOf('bytes=-1', 0), rangeOf('', 0)]).toEqual([null, null, undefined]);
});
