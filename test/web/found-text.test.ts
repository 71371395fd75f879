import { excerptOf, piecesOf, placesOf, stretchesIn } from '../../web/src/lib/found-text';

const found = (text: string, highlights: { path: string; from: number; to: number }[] = []) => ({ text, highlights });
const read = (text: string, stretches: { from: number; to: number }[]) =>
  excerptOf(text, stretches).map(({ text: words, isFound }) => (isFound ? `[${words}]` : words));

test('AR8 what the server marked is marked, in order and once', () => {
  const marks = [
    { path: '', from: 4, to: 6 },
    { path: '', from: 0, to: 2 },
    { path: '', from: 1, to: 3 },
  ];
  expect(stretchesIn(found('报价发您报价', marks), 'x')).toEqual([
    { from: 0, to: 2 },
    { from: 4, to: 6 },
  ]);
});

test('AR8 words of what is nested are looked for in the whole text', () => {
  const nested = [{ path: 'item[0]', from: 0, to: 2 }];
  expect(stretchesIn(found('群聊的聊天记录\n先付定金，定金', nested), '定金 -尾款 "先付"')).toEqual([
    { from: 8, to: 10 },
    { from: 10, to: 12 },
    { from: 13, to: 15 },
  ]);
  expect(stretchesIn(found('Price LIST'), 'list')).toEqual([{ from: 6, to: 10 }]);
});

test('AR8 an excerpt begins shortly before the first hit, on one line', () => {
  expect(read('一\n二报价', [{ from: 3, to: 5 }])).toEqual(['一 二', '[报价]']);
  const long = `${'字'.repeat(60)}报价${'后'.repeat(500)}`;
  const pieces = read(long, [{ from: 60, to: 62 }]);
  expect(pieces.slice(0, 3)).toEqual(['…', '字'.repeat(24), '[报价]']);
  expect(pieces.join('').length).toBeLessThan(210);
  expect(read('没有命中', [])).toEqual(['没有命中']);
  expect(read('', [])).toEqual([]);
});

test('an excerpt cuts no sign in half', () => {
  const emoji = `${'🀄'.repeat(30)}报价`;
  expect(read(emoji, [{ from: 60, to: 62 }]).join('')).not.toMatch(/^…[\uDC00-\uDFFF]/);
  expect(read('🀄'.repeat(300), []).join('').endsWith('🀄')).toBe(true);
});

test('AR8 in a conversation the words are marked in the whole text, its lines kept', () => {
  const text = '先付定金\n再付尾款';
  const pieces = piecesOf(text, placesOf(text, '"付定金" 尾款 -合同'));
  expect(pieces.map(({ text: words, isFound }) => (isFound ? `[${words}]` : words))).toEqual([
    ...['先', '[付定金]', '\n再付', '[尾款]'],
  ]);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
