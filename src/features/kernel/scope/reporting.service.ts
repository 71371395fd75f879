import { newId } from '../../../core/ids';
import { inChunks } from '../../../db/bulk';
import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { JobHandler, JobQueue } from '../../../jobs';
import type { AuditService } from '../audit';
import { createReportingStore, edgeOfRow, isServing, type ReportingStore } from './reporting.store';
import { edgeOf, listEdges } from './reporting.views';
import { closesCycle, deriveEdges, type Edge, type Reached, reachOf } from './reporting-tree';
import type { ReportingEdge } from './scope.entity';
import { fieldFault, scopeError } from './scope.errors';
import type { EdgeQuery } from './scope.schema';

interface Deps {
  db: Database;
  queue: Pick<JobQueue, 'add'>;
  audit: Pick<AuditService, 'record'>;
}

/** Ids of staff are ours. */
type NewEdge = Pick<Edge, 'superiorId' | 'staffId' | 'until'>;

export interface Standing {
  /** Neither departed nor disabled. */
  isServing: boolean;
  hasSuperior: boolean;
}

export type ReportingService = ReturnType<typeof createReportingService>;

type EdgeView = Awaited<ReturnType<typeof edgeOf>>;

const kind = 'reporting.refresh';

/** Who is above whom: from WeCom's directory and by hand, with the closure that every list is filtered by (PLT-01). */
export function createReportingService({ db, queue, audit }: Deps) {
  const store = createReportingStore(db);

  /** Brings edges and closure in line with the directory. Repeating it changes nothing. Must run inside `transact`. */
  async function refresh(): Promise<void> {
    const directory = await store.directory();
    const held = await store.edges();
    const byHand = held.filter((edge) => edge.source === 'manual').map(edgeOfRow);
    const deputies = held.filter((edge) => edge.source === 'deputy').map(edgeOfRow);
    const derived = deriveEdges(directory, byHand);
    await settleEdges(
      store,
      held,
      derived.map((edge) => ({
        id: newId(),
        superior_id: edge.superiorId,
        staff_id: edge.staffId,
        source: edge.source,
        closes_cycle: edge.closesCycle,
        until: null,
        created_by: null,
        created_at: db.now(),
      })),
    );
    const followed = [...byHand, ...derived.filter((edge) => !edge.closesCycle)];
    const staffIds = directory.staff.map(({ id }) => id);
    await settleReach(store, reachOf(staffIds, followed, deputies));
  }

  async function record(viewer: Viewer, action: string, edge: NewEdge): Promise<void> {
    const { superiorId, staffId, until } = edge;
    const detail = { superior_id: superiorId, until };
    await audit.record({ actor: actorOf(viewer), action, target: `staff:${staffId}`, result: 'ok', detail });
  }

  async function add(edge: NewEdge, source: 'manual' | 'deputy', viewer: Viewer): Promise<EdgeView> {
    if ([edge.superiorId, edge.staffId].includes(viewer.staffId ?? '')) throw scopeError('own_line');
    if (edge.until && edge.until <= db.now()) throw fieldFault('until', 'range');
    return db.transact(async () => {
      await refresh();
      const held = (await store.edges()).filter((one) => one.source !== 'deputy' && !one.closes_cycle);
      const isCircle = source === 'manual' && closesCycle(held.map(edgeOfRow), { ...edge, source });
      if (isCircle || edge.superiorId === edge.staffId) throw fieldFault('superior', 'cycle');
      const row: ReportingEdge = {
        id: newId(),
        superior_id: edge.superiorId,
        staff_id: edge.staffId,
        source,
        closes_cycle: false,
        until: edge.until,
        created_by: actorOf(viewer),
        created_at: db.now(),
      };
      await store.addEdges([row]);
      await refresh();
      await record(viewer, source === 'manual' ? 'reporting.line_added' : 'reporting.deputy_named', edge);
      return edgeOf(db, row.id);
    });
  }

  /** Our id of whoever has the userid, or had it before. @throws http.validation */
  async function staffIdOf(userid: string, path = 'userid'): Promise<string> {
    const key = userid.toLowerCase();
    const [found] = await db.query<{ id: string }>(
      `SELECT id FROM staff WHERE userid_key = ?
       UNION SELECT staff_id AS id FROM staff_former_userid WHERE userid_key = ?`,
      [key, key],
    );
    if (!found) throw fieldFault(path, 'unknown');
    return found.id;
  }

  return {
    refresh: () => db.transact(refresh),

    /** Something in the directory changed. Joins the caller's transaction; many at once lead to one refresh. */
    stale: (): Promise<void> => queue.add([{ kind, lane: 'event', payload: {}, serialKey: kind, dedupeKey: kind }]),

    handler: (): JobHandler => ({ kind, concurrency: 1, handle: (job) => job.commit(refresh) }),

    list: (query: EdgeQuery) => listEdges(db, query),

    /** @throws http.validation, scope.own_line */
    addLine: async ({ superior, userid }: { superior: string; userid: string }, viewer: Viewer): Promise<EdgeView> =>
      add({ superiorId: await staffIdOf(superior), staffId: await staffIdOf(userid), until: null }, 'manual', viewer),

    /** Lets the deputy see what `userid` sees. @throws http.validation, scope.own_line */
    nameDeputy: async (
      { deputy, userid, until }: { deputy: string; userid: string; until: Date },
      viewer: Viewer,
    ): Promise<EdgeView> =>
      add({ superiorId: await staffIdOf(deputy), staffId: await staffIdOf(userid), until }, 'deputy', viewer),

    /** @throws scope.no_edge, scope.derived_edge, scope.own_line */
    async remove(id: string, viewer: Viewer): Promise<void> {
      await db.transact(async () => {
        const edge = await store.edge(id);
        if (!edge) throw scopeError('no_edge');
        if (edge.created_by === null) throw scopeError('derived_edge');
        if ([edge.superior_id, edge.staff_id].includes(viewer.staffId ?? '')) throw scopeError('own_line');
        await store.removeEdges([id]);
        await refresh();
        await record(viewer, 'reporting.line_removed', edgeOfRow(edge));
      });
    },

    /** How a staff member stands today; undefined when nobody has the id. */
    async standing(staffId: string): Promise<Standing | undefined> {
      const [staff] = await db.query<{ status: string; departed_at: unknown }>(
        'SELECT status, departed_at FROM staff WHERE id = ?',
        [staffId],
      );
      if (!staff) return undefined;
      const above = await db.query<{ superior_id: string }>(
        'SELECT superior_id FROM reporting_reach WHERE staff_id = ? AND until IS NULL ORDER BY superior_id LIMIT 2',
        [staffId],
      );
      // Whom the tree does not know yet is not taken for the head of the company.
      const isHead = above.length === 1 && above[0]?.superior_id === staffId;
      return { isServing: isServing(staff), hasSuperior: !isHead };
    },

    staffIdOf,

    /** Userid and name of members by our ids. */
    async names(ids: string[]): Promise<Map<string, { userid: string; name: string | null }>> {
      const rows = await inChunks(ids, (chunk) => {
        const [condition, ...params] = isIn('id', chunk);
        const sql = `SELECT id, userid, name FROM staff WHERE ${condition}`;
        return db.query<{ id: string; userid: string; name: string | null }>(sql, params);
      });
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

async function settleEdges(store: ReportingStore, held: ReportingEdge[], wanted: ReportingEdge[]): Promise<void> {
  const keyOf = (edge: ReportingEdge) => `${edge.superior_id} ${edge.staff_id} ${edge.source}`;
  const known = new Map(held.map((edge) => [keyOf(edge), edge]));
  const fresh = wanted.filter((edge) => known.get(keyOf(edge))?.closes_cycle !== edge.closes_cycle);
  const keys = new Set(wanted.map(keyOf));
  const gone = held.filter((edge) => edge.created_by === null && !keys.has(keyOf(edge)));
  await store.removeEdges(gone.map(({ id }) => id));
  await store.addEdges(fresh);
}

async function settleReach(store: ReportingStore, wanted: Reached[]): Promise<void> {
  const keyOf = ({ superiorId, staffId, until }: Reached) => `${superiorId} ${staffId} ${until?.getTime() ?? ''}`;
  const held = await store.reach();
  const [heldKeys, wantedKeys] = [new Set(held.map(keyOf)), new Set(wanted.map(keyOf))];
  await store.removeReach(held.filter((one) => !wantedKeys.has(keyOf(one))));
  await store.addReach(wanted.filter((one) => !heldKeys.has(keyOf(one))));
}
