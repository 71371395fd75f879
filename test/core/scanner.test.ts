import fc from 'fast-check';
import { createScanner } from '../../src/core/scanner';

const found = (words: string[], text: string) =>
  createScanner(words)(text).map(({ word, from, to }) => [words[word], text.slice(from, to)]);

describe('the word scanner', () => {
  it('finds words inside words, one after the other and over each other', () => {
    expect(found(['私下转账', '转账', '账号', '转'], '可以私下转账，账号发你')).toEqual([
      ['转', '转'],
      ['私下转账', '私下转账'],
      ['转账', '转账'],
      ['账号', '账号'],
    ]);
  });

  it('capitals, wide letters and what one sign unfolds into are found, and shown as they stand', () => {
    expect(found(['wechat', '10元', 'kg'], '加ＷｅＣｈａｔ，１０元，5㎏')).toEqual([
      ['wechat', 'ＷｅＣｈａｔ'],
      ['10元', '１０元'],
      ['kg', '㎏'],
    ]);
    expect(found(['回扣'], '😀回扣😀')).toEqual([['回扣', '回扣']]);
  });

  it('the same word twice in the list is told twice, an empty one never', () => {
    expect(found(['钱', '钱', ''], '钱')).toHaveLength(2);
  });

  it('AR8 finds just what looking for each word by itself finds', () => {
    const sign = fc.constantFrom('a', 'b', '回', '扣');
    const text = (most: number) => fc.array(sign, { maxLength: most }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(text(4), { maxLength: 12 }), text(60), (words, whole) => {
        const expected = words.flatMap((word, i) =>
          word === ''
            ? []
            : Array.from(whole, (_, from) => from)
                .filter((from) => whole.startsWith(word, from))
                .map((from) => `${i}:${from}`),
        );
        const hits = createScanner(words)(whole).map(({ word, from }) => `${word}:${from}`);
        expect(hits.sort()).toEqual(expected.sort());
      }),
      { numRuns: 1000 },
    );
  });
});
