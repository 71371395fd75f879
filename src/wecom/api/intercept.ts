import { z } from 'zod';
import type { CallOptions, WecomClient } from '../types';
import { instant, integer, list, listAnswer, text } from './shape';

export type InterceptType = 'block' | 'warn';
export type Semantics = 'phone' | 'email' | 'red_packet';

export interface InterceptRef {
  rule_id: string;
  name: string;
  created_at: Date;
}

/** Whom a rule holds for: people, and departments with all below them. */
export interface InterceptRange {
  userids: string[];
  department_ids: number[];
}

export interface InterceptRule {
  name: string;
  words: string[];
  semantics: Semantics[];
  type: InterceptType;
  range: InterceptRange;
}

/** A rule as it is to be, but for its range: of that WeCom takes what comes and what goes. */
export interface InterceptChange extends Omit<InterceptRule, 'range'> {
  added?: InterceptRange | undefined;
  removed?: InterceptRange | undefined;
}

/** At most, by the reference (path/95097). */
export const interceptLimits = {
  rules: 100,
  name: 20,
  words: 300,
  word: 32,
  /** People and departments to a call. */
  nodes: 1000,
} as const;

const types = { block: 1, warn: 2 } as const;
const semantics = { phone: 1, email: 2, red_packet: 3 } as const;

const keyOf = <K extends string>(codes: Readonly<Record<K, number>>, code: number): K | undefined =>
  (Object.keys(codes) as K[]).find((key) => codes[key] === code);

/** Ids come as text or as numbers. */
const ruleId = z.union([z.string().min(1), z.number()]).transform(String);

const refs = listAnswer('rule_list', {
  rule_list: list(
    z
      .object({ rule_id: ruleId, rule_name: text, create_time: instant })
      .transform(({ rule_id, rule_name, create_time }) => ({ rule_id, name: rule_name, created_at: create_time })),
  ),
});

const rangeShape = z
  .object({ user_list: list(z.string()), department_list: list(z.number()) })
  .nullish()
  .transform((range) => ({ userids: range?.user_list ?? [], department_ids: range?.department_list ?? [] }));

const ruleAnswer = z.object({
  rule: z
    .object({
      rule_name: text,
      word_list: list(z.string()),
      extra_rule: z.object({ semantics_list: list(z.number()) }).nullish(),
      intercept_type: integer,
      applicable_range: rangeShape,
    })
    .transform(
      (rule): InterceptRule => ({
        ...{ name: rule.rule_name, words: rule.word_list, range: rule.applicable_range },
        semantics: (rule.extra_rule?.semantics_list ?? []).flatMap((code) => keyOf(semantics, code) ?? []),
        type: keyOf(types, rule.intercept_type) ?? 'block',
      }),
    ),
});

const created = z.object({ rule_id: ruleId });
const done = z.object({});

const rangeOf = ({ userids, department_ids }: InterceptRange) => ({
  user_list: userids,
  department_list: department_ids,
});
const codesOf = (kinds: readonly Semantics[]) => kinds.map((kind) => semantics[kind]);

export type InterceptApi = ReturnType<typeof createInterceptApi>;

/** Interception of messages by words (敏感词拦截). All rules are listed; an app changes and deletes only its own. */
export function createInterceptApi(client: WecomClient) {
  const path = (name: string) => ({ app: 'agent', path: `externalcontact/${name}` }) as const;
  const post = (name: string) => ({ ...path(name), method: 'POST' }) as const;

  return {
    async list(options: CallOptions): Promise<InterceptRef[]> {
      const call = { ...path('get_intercept_rule_list'), method: 'GET', parse: refs } as const;
      return (await client.call({ ...call, ...options })).rule_list;
    },

    /**
     * Of the range what stands in the app's visible range. What is answered for a rule that is not there is not
     * documented: ask for one that is listed.
     */
    async get(ruleId: string, options: CallOptions): Promise<InterceptRule> {
      const call = { ...post('get_intercept_rule'), body: { rule_id: ruleId }, parse: ruleAnswer } as const;
      return (await client.call({ ...call, ...options })).rule;
    },

    /** Sent once: whoever does not hear the answer looks for the name. @returns the id @throws WecomError 41077 for a name there is */
    async add({ name, words, type, range, ...rule }: InterceptRule, options: CallOptions): Promise<string> {
      const body = {
        ...{ rule_name: name, word_list: words, intercept_type: types[type], applicable_range: rangeOf(range) },
        semantics_list: codesOf(rule.semantics),
      };
      const call = { ...post('add_intercept_rule'), body, parse: created, idempotent: false } as const;
      return (await client.call({ ...call, ...options })).rule_id;
    },

    /** Unlike `add`, WeCom takes the semantics inside `extra_rule` here: at the top they change nothing. */
    async update(ruleId: string, change: InterceptChange, options: CallOptions): Promise<void> {
      const { name, words, type, added, removed } = change;
      const body = {
        ...{ rule_id: ruleId, rule_name: name, word_list: words, intercept_type: types[type] },
        extra_rule: { semantics_list: codesOf(change.semantics) },
        ...(added ? { add_applicable_range: rangeOf(added) } : {}),
        ...(removed ? { remove_applicable_range: rangeOf(removed) } : {}),
      };
      await client.call({ ...post('update_intercept_rule'), body, parse: done, ...options });
    },

    async remove(ruleId: string, options: CallOptions): Promise<void> {
      await client.call({ ...post('del_intercept_rule'), body: { rule_id: ruleId }, parse: done, ...options });
    },
  };
}
