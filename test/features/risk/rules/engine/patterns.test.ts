import fc from 'fast-check';
import { RE2JS } from 're2js';
import { checkPattern, PatternFault } from '../../../../../src/features/risk/rules/engine';
import { aPart, aRule, foundBy, judgeOf } from './judging';

const reasonOf = (pattern: string): string | undefined => {
  try {
    checkPattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof PatternFault) return error.reason;
    throw error;
  }
};

describe('patterns', () => {
  it('are RE2, not too long, and ask for something', () => {
    expect(reasonOf('转(我|给我)\\d+元')).toBeUndefined();
    expect(['(a)\\1', 'a(?=b)', '(', 'a{2000}'].map(reasonOf)).toEqual(Array(4).fill('not_re2'));
    expect(['', 'a*', '(转账)?', '^', 'a|'].map(reasonOf)).toEqual(Array(5).fill('matches_empty'));
    expect(reasonOf('a'.repeat(501))).toBe('too_long');
    expect(reasonOf('a'.repeat(500))).toBeUndefined();
  });

  it('are found wherever they stand, wide or not, capitals or not, by line', () => {
    const pattern = (text: string) => ({ kind: 'pattern' as const, pattern: text });
    expect(foundBy(pattern('转(我|给我)\\d+元'), '😀转我５００元，转给我20元')).toEqual([
      ' 转我５００元',
      ' 转给我20元',
    ]);
    expect(foundBy(pattern('VX[：:]\\w+'), 'ｖx：abc')).toEqual([' ｖx：abc']);
    expect(foundBy(pattern('（税）'), '价（税）')).toEqual([' （税）']);
    expect(foundBy(pattern('^定金$'), '报价\n定金\n尾款')).toEqual([' 定金']);
    expect(foundBy(pattern('\\b|x'), 'ax')).toEqual([' x']);
  });

  it('DET RECALL none is lost because it runs only where its literals stand', () => {
    const sign = fc.constantFrom('a', 'B', 'k', '1', '转', '账', '微', 'σ', ' ');
    const literal = fc.array(sign, { minLength: 1, maxLength: 3 }).map((signs) => signs.join(''));
    const pattern = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        literal,
        fc.constantFrom('\\d', '[a-c]', '.', '(?i:Kb)', '[转微]', '\\s', '^', '$'),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
        tie('node').map((a) => `(?:${a})?`),
        tie('node').map((a) => `(?:${a})+`),
        tie('node').map((a) => `(?:${a}){2,3}`),
        tie('node').map((a) => `(${a})*`),
      ),
    })).node;
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'k', '1', '转', '账', '微', 'ς', 'σ', ' ', '\n'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 6 }), text, (patterns, signs) => {
        const usable = patterns.filter((one) => reasonOf(one) === undefined);
        const judge = judgeOf(...usable.map((one) => aRule([{ kind: 'pattern', pattern: one }])));
        const said = signs.join('');
        const hits = judge({ sender: 'staff', parts: [aPart(said)] }).map(({ rule, span }) => [
          rule,
          span?.from,
          span?.to,
        ]);
        const expected = usable.flatMap((one, rule) => {
          const matcher = RE2JS.compile(one, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE).matcher(said);
          const found: unknown[] = [];
          while (matcher.find())
            if (matcher.end() > matcher.start()) found.push([rule, matcher.start(), matcher.end()]);
          return found;
        });
        expect(hits).toEqual(expected);
      }),
      { numRuns: 1500 },
    );
  });
});
