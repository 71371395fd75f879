import { sizeText } from '../../web/src/lib/size';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KB'],
  [200 * 2 ** 20, '200 MB'],
  [3 * 2 ** 40, '3.0 TB'],
])('a size is told in a unit that fits (%s)', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
