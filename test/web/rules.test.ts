import { join } from 'node:path';
import type { RuleDefinition } from '../../src/features/risk/rules/definition.schema';
import { newRule } from '../../src/features/risk/rules/rules.schema';
import { rules as texts } from '../../web/src/i18n/zh-CN/rules';
import { daysBetween } from '../../web/src/pages/risk/figures';

/** Modules of the console that import others of it, which only its own build can type. */
const load = async <T>(name: string): Promise<T> => import(join(__dirname, '../../web/src/pages/risk/rules', name));

type Matcher = RuleDefinition['matchers'][number];
type Name = (string | number)[];
interface Words {
  kinds: Matcher['kind'][];
  blankMatcher(kind: Matcher['kind']): Matcher;
  blankRule: { definition: RuleDefinition };
  fieldFor(path: string, names: Name[]): Name | undefined;
  faultKey(path: string, rule: string): string;
  wholeDays(counts: { day: string; found: number }[], days: string[]): { day: string; found: number }[];
}
interface Sentence {
  sentenceOf(definition: RuleDefinition, severity: string, t: typeof say, names: object): string;
  limitsOf(definition: RuleDefinition, t: typeof say, names: object): string[];
}
let words: Words;
let sentence: Sentence;
beforeAll(async () => {
  words = await load('rule-words.ts');
  sentence = await load('sentence.ts');
});

/** As the console looks a text up and fills it in. */
function say(key: string, values: Record<string, unknown> = {}): string {
  const found = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], texts);
  return String(found).replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]));
}
const names = {
  list: (id: string) => (id === 'l1' ? '私下收款' : undefined),
  department: (id: number) => `部门${id}`,
  tag: (id: string) => `标签${id}`,
  row: (row: string[]) => row.join('、'),
};

const definition = (
  part: Partial<RuleDefinition>,
  conditions: Partial<RuleDefinition['conditions']> = {},
): RuleDefinition => ({
  ...{ ...words.blankRule.definition, ...part },
  conditions: { ...words.blankRule.definition.conditions, ...conditions },
});
const said = (...given: string[]) => ({ kind: 'words' as const, lists: [], words: given, fuzzy: false });

test('WCM-03 a rule is told in a sentence: who, where, what within which time, and how bad that is', () => {
  const rule = definition(
    {
      matchers: [{ kind: 'qr', classes: ['wechat_pay', 'alipay'], allowed: [] }, said('转我个人')],
      ...{ require: 'all', window_minutes: 30 },
    },
    { chat: 'single' },
  );
  expect(sentence.sentenceOf(rule, '严重', say, names)).toBe(
    '员工在单聊中发送微信收款码、支付宝收款码，且 30 分钟内出现「转我个人」 → 严重',
  );
  expect(sentence.sentenceOf({ ...rule, require: 'any', least: 3 }, '中', say, names)).toBe(
    '员工在单聊中发送微信收款码、支付宝收款码，或出现「转我个人」，30 分钟内至少 3 条 → 中',
  );
  expect(sentence.sentenceOf({ ...rule, window_minutes: 0 }, '中', say, names)).toContain('，且同一条消息中出现');
});

test('WCM-03 of many words a few are named; lists by name, or by number for those who do not see them', () => {
  const told = (matcher: Matcher) => sentence.sentenceOf(definition({ matchers: [matcher] }), '高', say, names);
  expect(told(said('一', '二', '三', '四', '五'))).toContain('出现「一」、「二」、「三」等 5 个词');
  expect(told({ ...said('一'), lists: ['l1'] })).toContain('出现词表「私下收款」里的词、「一」');
  expect(told({ ...said(), lists: ['l1', 'l2'] })).toContain('出现2 个词表里的词');
  expect(told({ kind: 'card', allowed: ['甲', '乙'] })).toContain('发送外部人员的名片（允许的 2 项除外）');
  expect(told({ kind: 'red_packet', least: 20_000, direction: 'received' })).toContain('200 元起');
});

test('WCM-03 what narrows a rule is told beside it', () => {
  const hours = { when: 'out' as const, weekdays: [5, 1], from: '09:00', to: '18:00' };
  const rule = definition(
    { matchers: [{ ...said('一'), fuzzy: true }], exclusions: ['请勿'], window_minutes: 10 },
    { outsiders_only: false, hours, departments: [2], tags: ['t'], staff_excepted: ['a', 'b'] },
  );
  expect(sentence.limitsOf(rule, say, names)).toEqual([
    '同事之间的会话也看',
    '只看周一、周五 09:00–18:00 以外的时间（北京时间）',
    '只看这些部门：部门2',
    '只看带有这些标签之一的客户：标签t',
    '2 位例外的员工不算',
    '这些词不算：「请勿」',
    '变形写法也算，严重程度低一级',
    '10 分钟内的合为一件',
  ]);
});

test('WCM-03 a fault of the server stands under the innermost field it is about', () => {
  const fields = [
    ['name'],
    ['definition', 'matchers'],
    ['definition', 'matchers', 0, 'pattern'],
    ['definition', 'matchers', 1, 'words'],
  ];
  expect(words.fieldFor('definition.matchers.1.words.7', fields)).toEqual(['definition', 'matchers', 1, 'words']);
  expect(words.fieldFor('definition.matchers.2.lists', fields)).toEqual(['definition', 'matchers']);
  expect(words.fieldFor('version', fields)).toBeUndefined();
  expect([words.faultKey('definition.matchers.1.words.7', 'max'), words.faultKey('name', 'min')]).toEqual([
    'words_max',
    'name_min',
  ]);
});

test('WCM-03 the form begins every condition so that the server can read it', () => {
  expect(words.kinds).toHaveLength(9);
  for (const kind of words.kinds) expect([kind, faultsOf(kind)]).toEqual([kind, toFill[kind] ?? []]);
});

/** What is left to whoever writes the rule. */
const toFill: Partial<Record<string, string[]>> = { words: ['words'], pattern: ['pattern'], file: ['names'] };

function faultsOf(kind: Matcher['kind']) {
  const parsed = newRule.safeParse({
    ...{ ...words.blankRule, name: '试' },
    definition: definition({ matchers: [words.blankMatcher(kind)] }),
  });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.at(-1));
}

test('WCM-03 the days of a dry run are whole: nothing found is a column too', () => {
  const days = daysBetween('2026-02-27', '2026-03-01');
  expect(words.wholeDays([{ day: '2026-02-28', found: 4 }], days)).toEqual([
    { day: '2026-02-27', found: 0 },
    { day: '2026-02-28', found: 4 },
    { day: '2026-03-01', found: 0 },
  ]);
});
