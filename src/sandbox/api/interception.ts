import type { Company } from '../company';
import { type Arguments, isRecord } from '../http/arguments';
import { badArgument, Refusal } from '../http/fault';
import type { InterceptRule } from '../world/types';
import { atMost, type Endpoint, type Endpoints } from './endpoint';

const post = { method: 'POST', apps: ['agent'] } as const;
const mostRules = 100;
const mostWords = 300;
const mostNodes = 1000;

interface Range {
  user_list: string[];
  department_list: number[];
}

const addRule: Endpoint = {
  ...post,
  answer(given, company) {
    const { world, random } = company;
    if (world.interceptRules.size >= mostRules) throw new Refusal(41069, 'too many rules', 'argument');
    const range = rangeIn(given, 'applicable_range');
    if (isEmpty(range)) throw badArgument('applicable_range is empty');
    const rule: InterceptRule = {
      rule_id: random.id('rule', 16),
      rule_name: nameIn(given, company),
      word_list: wordsIn(given),
      semantics_list: semanticsIn(given),
      intercept_type: typeIn(given),
      ...range,
      create_time: Math.floor(company.clock.now().getTime() / 1000),
      byApp: true,
    };
    world.interceptRules.set(rule.rule_id, rule);
    company.ledger.add({ kind: 'intercept_rule_added', detail: { rule_id: rule.rule_id } }, 'api');
    return { rule_id: rule.rule_id };
  },
};

/** Only what is given changes. Semantics at the top level, as `add` takes them, are not looked at. */
const updateRule: Endpoint = {
  ...post,
  answer(given, company) {
    const rule = ownRule(given, company);
    const range = changedRange(rule, given);
    if (given.has('rule_name')) rule.rule_name = nameIn(given, company, rule);
    if (given.has('word_list')) rule.word_list = wordsIn(given);
    if (given.has('intercept_type')) rule.intercept_type = typeIn(given);
    if (given.has('extra_rule')) rule.semantics_list = semanticsIn(given.nested('extra_rule'));
    Object.assign(rule, range);
    company.ledger.add({ kind: 'intercept_rule_changed', detail: { rule_id: rule.rule_id } }, 'api');
    return {};
  },
};

const deleteRule: Endpoint = {
  ...post,
  answer(given, company) {
    const { rule_id } = ownRule(given, company);
    company.world.interceptRules.delete(rule_id);
    company.ledger.add({ kind: 'intercept_rule_removed', detail: { rule_id } }, 'api');
    return {};
  },
};

export const interceptionEndpoints: Endpoints = {
  'externalcontact/add_intercept_rule': addRule,
  'externalcontact/update_intercept_rule': updateRule,
  'externalcontact/del_intercept_rule': deleteRule,
  'externalcontact/get_intercept_rule_list': {
    ...{ method: 'GET', apps: ['agent'] },
    answer: (_, { world }) => ({
      rule_list: [...world.interceptRules.values()].map(({ rule_id, rule_name, create_time }) => ({
        ...{ rule_id, rule_name, create_time },
      })),
    }),
  },
  'externalcontact/get_intercept_rule': {
    ...post,
    answer(given, company) {
      const { rule_id, rule_name, word_list, semantics_list, intercept_type, ...rule } = knownRule(given, company);
      return {
        rule: {
          ...{ rule_id, rule_name, word_list, extra_rule: { semantics_list }, intercept_type },
          applicable_range: { user_list: rule.user_list, department_list: rule.department_list },
        },
      };
    },
  },
};

function knownRule(given: Arguments, { world }: Company): InterceptRule {
  const rule = world.interceptRules.get(given.required('rule_id'));
  if (!rule) throw badArgument('invalid rule_id');
  return rule;
}

/** @throws Refusal 48002 for a rule that somebody made in the console, or another app */
function ownRule(given: Arguments, company: Company): InterceptRule {
  const rule = knownRule(given, company);
  if (!rule.byApp) throw new Refusal(48002, 'the rule was not created by this app', 'access');
  return rule;
}

/** @throws Refusal 41077 for a name there is */
function nameIn(given: Arguments, { world }: Company, own?: InterceptRule): string {
  const name = atMost('rule_name', given.required('rule_name'), 20);
  const taken = [...world.interceptRules.values()].some((rule) => rule !== own && rule.rule_name === name);
  if (taken) throw new Refusal(41077, 'duplicate rule name', 'argument');
  return name;
}

function wordsIn(given: Arguments): string[] {
  const words = given.texts('word_list');
  if (words.length > mostWords) throw new Refusal(41068, 'too many words', 'argument');
  const isBad = words.length === 0 || words.some((word) => word === '' || [...word].length > 32);
  if (isBad) throw new Refusal(41083, 'invalid word', 'argument');
  return words;
}

function semanticsIn(given: Arguments): number[] {
  const list = given.all().semantics_list ?? [];
  if (Array.isArray(list) && list.every((kind) => [1, 2, 3].includes(kind))) return list;
  throw badArgument('semantics_list holds something else than 1 to 3');
}

function typeIn(given: Arguments): 1 | 2 {
  const type = given.whole('intercept_type', 0);
  if (type === 1 || type === 2) return type;
  throw badArgument('intercept_type is 1 or 2');
}

function rangeIn(given: Arguments, name: string): Range {
  const range = given.all()[name] ?? {};
  if (!isRecord(range)) throw badArgument(`${name} is not an object`);
  const departments = range.department_list ?? [];
  if (!Array.isArray(departments) || departments.some((id) => !Number.isInteger(id)))
    throw badArgument('department_list does not hold whole numbers only');
  const found = { user_list: given.nested(name).texts('user_list'), department_list: departments };
  if (found.user_list.length > mostNodes || departments.length > mostNodes)
    throw new Refusal(41076, 'range too big', 'argument');
  return found;
}

const isEmpty = ({ user_list, department_list }: Range): boolean => user_list.length + department_list.length === 0;

/** @throws Refusal 40058 when nobody would be left */
function changedRange(rule: InterceptRule, given: Arguments): Range {
  const [added, removed] = [rangeIn(given, 'add_applicable_range'), rangeIn(given, 'remove_applicable_range')];
  const change = <T>(list: readonly T[], plus: readonly T[], minus: readonly T[]): T[] =>
    [...new Set([...list, ...plus])].filter((one) => !minus.includes(one));
  const range = {
    user_list: change(rule.user_list, added.user_list, removed.user_list),
    department_list: change(rule.department_list, added.department_list, removed.department_list),
  };
  if (isEmpty(range)) throw badArgument('the rule would hold for nobody');
  return range;
}
