import type { Wecom } from '../../../src/wecom';
import { ok } from '../support/fake-wecom';
import { click, type WecomAtTest, wecomAtTest } from '../support/wecom-at-test';

let at: WecomAtTest;
let wecom: Wecom;
beforeEach(async () => {
  at = await wecomAtTest();
  ({ wecom } = at.start());
});
afterEach(() => at.stop());

const sent = (api: string) => at.fake.last(`externalcontact/${api}`)?.body;
const range = { userids: ['lin.mo'], department_ids: [2] };
const rule = { name: '私账收款', words: ['转我个人'], type: 'warn' as const };

test('VIO-1.5 a new rule names its semantics at the top, a changed one inside extra_rule', async () => {
  at.fake.on('externalcontact/add_intercept_rule', ok({ rule_id: 'r1' }));
  expect(await wecom.interception.add({ ...rule, semantics: ['phone'], range }, click)).toBe('r1');
  expect(sent('add_intercept_rule')).toEqual({
    ...{ rule_name: '私账收款', word_list: ['转我个人'], semantics_list: [1], intercept_type: 2 },
    applicable_range: { user_list: ['lin.mo'], department_list: [2] },
  });
  at.fake.on('externalcontact/update_intercept_rule', ok());
  await wecom.interception.update('r1', { ...rule, semantics: [], removed: range }, click);
  expect(sent('update_intercept_rule')).toEqual({
    ...{ rule_id: 'r1', rule_name: '私账收款', word_list: ['转我个人'], intercept_type: 2 },
    ...{ extra_rule: { semantics_list: [] } },
    remove_applicable_range: { user_list: ['lin.mo'], department_list: [2] },
  });
});

test('VIO-1.5 rules are read with ids as text or numbers, and without what WeCom leaves out', async () => {
  const listed = { rule_id: 7, rule_name: '旧规则', create_time: 1_700_000_000 };
  at.fake.on('externalcontact/get_intercept_rule_list', ok({ rule_list: [listed] }));
  expect(await wecom.interception.list(click)).toEqual([
    { rule_id: '7', name: '旧规则', created_at: new Date(1_700_000_000_000) },
  ]);
  const found = { rule_id: 7, rule_name: '旧规则', intercept_type: 1, extra_rule: { semantics_list: [3, 9] } };
  at.fake.on('externalcontact/get_intercept_rule', ok({ rule: found }));
  expect(await wecom.interception.get('7', click)).toEqual({
    ...{ name: '旧规则', words: [], semantics: ['red_packet'], type: 'block' },
    range: { userids: [], department_ids: [] },
  });
});
