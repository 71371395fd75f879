import { Rule, RuleDryRun, RuleVersion, StoredHit } from './rules.entity';
import { ruleRoutes } from './rules.routes';

export const rulesFeature = {
  name: 'rules',
  entities: [Rule, RuleVersion, StoredHit, RuleDryRun],
  routes: ruleRoutes,
};
export { createRuleJudging, createRules, type Rules } from './rules';
