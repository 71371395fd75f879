import { starterLists } from '../../../../../src/features/archive/words/starter-lists';
import {
  compileRules,
  compileRulesSlowly,
  identifierClasses,
  type Matcher,
} from '../../../../../src/features/risk/rules/engine';
import { starterRules } from '../../../../../src/features/risk/rules/starter-rules';
import { salesTalk } from '../../../../support/sales-talk';
import { aPart, aRule, foundBy } from './judging';

const words = (...listed: string[]): Matcher => ({ kind: 'words', words: listed, fuzzy: true });
const listed = words('私下转账', '回扣', '加我微信', '走私单', '银行转账', '好处费', '底价', 'VIP-1', '錢', '12315');

describe('words in disguise', () => {
  it.each([
    ['我们私下转账吧', '私下转账 私下转账'],
    ['给你ＶＩＰ－１', 'VIP-1 ＶＩＰ－１'],
    ['我们私 下 转 账吧', '私下转账 私 下 转 账?'],
    ['私下\n转账', ''],
    ['私，下，转，账', '私下转账 私，下，转，账?'],
    ['请私下，转账记录', ''],
    ['私下转賬', '私下转账 私下转賬?'],
    ['私下轉帳', '私下转账 私下轉帳?'],
    ['回\u200b扣', '回扣 回\u200b扣?'],
    ['😀回❤️扣😀', '回扣 回❤️扣?'],
    ['𠮷回.扣𠮷', '回扣 回.扣?'],
    ['回，扣，', '回扣 回，扣?'],
    // The price of that: a blank for a comma, in the middle of two characters of a list.
    ['来回 扣掉', '回扣 回 扣?'],
    ['来回，扣掉', ''],
    ['加我薇信', '加我微信 加我薇信?'],
    ['加我威信', '加我微信 加我威信?'],
    ['加我徽信', '加我微信 加我徽信?'],
    ['加我V信', '加我微信 加我V信?'],
    ['加我vx吧', '加我微信 加我vx?'],
    ['加我W X', '加我微信 加我W X?'],
    ['加我卫星', '加我微信 加我卫星?'],
    ['加我🅥🅧', '加我微信 加我🅥🅧?'],
    ['加我νх', '加我微信 加我νх?'],
    ['给点钱', '錢 钱?'],
    ['拨 1 2 3 1 5', '12315 1 2 3 1 5?'],
    ['编号 12 315', ''],
  ])('DET-4.4 %s', (text, found) => {
    expect(foundBy(listed, text).join()).toBe(found);
  });

  it.each([
    ['私下专账', '私下转账 私下专账?'],
    ['四下赚帐', '私下转账 四下赚帐?'],
    ['银航转账', '银行转账 银航转账?'],
    ['sixiazhuanzhang', '私下转账 sixiazhuanzhang?'],
    ['我们Si Xia Zhuan Zhang吧', '私下转账 Si Xia Zhuan Zhang?'],
    ['s i x i a z h u a n z h a n g', '私下转账 s i x i a z h u a n z h a n g?'],
    ['women sixiazhuanzhang ba', '私下转账 sixiazhuanzhang?'],
    ['womensixiazhuanzhangba', '私下转账 sixiazhuanzhang?'],
    ['yinhang zhuanzhang', '银行转账 yinhang zhuanzhang?'],
    ['私下zhuan账', '私下转账 私下zhuan账?'],
    ['haochufei', '好处费 haochufei?'],
    ['好处fei', '好处费 好处fei?'],
    // Three syllables sound like too much else, two like everything.
    ['号出费', ''],
    ['huikou', ''],
    // Not from syllable to syllable.
    ['xsixiazhuanzhangx', ''],
    ['嗯si xia，zhuanzhang', ''],
    ['嗯si，xia，zhuan，zhang', '私下转账 si，xia，zhuan，zhang?'],
  ])('DET-4.4 by its sound: %s', (text, found) => {
    expect(foundBy(listed, text).join()).toBe(found);
  });

  it('what stands there as listed is told once, and not again as hidden', () => {
    expect(foundBy(words('私下转账', '私下专账', '转账'), '私下转账')).toEqual(['私下转账 私下转账', '转账 转账']);
    expect(foundBy(words('私下转账', '转账'), '私 下转账')).toEqual(['私下转账 私 下转账?', '转账 转账']);
  });

  it('a list that is not fuzzy finds its words as they stand, and no others', () => {
    const exact: Matcher = { kind: 'words', words: ['私下转账'], fuzzy: false };
    expect(foundBy(exact, '私 下转账，私下轉賬，sixiazhuanzhang')).toEqual([]);
    expect(foundBy(exact, '私下转账')).toEqual(['私下转账 私下转账']);
  });

  it('a hit that overlaps an exclusion is none, whatever hides both', () => {
    const excluded = { exclusions: ['回扣率', '回扣政策'] };
    expect(foundBy(listed, '我们的回扣率是零，回 扣 率也是', excluded)).toEqual([]);
    expect(foundBy(listed, '我们的回扣率是零，但回扣有', excluded)).toEqual(['回扣 回扣']);
  });

  it('a long text full of words and exclusions costs no more than it is long', () => {
    const began = performance.now();
    const excluded = { exclusions: ['回扣率'] };
    expect(foundBy(listed, `${'回扣率回扣'.repeat(8_000)}`, excluded)).toHaveLength(8_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('DET PRECISION a page of ordinary talk has no hit, by the words of the product and the identifiers', () => {
    const wordsOf = new Map(starterLists.map((list) => [list.id, list.words]));
    const all = starterRules(new Set(wordsOf.keys())).map(({ settings: { definition } }) => {
      const listed = definition.matchers.flatMap((matcher) =>
        matcher.kind === 'words' ? [...matcher.words, ...matcher.lists.flatMap((id) => wordsOf.get(id) ?? [])] : [],
      );
      return aRule(listed.length > 0 ? [words(...listed)] : [], {
        ...{ exclusions: definition.exclusions, saidBy: definition.conditions.said_by },
      });
    });
    const identifiers = aRule([{ kind: 'identifier', classes: identifierClasses, allowed: [] }]);
    const judge = compileRules([...all, identifiers], { isStaff: () => false });
    const hits = salesTalk.flatMap((text) =>
      judge({ sender: 'staff', parts: [aPart(text)] }).map(({ what }) => `${text}: ${what}`),
    );
    expect(hits).toEqual([]);
  });

  it('compiled slowly it judges the same, and others have their turn meanwhile', async () => {
    const rules = [aRule([words(...Array.from({ length: 3000 }, (_, i) => `私下转账${i}`))])];
    let turns = 0;
    const count = () => {
      turns += 1;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    const judge = await compileRulesSlowly(rules, { isStaff: () => false });
    clearImmediate(waiting);
    expect(turns).toBeGreaterThan(4);
    const subject = { sender: 'staff' as const, parts: [aPart('私 下转账 2999')] };
    expect(judge(subject)).toEqual(compileRules(rules, { isStaff: () => false })(subject));
    expect(judge(subject)).not.toEqual([]);
  });
});
