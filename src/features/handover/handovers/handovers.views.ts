import { groupBy } from '../../../core/collections';
import { counterIn, type Page, textIn, toPage } from '../../../core/paging';
import { allOf, type Condition, given, isIn } from '../../../db/conditions';
import { containing, type Database, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import { adviceOf } from './advice';
import type { Drafted } from './drafting';
import type { Handover, HandoverStep, ItemState } from './handovers.entity';
import { handoverError } from './handovers.errors';
import { headOf, type Row, type Way, wayOf } from './handovers.head';
import type {
  HandoverQuery,
  HandoverView,
  ItemFilter,
  ItemQuery,
  ItemStory,
  ItemView,
  ListedHandover,
} from './handovers.schema';
import type { HandoverStore } from './handovers.store';
import { type Item, isInPlan } from './item-rows';
import { countOfStates, summaryOf, summaryOfDraft } from './summary.report';

interface Deps {
  db: Database;
  scopes: ScopeService;
  audit: Pick<AuditService, 'names'>;
  store: HandoverStore;
}

type Named = Item & {
  name: string | null;
  from_name: string | null;
  to_name: string | null;
  second_userid: string | null;
};

const shownOfADraft = 200;
const mostReversals = 20;

export type HandoverViews = ReturnType<typeof createHandoverViews>;

/** Handovers as people see them: those all of whose givers stand in the viewer's line, below the viewer. */
export function createHandoverViews({ db, scopes, audit, store }: Deps) {
  async function visible(viewer: Viewer): Promise<Condition[]> {
    const own = (await scopes.of(viewer)).staff('g.staff_id');
    const [isBarred, ...barred] = isIn('s.userid', await scopes.barred(viewer));
    const ofNone =
      'NOT EXISTS (SELECT 1 FROM handover_giver g JOIN staff s ON s.id = g.staff_id WHERE g.handover_id = h.id';
    return [
      // Whoever is to go, and whoever stands below them, need not know yet; what somebody gives away themselves they see.
      [`(h.created_by = ? OR ${ofNone} AND ${isBarred}))`, actorOf(viewer), ...barred],
      ...(own ? [[`${ofNone} AND NOT ${own[0]})`, ...own.slice(1)] as Condition] : []),
    ];
  }

  /** @throws handover.not_found, also when it is none of the viewer's */
  async function seen(id: string, viewer: Viewer): Promise<Handover> {
    const [found] = await store.where([['h.id = ?', id], ...(await visible(viewer))], 1);
    if (!found) throw handoverError('not_found', { id });
    return found;
  }

  async function itemRows(conditions: readonly Condition[], limit: number): Promise<Named[]> {
    const { where, params } = allOf(conditions);
    return db.query<Named>(
      `SELECT i.*, COALESCE(e.name, c.name) AS name, f.userid AS from_userid, f.name AS from_name,
         t.userid AS to_userid, t.name AS to_name, n.userid AS second_userid
       FROM handover_item i JOIN handover h ON h.id = i.handover_id JOIN staff f ON f.id = i.from_staff_id
       LEFT JOIN staff t ON t.id = i.to_staff_id LEFT JOIN staff n ON n.id = i.second_staff_id
       LEFT JOIN external_contact e ON i.kind = 'external_contact' AND e.external_userid = i.subject_id
       LEFT JOIN group_chat c ON i.kind = 'group_chat' AND c.chat_id = i.subject_id
       WHERE ${where} ORDER BY i.id LIMIT ?`,
      [...params, limit],
    );
  }

  return {
    seen,

    async list(query: HandoverQuery, viewer: Viewer): Promise<Page<ListedHandover>> {
      const { state, userid, limit, cursor } = query;
      const conditions = [
        ...given([
          ['h.state = ?', state],
          ['h.id < ?', cursor === undefined ? undefined : textIn(cursor)],
          [
            `h.id IN (SELECT g.handover_id FROM handover_giver g JOIN staff s ON s.id = g.staff_id WHERE s.userid_key = ?)`,
            userid?.toLowerCase(),
          ],
        ]),
        ...(await visible(viewer)),
      ];
      const rows = await store.where(conditions, limit + 1);
      const ids = rows.map(({ id }) => id);
      const givers = groupBy(await store.givers(ids), (giver) => giver.handover_id);
      const counts = await countsOf(db, ids);
      return toPage(
        rows,
        limit,
        ({ id }) => [id],
        (row) => {
          const by_state = counts.get(row.id) ?? countOfStates([]);
          const total = Object.values(by_state).reduce((sum, n) => sum + n, 0);
          return { ...headOf(row, givers.get(row.id) ?? []), total, by_state };
        },
      );
    },

    async get(id: string, viewer: Viewer): Promise<HandoverView> {
      const row = await seen(id, viewer);
      const reverses: Condition = ["h.reverses_id = ? AND h.state <> 'cancelled'", id];
      const reversed = await store.where([reverses, ...(await visible(viewer))], mostReversals);
      return {
        ...{ ...headOf(row, await store.givers([id])), ...wayOf(row), summary: await summaryOf(db, row), items: [] },
        reversed_by: reversed.map((one) => ({ id: one.id, name: one.name, state: one.state })),
      };
    },

    /** Those with warnings first: they are why one tries before. */
    dryRun(drafted: Drafted, { successors: named, departments, rule }: Way, row: Row): HandoverView {
      const { givers, successors, beside, movers, choices } = drafted;
      const people = [...givers, ...successors, ...beside];
      const staff = new Map<string, string | null>(people.map((one) => [one.userid, one.name]));
      const rows = choices.map((choice, at) => ({ ...choice, name: movers[at]?.name ?? '' }));
      const warned = rows.filter(({ warnings }) => warnings.length > 0);
      const shown = [...warned, ...rows.filter(({ warnings }) => warnings.length === 0)].slice(0, shownOfADraft);
      const { distribution, prefer } = rule;
      return {
        ...{ ...headOf(row, givers), dry_run: true, reversed_by: [] },
        ...{ successors: named, departments, rule: { distribution, prefer } },
        summary: summaryOfDraft(drafted),
        items: shown.map(({ mover, to, second, because, warnings, name }) => ({
          ...blankItem,
          ...{ kind: mover.kind, name, from_userid: mover.from, from_name: staff.get(mover.from) ?? null },
          ...subjectOf(mover.kind, mover.id),
          ...{ to_userid: to, to_name: to === null ? null : (staff.get(to) ?? null), second_userid: second },
          ...{ because, warnings },
        })),
      };
    },

    async items(id: string, { limit, cursor, ...filter }: ItemQuery, viewer: Viewer): Promise<Page<ItemView>> {
      await seen(id, viewer);
      const after: Condition[] = cursor === undefined ? [] : [['i.id > ?', counterIn(cursor)]];
      // What was left out is shown to whoever asks for it.
      const all = filter.state === undefined ? [isInPlan] : [];
      const rows = await itemRows([['i.handover_id = ?', id], ...all, ...filtersOf(filter), ...after], limit + 1);
      return toPage(rows, limit, (row) => [Number(row.id)], itemOf);
    },

    /** Everything that happened to one of them. @throws handover.no_item */
    async story(id: string, itemId: number, viewer: Viewer): Promise<ItemStory> {
      await seen(id, viewer);
      const [row] = await itemRows([['i.handover_id = ? AND i.id = ?', id, itemId]], 1);
      if (!row) throw handoverError('no_item', { id: itemId });
      const steps = await db.query<HandoverStep & { to_userid: string | null; to_name: string | null }>(
        `SELECT p.*, t.userid AS to_userid, t.name AS to_name FROM handover_step p
         LEFT JOIN staff t ON t.id = p.to_staff_id WHERE p.item_id = ? ORDER BY p.id`,
        [itemId],
      );
      const names = await audit.names(steps.map(({ actor }) => actor));
      return {
        ...itemOf(row),
        steps: steps.map(({ kind, to_userid, to_name, errcode, at, actor, ...step }) => ({
          ...{ id: Number(step.id), kind, to_userid, to_name, at: iso(toDate(at)), actor },
          actor_name: actor === null ? null : (names.get(actor) ?? null),
          errcode: errcode === null ? null : Number(errcode),
          detail: step.detail === null ? null : JSON.parse(step.detail),
        })),
      };
    },
  };
}

async function countsOf(db: Database, ids: readonly string[]) {
  const { where, params } = allOf([isIn('i.handover_id', ids), isInPlan]);
  const rows = await db.query<{ handover_id: string; state: ItemState; n: unknown }>(
    `SELECT i.handover_id, i.state, COUNT(*) AS n FROM handover_item i JOIN handover h ON h.id = i.handover_id
     WHERE ${where} GROUP BY i.handover_id, i.state`,
    params,
  );
  const grouped = groupBy(rows, ({ handover_id }) => handover_id);
  return new Map(
    [...grouped].map(([id, all]) => [id, countOfStates(all.map(({ state, n }) => ({ state, n: Number(n) })))]),
  );
}

/** Filters on `i`, the item, `f` and `t`, the giver and the successor, `e` and `c`, the contact and the group chat. */
export function filtersOf({ q, warning, without_successor, ...filter }: ItemFilter): Condition[] {
  return [
    ...given([
      ['i.state = ?', filter.state],
      ['i.kind = ?', filter.kind],
      ['f.userid_key = ?', filter.from_userid?.toLowerCase()],
      ['t.userid_key = ?', filter.to_userid?.toLowerCase()],
      ['i.errcode = ?', filter.errcode],
      ['i.warnings LIKE ?', warning === undefined ? undefined : `%"${warning.replace(/[^a-z0-9_]/g, '')}"%`],
    ]),
    ...given([["LOWER(COALESCE(e.name, c.name)) LIKE ? ESCAPE '!'", q === undefined ? undefined : containing(q)]]),
    ...(without_successor === undefined
      ? []
      : ([[without_successor ? 'i.to_staff_id IS NULL' : 'i.to_staff_id IS NOT NULL']] as Condition[])),
  ];
}

const blankItem = {
  ...({ id: null, state: 'planned' } as const),
  ...{ errcode: null, reason: null, advice: null, attempt: 0, not_before: null },
  ...{ submitted_at: null, takeover_at: null, settled_at: null, carry: null },
};

const subjectOf = (kind: Item['kind'], id: string) => ({
  external_userid: kind === 'external_contact' ? id : null,
  chat_id: kind === 'group_chat' ? id : null,
});

export const itemOf = (row: Named): ItemView => ({
  ...{ id: Number(row.id), kind: row.kind, state: row.state, name: row.name ?? '' },
  ...subjectOf(row.kind, row.subject_id),
  ...{ from_userid: row.from_userid, from_name: row.from_name, to_userid: row.to_userid, to_name: row.to_name },
  ...{ second_userid: row.second_userid, because: JSON.parse(row.because), warnings: JSON.parse(row.warnings) },
  errcode: row.errcode === null ? null : Number(row.errcode),
  ...{ reason: row.reason, advice: adviceOf({ ...row, errcode: Number(row.errcode ?? 0) }) },
  ...{ attempt: Number(row.attempt), not_before: isoOrNull(toDateOrNull(row.not_before)) },
  ...{ submitted_at: isoOrNull(toDateOrNull(row.submitted_at)), takeover_at: isoOrNull(toDateOrNull(row.takeover_at)) },
  ...{ settled_at: isoOrNull(toDateOrNull(row.settled_at)), carry: row.carry },
});
