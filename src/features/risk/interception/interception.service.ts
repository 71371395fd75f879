import { days } from '../../../core/clock';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { type Database, toDate } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { Runs, RunView } from '../../../jobs';
import type { InterceptApi, InterceptRef } from '../../../wecom';
import { WecomFault } from '../../../wecom/errors';
import type { WordListService } from '../../archive/words';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import { assertKnown } from './concerned';
import { differencesOf } from './differences';
import type { InterceptionRule } from './interception.entity';
import { interceptionError } from './interception.errors';
import type {
  ChangedInterception,
  Difference,
  InterceptionQuery,
  InterceptionView,
  ListedRule,
  NewInterception,
  OpenedInterception,
} from './interception.schema';
import { createInterceptionStore, type Plan, type PlanSettings } from './interception.store';
import { definePush, pushKind } from './push';
import { fits, partsOf, type Words, wantedRule } from './wanted';

interface Deps {
  db: Database;
  runs: Pick<Runs, 'define' | 'start'>;
  audit: Pick<AuditService, 'record'>;
  api: InterceptApi;
  lists: Pick<WordListService, 'get' | 'versions'>;
}

const options = { lane: 'click' } as const;
/** What failed is tried again the next day, or as soon as somebody changes something. */
const againMs = days(1);

export type InterceptionService = ReturnType<typeof createInterceptionService>;

/**
 * Word lists as rules of WeCom's clients: prevention, where the archive is evidence (violations §1.5). Everybody's rules
 * are shown, and only ours are touched.
 */
export function createInterceptionService({ db, runs, audit, api, lists }: Deps) {
  const store = createInterceptionStore(db);
  const wordsOf = (listId: string): Promise<Words> => lists.get(listId);
  definePush({ runs, api, store, wordsOf });

  async function known(id: string): Promise<Plan> {
    const plan = await store.find(id);
    if (!plan) throw interceptionError('not_found', { id });
    return plan;
  }

  const start = (id: string, by: string): Promise<RunView> => runs.start(pushKind, { interception_id: id }, by);

  const record = (action: string, id: string, { viewer, address }: By, detail: object = {}): Promise<void> =>
    audit.record({ actor: actorOf(viewer), action, target: `interception:${id}`, result: 'ok', address, detail });

  async function view(id: string): Promise<InterceptionView> {
    const plan = await known(id);
    return viewOf(plan, await wordsOf(plan.list_id));
  }

  /** The words that WeCom was given. */
  async function pushedWords({ list_id, pushed }: Plan, list: Words): Promise<Words> {
    const { items } = await lists.versions(list_id);
    const words = items.find(({ version }) => version === pushed?.list_version)?.words ?? [];
    return { ...list, words, enabled: pushed?.enabled ?? false };
  }

  /** Compared with what was pushed: a change of ours that WeCom was not told yet is no difference. */
  async function compare(plan: Plan, list: Words): Promise<(rule: InterceptionRule) => Promise<Difference[]>> {
    if (plan.pushed === null || plan.pushed.version !== plan.version) return async () => [];
    const parts = partsOf(plan, await pushedWords(plan, list));
    const listed = new Set((await told(api.list(options))).map(({ rule_id }) => rule_id));
    return async ({ part, name, rule_id }) => {
      if (rule_id === null || !listed.has(rule_id)) return [{ field: 'gone', added: [], removed: [name] }];
      const ours = wantedRule(plan, name, parts[Number(part) - 1] ?? []);
      return differencesOf(ours, await told(api.get(rule_id, options)));
    };
  }

  /** The last push of each, whatever came of it. */
  async function lastPushes(): Promise<Map<string, Date>> {
    const rows = await db.query<{ params: string; created_at: unknown }>(
      'SELECT params, created_at FROM run WHERE kind = ? ORDER BY id',
      [pushKind],
    );
    return new Map(rows.map(({ params, created_at }) => [JSON.parse(params).interception_id, toDate(created_at)]));
  }

  /** Those of ours that have no rule: not pushed yet, or of a list that is off. They must stay in reach. */
  async function withoutRules(rules: readonly InterceptionRule[]): Promise<ListedRule[]> {
    const served = new Set(rules.map(({ interception_id }) => interception_id));
    const rest = (await store.all()).filter(({ id }) => !served.has(id));
    return Promise.all(
      rest.map(async ({ id, list_id }): Promise<ListedRule> => {
        const { name } = await wordsOf(list_id);
        return { rule_id: null, name, created_at: null, state: 'intended', interception_id: id };
      }),
    );
  }

  return {
    /** Every rule at WeCom, and those of ours that are not there. @throws interception.wecom, paging.bad_cursor */
    async list({ limit, cursor }: InterceptionQuery): Promise<Page<ListedRule>> {
      const ours = await store.rules();
      const rules = [...listedRules(await told(api.list(options)), ours), ...(await withoutRules(ours))];
      const from = cursor === undefined ? 0 : counterIn(cursor);
      const places = rules.map((rule, at) => ({ rule, next: at + 1 })).slice(from, from + limit + 1);
      return toPage(
        places,
        limit,
        ({ next }) => [next],
        ({ rule }) => rule,
      );
    },

    /** With what somebody else made of its rules. @throws interception.not_found, interception.wecom */
    async get(id: string): Promise<OpenedInterception> {
      const plan = await known(id);
      const list = await wordsOf(plan.list_id);
      const differences = await compare(plan, list);
      const rules: OpenedInterception['rules'] = [];
      for (const rule of await store.rules(id)) {
        const { name, rule_id } = rule;
        rules.push({ part: Number(rule.part), name, rule_id, differences: await differences(rule) });
      }
      return { ...viewOf(plan, list), rules };
    },

    /** @throws word_list.not_found, http.validation */
    async create({ list_id, ...body }: NewInterception, by: By): Promise<InterceptionView> {
      await wordsOf(list_id);
      await assertKnown(db, body);
      const id = await db.transact(async () => {
        const added = await store.add(list_id, settingsOf(body));
        await record('interception.created', added, by, { list_id, type: body.type });
        await start(added, by.viewer.name);
        return added;
      });
      return view(id);
    },

    /** @throws interception.not_found, interception.version_conflict, http.validation */
    async change(id: string, { version, ...body }: ChangedInterception, by: By): Promise<InterceptionView> {
      await known(id);
      await assertKnown(db, body);
      await db.transact(async () => {
        if (!(await store.change(id, version, settingsOf(body)))) throw interceptionError('version_conflict', { id });
        await record('interception.changed', id, by, { type: body.type, version: version + 1 });
        await start(id, by.viewer.name);
      });
      return view(id);
    },

    /** Its rules go first, and then itself. @throws interception.not_found */
    async remove(id: string, by: By): Promise<RunView> {
      await known(id);
      return db.transact(async () => {
        await store.markRemoved(id);
        await record('interception.removed', id, by);
        return start(id, by.viewer.name);
      });
    },

    /** Whatever somebody else made of the rules is made undone. @throws interception.not_found */
    async push(id: string, by: By): Promise<RunView> {
      await known(id);
      return db.transact(async () => {
        await record('interception.pushed', id, by);
        return start(id, by.viewer.name);
      });
    },

    /** By the schedule: pushes what is not in step with its list. */
    async keepInStep(): Promise<void> {
      const last = await lastPushes();
      for (const plan of await store.all()) {
        const list = await lists.get(plan.list_id);
        if (isInStep(plan, list)) continue;
        const tried = last.get(plan.id);
        const changed = Math.max(plan.updated_at.getTime(), Date.parse(list.updated_at));
        const isDue =
          tried === undefined || changed > tried.getTime() || db.now().getTime() - tried.getTime() > againMs;
        if (isDue) await start(plan.id, 'schedule');
      }
    },
  };
}

