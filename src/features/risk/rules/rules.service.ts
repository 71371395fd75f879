import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import { createChecking } from './checking';
import type { RuleDefinition } from './definition.schema';
import type { DryRuns } from './dry-runs';
import type { RuleJudge } from './rule-judge';
import type { Rule } from './rules.entity';
import { ruleError } from './rules.errors';
import type { ChangedRule, RuleQuery, RuleSettings, RuleVersionView, RuleView, SwitchedRule } from './rules.schema';
import type { RuleStore } from './rules.store';
import { starterRules } from './starter-rules';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  scopes: Pick<ScopeService, 'barred'>;
  store: RuleStore;
  judge: Pick<RuleJudge, 'purge'>;
  dryRuns: Pick<DryRuns, 'wasTried'>;
}

export type RuleService = ReturnType<typeof createRuleService>;

/**
 * Rules and their versions (WCM-03). Of a rule that is on the version that was tried counts until the next one was
 * tried: while somebody works on a rule nothing goes unseen.
 */
export function createRuleService({ db, audit, scopes, store, judge, dryRuns }: Deps) {
  const checkNames = createChecking(db);

  /** @throws http.validation, rule.not_yours */
  async function check(definition: RuleDefinition, viewer: Viewer): Promise<void> {
    await checkNames(definition);
    const excepted = new Set(definition.conditions.staff_excepted.map((userid) => userid.toLowerCase()));
    const barred = await scopes.barred(viewer);
    if (barred.some((userid) => excepted.has(userid.toLowerCase()))) throw ruleError('not_yours');
  }

  async function known(id: string): Promise<Rule> {
    const rule = await store.find(id);
    if (!rule) throw ruleError('not_found', { id });
    return rule;
  }

  const toView = async (rule: Rule): Promise<RuleView> => ({
    ...{ id: rule.id, state: rule.state, version: rule.version, live_version: rule.live_version },
    ...(await store.at(rule.id, rule.version)).settings,
    ...{ created_at: iso(rule.created_at), updated_at: iso(rule.updated_at) },
  });

  /** What it is and not what it looks for: the trail is read by others than the rules. */
  const record = (action: string, id: string, detail: object, { viewer, address }: By) =>
    audit.record({ actor: actorOf(viewer), action, target: `rule:${id}`, result: 'ok', address, detail });

  return {
    /** @throws paging.bad_cursor */
    async list({ cursor, limit, ...filter }: RuleQuery): Promise<Page<RuleView>> {
      const after = cursor === undefined ? undefined : textIn(cursor);
      const rules = await store.list({ ...filter, limit: limit + 1 }, after);
      const { items, next_cursor } = toPage(
        rules,
        limit,
        ({ id }) => [id],
        (rule) => rule,
      );
      return { items: await Promise.all(items.map(toView)), next_cursor };
    },

    /** @throws rule.not_found */
    get: async (id: string): Promise<RuleView> => toView(await known(id)),

    /** Newest first. @throws rule.not_found */
    async versions(id: string): Promise<Page<RuleVersionView>> {
      await known(id);
      const versions = await store.versions(id);
      const names = await audit.names(versions.map(({ actor }) => actor));
      return {
        items: versions.map(({ version, settings, actor, created_at }) => ({
          ...{ version, ...settings, actor, actor_name: names.get(actor) ?? null, created_at: iso(created_at) },
        })),
        next_cursor: null,
      };
    },

    /** A draft. @throws http.validation, rule.not_yours */
    async create(settings: RuleSettings, by: By): Promise<RuleView> {
      await check(settings.definition, by.viewer);
      const rule = { id: newId(), version: 1, settings };
      return db.transact(async () => {
        await store.add(rule, 'draft');
        await store.addVersion(rule, actorOf(by.viewer));
        await record('rule.created', rule.id, aboutOf(settings, 1), by);
        return toView(await known(rule.id));
      });
    },

    /** @throws rule.not_found, rule.version_conflict, rule.not_yours, http.validation */
    async change(id: string, { version: before, ...settings }: ChangedRule, by: By): Promise<RuleView> {
      await known(id);
      await check(settings.definition, by.viewer);
      const rule = { id, version: before + 1, settings };
      return db.transact(async () => {
        if (!(await store.change(rule))) throw ruleError('version_conflict', { id });
        await store.addVersion(rule, actorOf(by.viewer));
        await record('rule.changed', id, aboutOf(settings, rule.version), by);
        return toView(await known(id));
      });
    },

    /** What is switched on was tried, or was on before. @throws rule.not_found, version_conflict, dry_run_needed */
    async turn(id: string, { state, version }: SwitchedRule, by: By): Promise<RuleView> {
      const rule = await known(id);
      if (rule.version !== version) throw ruleError('version_conflict', { id });
      const isNew = state === 'on' && rule.live_version !== version;
      if (isNew && !(await dryRuns.wasTried(id, version))) throw ruleError('dry_run_needed', { id, version });
      return db.transact(async () => {
        if (!(await store.turn(id, state, version))) throw ruleError('version_conflict', { id });
        await record(state === 'on' ? 'rule.switched_on' : 'rule.switched_off', id, { version }, by);
        return toView(await known(id));
      });
    },

    purge: judge.purge,

    /** The rules that come with the product, where there are none. Several processes may begin at once. */
    async begin(): Promise<void> {
      const isBegun = async () => (await store.list({ limit: 1 })).length > 0;
      if (await isBegun()) return;
      const lists = await db.query<{ id: string }>('SELECT id FROM archive_word_list');
      const rules = starterRules(new Set(lists.map(({ id }) => id)));
      await db
        .transact(async () => {
          for (const { id, state, settings } of rules) {
            const rule = { id, version: 1, settings };
            await store.add(rule, state);
            await store.addVersion(rule, 'start');
          }
        })
        .catch(async (error: unknown) => {
          if (!(await isBegun())) throw error;
        });
    },
  };
}

const aboutOf = ({ name, family, category, severity }: RuleSettings, version: number) => ({
  ...{ name, family, category, severity, version },
});
