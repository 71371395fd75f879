import { failpoint } from '../../../core/failpoints';
import type { RunContext, Runs } from '../../../jobs';
import { type InterceptApi, type InterceptRef, type InterceptRule, interceptLimits, isErrcode } from '../../../wecom';
import type { InterceptionRule } from './interception.entity';
import type { InterceptionStore, Plan } from './interception.store';
import { chunksOfRange, nameOf, partsOf, type Words, wantedRule, without } from './wanted';

interface Deps {
  runs: Pick<Runs, 'define'>;
  api: InterceptApi;
  store: InterceptionStore;
  wordsOf: (listId: string) => Promise<Words>;
}

export type PushParams = { interception_id: string };
type Context = RunContext<PushParams, Record<string, never>>;

const kind = 'interception-push';
export const pushKind = kind;
const phase = 'interception_push';
/** WeCom's answer to a name that is taken. */
const duplicateName = 41077;

/**
 * Brings WeCom's rules into step with a word list. What is to be made stands in our table first; what may have been made
 * is looked for by its name before it is made again. The lists have no version, so it may begin anew at any point.
 */
export function definePush({ runs, api, store, wordsOf }: Deps): void {
  /** The rules of ours with those that are still to be made. */
  async function intend(ctx: Context, plan: Plan, list: Words, parts: number): Promise<InterceptionRule[]> {
    const known = new Set((await store.rules(plan.id)).map(({ part }) => Number(part)));
    const missing = Array.from({ length: parts }, (_, i) => i + 1).filter((part) => !known.has(part));
    const rules = missing.map((part) => ({ part, name: nameOf(plan, list, part) }));
    if (rules.length > 0) await save(ctx, 0, parts, () => store.intend(plan.id, rules));
    failpoint('interception.intended');
    return store.rules(plan.id);
  }

  async function make(ctx: Context, wanted: InterceptRule, listed: number): Promise<string> {
    if (listed >= interceptLimits.rules) throw new TooManyRules();
    const [first = wanted.range, ...more] = chunksOfRange(wanted.range);
    const ruleId = await api.add({ ...wanted, range: first }, options(ctx)).catch(notListedYet);
    for (const added of more) await api.update(ruleId, { ...wanted, added }, options(ctx));
    return ruleId;
  }

  async function change(ctx: Context, ruleId: string, wanted: InterceptRule): Promise<void> {
    const { range } = await api.get(ruleId, options(ctx));
    const change = (from: InterceptRule['range'], to: InterceptRule['range']) =>
      chunksOfRange({
        userids: without(to.userids, from.userids),
        department_ids: without(to.department_ids, from.department_ids),
      });
    await api.update(ruleId, wanted, options(ctx));
    // First those who come: a rule for nobody is refused.
    for (const added of change(range, wanted.range)) await api.update(ruleId, { ...wanted, added }, options(ctx));
    for (const removed of change(wanted.range, range)) await api.update(ruleId, { ...wanted, removed }, options(ctx));
  }

  /** The rule at WeCom: by its id, or by the name of one whose id was never heard. */
  const there = (rule: InterceptionRule, listed: readonly InterceptRef[]): InterceptRef | undefined =>
    listed.find(({ rule_id }) => rule_id === rule.rule_id) ?? listed.find(({ name }) => name === rule.name);

  async function settle(ctx: Context, rule: InterceptionRule, { plan, words }: { plan: Plan; words?: string[] }) {
    const listed = await api.list(options(ctx));
    const found = there(rule, listed);
    if (words === undefined) {
      if (found) await api.remove(found.rule_id, options(ctx));
      return () => store.drop(rule.id);
    }
    const wanted = wantedRule(plan, rule.name, words);
    if (found) await change(ctx, found.rule_id, wanted);
    const ruleId = found?.rule_id ?? (await make(ctx, wanted, listed.length));
    failpoint('interception.made');
    return () => store.made(rule.id, ruleId);
  }

  runs.define<PushParams, Record<string, never>, object>(kind, {
    serialKey: kind,
    async execute(ctx) {
      const plan = await store.find(ctx.params.interception_id);
      if (!plan) return { rules: 0 };
      const list = await wordsOf(plan.list_id);
      const parts = partsOf(plan, list);
      const rules = await intend(ctx, plan, list, parts.length);
      for (const [done, rule] of rules.entries()) {
        ctx.signal.throwIfAborted();
        const words = parts[Number(rule.part) - 1];
        const write = await settle(ctx, rule, words ? { plan, words } : { plan });
        await save(ctx, done + 1, rules.length, write);
      }
      const isOver = plan.removed_at !== null;
      await save(ctx, rules.length, rules.length, () => (isOver ? store.forget(plan.id) : store.pushed(plan, list)));
      return { rules: parts.length };
    },
  });
}

const options = ({ signal }: Context) => ({ lane: 'bulk', signal }) as const;

const save = (ctx: Context, done: number, total: number, work: () => Promise<void>): Promise<void> =>
  ctx.save({}, { done, total, phase }, work);

class TooManyRules extends Error {
  readonly permanent = true;

  constructor() {
    super(`WeCom takes ${interceptLimits.rules} interception rules, and they are there`);
  }
}

/** The name is there and its rule is not listed: the list is behind, so the next try finds it. */
function notListedYet(error: unknown): never {
  throw isErrcode(error, [duplicateName]) ? new Error('the rule is there and not listed yet', { cause: error }) : error;
}
