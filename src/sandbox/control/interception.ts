import { type Company, nowOf } from '../company';
import type { InterceptRule } from '../world/types';
import { NotPossible } from './support';

export type ConsoleRule = Pick<InterceptRule, 'rule_name' | 'word_list'> &
  Partial<Pick<InterceptRule, 'intercept_type' | 'user_list' | 'department_list' | 'semantics_list'>>;

/** What the administrator does to interception rules in the console, to those of the apps, too. */
export const interceptionOperations = (company: Company) => ({
  addInterceptRule(rule: ConsoleRule): { rule_id: string } {
    const rule_id = company.random.id('rule', 16);
    company.world.interceptRules.set(rule_id, {
      ...{ rule_id, intercept_type: 1, user_list: [], department_list: [1], semantics_list: [], byApp: false },
      ...{ create_time: nowOf(company), ...rule },
    });
    company.ledger.add({ kind: 'intercept_rule_added', detail: { rule_id } });
    return { rule_id };
  },

  editInterceptRule({ rule_id, ...change }: { rule_id: string } & Partial<ConsoleRule>): { rule_id: string } {
    const rule = company.world.interceptRules.get(rule_id);
    if (!rule) throw new NotPossible(`No interception rule ${rule_id}`);
    Object.assign(rule, change);
    company.ledger.add({ kind: 'intercept_rule_changed', detail: { rule_id } });
    return { rule_id };
  },

  removeInterceptRule({ rule_id }: { rule_id: string }): { rule_id: string } {
    if (!company.world.interceptRules.delete(rule_id)) throw new NotPossible(`No interception rule ${rule_id}`);
    company.ledger.add({ kind: 'intercept_rule_removed', detail: { rule_id } });
    return { rule_id };
  },
});
