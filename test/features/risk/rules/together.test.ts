import type { Hit } from '../../../../src/features/risk/rules/hit';
import { newRule } from '../../../../src/features/risk/rules/rules.schema';
import { createTally } from '../../../../src/features/risk/rules/tally';
import { isFuzzy, togetherOf } from '../../../../src/features/risk/rules/together';
import { fitsHours } from '../../../../src/features/risk/rules/working-hours';

const ruleOf = (more: object) => ({
  ...{ id: 'r', version: 1 },
  settings: newRule.parse({
    ...{ name: 'r', family: 'FEIDAN', category: 'other', severity: 'high' },
    definition: { matchers: [{ kind: 'card' }, { kind: 'link' }], ...more },
  }),
});

/** @param minute when it was said, and the message's id */
const hit = (matcher: number, minute: number, more: Partial<Hit> = {}): Hit => ({
  ...{ rule_id: 'r', version: 1, matcher, message_id: minute, conversation_id: 'c', msgid: `m${minute}` },
  ...{ sent_at: new Date(minute * 60_000), content: '', userid: null, external_userid: null, chat_id: null },
  ...{ fuzzy: false, places: [], ...more },
});
const minutesOf = (parts: Hit[][]) => parts.map((part) => part.map(({ message_id }) => message_id));

const both = ruleOf({ require: 'all', window_minutes: 30 });

test.each([
  ['the one first', [hit(0, 0), hit(1, 30)], [[0, 30]]],
  ['the other first', [hit(1, 0), hit(0, 30)], [[0, 30]]],
  ['known in another order than said', [hit(0, 40), hit(1, 20)], [[20, 40]]],
  ['too late', [hit(0, 0), hit(1, 31)], []],
  ['the same twice is not both', [hit(0, 0), hit(0, 5)], []],
  ['what is too old keeps nothing from coming together', [hit(0, 0), hit(0, 25), hit(1, 40)], [[25, 40]]],
  [
    'each hit counts for one',
    [hit(0, 0), hit(1, 5), hit(1, 32), hit(0, 33)],
    [
      [0, 5],
      [32, 33],
    ],
  ],
  ['not across conversations', [hit(0, 0), hit(1, 5, { conversation_id: 'd' })], []],
])('VIO-4.4 within a window all of it comes together: %s', (_, hits, expected) => {
  expect(minutesOf(togetherOf(both, hits))).toEqual(expected);
});

test('VIO-4.4 least counts messages, not matchers', () => {
  const often = ruleOf({ window_minutes: 10, least: 3 });
  expect(minutesOf(togetherOf(often, [hit(0, 0), hit(1, 0), hit(0, 5)]))).toEqual([]);
  expect(minutesOf(togetherOf(often, [hit(0, 0), hit(1, 0), hit(0, 5), hit(0, 10)]))).toEqual([[0, 0, 5, 10]]);
});

test('VIO-4.4 without a window each message is judged by itself', () => {
  expect(minutesOf(togetherOf(ruleOf({}), [hit(0, 1), hit(1, 1), hit(0, 2)]))).toEqual([[1, 1], [2]]);
  const all = ruleOf({ require: 'all' });
  expect(minutesOf(togetherOf(all, [hit(0, 1), hit(1, 1), hit(0, 2)]))).toEqual([[1, 1]]);
});

test('VIO-4.4 it is fuzzy when it needs what was disguised', () => {
  const [open, hidden] = [hit(0, 1), hit(1, 2, { fuzzy: true })];
  expect(isFuzzy(ruleOf({}), [open, hidden])).toBe(false);
  expect(isFuzzy(ruleOf({}), [hidden])).toBe(true);
  expect(isFuzzy(both, [open, hidden])).toBe(true);
  expect(isFuzzy(both, [open, hidden, hit(1, 3)])).toBe(false);
});

test('VIO-4 hours are those of Shanghai, Sunday is the seventh day', () => {
  const hours = { when: 'in', weekdays: [7], from: '09:00', to: '18:00' } as const;
  expect(fitsHours({ ...hours, weekdays: [7] }, new Date('2026-11-15T01:00:00.000Z'))).toBe(true);
  expect(fitsHours({ ...hours, weekdays: [7] }, new Date('2026-11-15T00:59:59.000Z'))).toBe(false);
  expect(fitsHours({ ...hours, weekdays: [7] }, new Date('2026-11-14T17:00:00.000Z'))).toBe(false);
  expect(fitsHours({ ...hours, weekdays: [7], when: 'out' }, new Date('2026-11-15T10:00:00.000Z'))).toBe(true);
});

test('WCM-03 a dry run counts over steps: what is still open joins what comes, and nothing counts twice', () => {
  const tally = createTally(both);
  const open = tally.add([hit(0, 0, { userid: 'lin' }), hit(0, 20), hit(1, 25)], []);
  expect(open).toEqual([]);
  const waiting = tally.add([hit(0, 100), hit(1, 200)], open);
  expect(waiting).toHaveLength(2);
  expect(tally.add([hit(1, 110, { userid: 'hu', fuzzy: true })], waiting)).toHaveLength(1);
  expect(tally.now()).toMatchObject({ found: 2, fuzzy: 1, by_matcher: [3, 3], by_staff: { lin: 1, hu: 1 } });

  const single = createTally(ruleOf({}));
  single.add([hit(0, 1)], single.add([hit(0, 0)], []));
  expect(single.now()).toMatchObject({ found: 2, by_matcher: [2, 0] });
});
