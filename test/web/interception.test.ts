import { join } from 'node:path';

interface Rule {
  rule_id: string | null;
  name: string;
  state: string;
  interception_id: string | null;
}
interface Push {
  id: string;
  params: object;
}
interface Rules {
  oursIn(rules: Rule[]): string[];
  foreignIn(rules: Rule[]): Rule[];
  editsOf(rules: object[]): number;
  lastPushes(runs: Push[]): Map<string, Push>;
}
let rules: Rules;
beforeAll(async () => {
  // It imports others of the console, which only its own build can type.
  rules = await import(join(__dirname, '../../web/src/pages/risk/interception/rules.ts'));
});

const rule = (name: string, interception_id: string | null): Rule => ({
  ...{ rule_id: name, name, interception_id },
  state: interception_id === null ? 'foreign' : 'ours',
});

test('VIO-1.5 rules of others stand apart, and a list that fills several rules is one thing', () => {
  const listed = [rule('甲 1', 'a'), rule('别人的', null), rule('甲 2', 'a'), rule('乙 1', 'b')];
  expect(rules.oursIn(listed)).toEqual(['a', 'b']);
  expect(rules.foreignIn(listed).map(({ name }) => name)).toEqual(['别人的']);
});

test('VIO-1.5 of the pushes of a list the last one counts', () => {
  const push = (id: string, of: string) => ({ id, params: { interception_id: of } });
  const last = rules.lastPushes([push('3', 'a'), push('2', 'b'), push('1', 'a')]);
  expect([...last].map(([id, run]) => [id, run.id])).toEqual([
    ['a', '3'],
    ['b', '2'],
  ]);
});

test('VIO-1.5 every edit at WeCom is counted', () => {
  const edit = { field: 'words', added: ['x'], removed: [] };
  const part = { part: 1, name: 'n', rule_id: 'r' };
  expect(
    rules.editsOf([
      { ...part, differences: [edit, { ...edit, field: 'type' }] },
      { ...part, differences: [] },
    ]),
  ).toBe(2);
});
