import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { holds, keyedTokens, phraseOf, tokensOf } from '../../../../src/features/archive/search/tokens';

/** Whether one list stands in another, its parts side by side. */
const standsIn = (part: readonly string[], whole: readonly string[]): boolean =>
  whole.some((_, at) => part.every((token, i) => whole[at + i] === token));

describe('A13 tokens', () => {
  it.each([
    ['人民', ['x人民', 'x民z']],
    ['好', ['x好z']],
    ['签合同，付款', ['x签合', 'x合同', 'x同z', 'x付款', 'x款z']],
    ['加微信abc123吧', ['x加微', 'x微信', 'x信z', 'xabc123', 'x吧z']],
    ['Ａ级 Contract', ['xaz', 'x级z', 'xcontract']],
    ['', []],
    ['。。 !', []],
  ])('%s', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('no token is shorter than three characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => tokensOf(text).every((t) => Array.from(t).length > 2)),
    );
  });

  it('AR8 a text holds the tokens of whatever stands in it, side by side', () => {
    const sign = fc.constantFrom(...'合同款先付定金我你他，。 ab1Ｃ');
    const text = fc.array(sign, { minLength: 2, maxLength: 40 }).map((signs) => signs.join(''));
    const parts = fc.tuple(text, fc.nat(), fc.nat()).map(([whole, a, b]) => {
      const from = a % whole.length;
      return { whole, part: whole.slice(from, from + 2 + (b % 8)) };
    });
    fc.assert(
      fc.property(parts, ({ whole, part }) => {
        // A piece of a word is not a word.
        fc.pre(!/[a-z1Ｃ]/i.test(part));
        const phrase = phraseOf(part);
        return phrase.length === 0 || standsIn(phrase, tokensOf(whole));
      }),
      { numRuns: 3000 },
    );
  });

  it('a single character cannot be looked for; two can', () => {
    expect(phraseOf('钱')).toEqual([]);
    expect(phraseOf('定金')).toEqual(['x定金']);
    expect(holds('先付定金', '定金')).toBe(true);
    expect(holds('ＡＢＣ', 'abc')).toBe(true);
  });

  it('S13 under a key they tell nothing, are the same each time, and differ in every window', () => {
    const key = createSecretKey(Buffer.alloc(32, 7));
    const other = createSecretKey(Buffer.alloc(32, 8));
    const tokens = tokensOf('先付定金，先付');
    const keyed = keyedTokens(key)(tokens, 0);
    // 先付 twice is one token.
    expect(keyed).toHaveLength(new Set(tokens).size);
    for (const token of keyed) expect(token).toMatch(/^[0-9a-f]{7}$/);
    expect(keyed).toEqual(expect.arrayContaining(keyedTokens(key)(phraseOf('付定金'), 0)));
    const elsewhere = [...keyedTokens(other)(tokens, 0), ...keyedTokens(key)(tokens, 1)];
    expect(elsewhere.filter((token) => keyed.includes(token))).toEqual([]);
  });
});