const settingsOf = ({ type, semantics, userids, department_ids }: Omit<NewInterception, 'list_id'>): PlanSettings => ({
  ...{ type, semantics },
  range: { userids, department_ids },
});

const isInStep = ({ removed_at, pushed, version }: Plan, list: Words): boolean =>
  removed_at === null &&
  pushed?.version === version &&
  pushed.list_version === list.version &&
  pushed.enabled === list.enabled;

const viewOf = (plan: Plan, list: Words): InterceptionView => ({
  ...{ id: plan.id, list_id: plan.list_id, list_name: list.name, type: plan.type, semantics: plan.semantics },
  ...{ userids: plan.range.userids, department_ids: plan.range.department_ids, version: plan.version },
  state: plan.removed_at ? 'removing' : isInStep(plan, list) ? 'pushed' : 'waiting',
  pushed_at: isoOrNull(plan.pushed?.at ?? null),
  left_out: list.words.filter((word) => !fits(word)).length,
  ...{ created_at: iso(plan.created_at), updated_at: iso(plan.updated_at) },
});

function listedRules(refs: readonly InterceptRef[], rules: readonly InterceptionRule[]): ListedRule[] {
  const ours = new Map(rules.map((rule) => [rule.rule_id, rule.interception_id]));
  const listed = refs.map(({ rule_id, name, created_at }): ListedRule => {
    const interception_id = ours.get(rule_id) ?? null;
    const state = interception_id === null ? 'foreign' : 'ours';
    return { rule_id, name, created_at: iso(created_at), state, interception_id };
  });
  const there = new Set(refs.map(({ rule_id }) => rule_id));
  const absent = rules.filter(({ rule_id }) => rule_id === null || !there.has(rule_id));
  return [
    ...listed,
    ...absent.map(({ rule_id, name, interception_id }): ListedRule => {
      const state = rule_id === null ? 'intended' : 'missing';
      return { rule_id, name, created_at: null, state, interception_id };
    }),
  ];
}

const told = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    if (!(error instanceof WecomFault)) throw error;
    throw interceptionError('wecom', { errcode: 'errcode' in error ? error.errcode : null });
  });
