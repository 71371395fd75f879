import { maskPersonal } from '../../../core/mask';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf, type Condition, given } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { Losses } from './deletions.store';
import { lossRate } from './health';
import type { RecordQuery, RecordView, SourcesView } from './logs.schema';
import { type RecordStore, type StoredRecord, toRecord } from './records.store';
import type { SecurityRecord, SecuritySourceRow } from './security-record.entity';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  scopes: ScopeService;
  store: Pick<RecordStore, 'bodies' | 'sources'>;
  losses: () => Promise<Losses | null>;
}

/** Lines of the logs as people see them. */
export function createLogViews({ db, audit, scopes, store, losses }: Deps) {
  /** The logs belong to the company, like the audit trail; whoever leads a line sees the line. Nobody sees their own. */
  async function visibleTo(viewer: Viewer): Promise<Condition[]> {
    const within = viewer.reach === 'line' ? (await scopes.of(viewer)).userid('userid') : null;
    const barred = await scopes.barred(viewer);
    const others: Condition = [`(userid IS NULL OR userid NOT IN (${placeholders(barred.length)}))`, ...barred];
    return [...(within ? [within] : []), ...(barred.length > 0 ? [others] : [])];
  }

  async function viewsOf(rows: readonly StoredRecord[], viewer: Viewer): Promise<RecordView[]> {
    const bodies = viewer.reach === 'nobody' ? new Map() : await store.bodies(rows.map(({ digest }) => digest));
    return rows.map(({ id, digest, occurred_at, fetched_at, ...row }) => ({
      ...{ id: String(id), source: row.source, occurred_at: iso(occurred_at), userid: row.userid },
      ...{ type: row.type, detail_type: row.detail_type, fetched_at: iso(fetched_at) },
      detail: masked(bodies.get(digest)),
    }));
  }

  return {
    /** As they came to be known, newest first. That somebody looked is recorded before it is shown. @throws paging.bad_cursor */
    async list({ limit, cursor, ...query }: RecordQuery, { viewer, address }: By): Promise<Page<RecordView>> {
      const conditions = [...conditionsOf(query), ...(await visibleTo(viewer))];
      if (cursor !== undefined) conditions.push(['id < ?', counterIn(cursor)]);
      const { where, params } = allOf(conditions);
      const sql = `SELECT * FROM security_record WHERE ${where} ORDER BY id DESC LIMIT ?`;
      const rows = (await db.query<SecurityRecord>(sql, [...params, limit + 1])).map(toRecord);
      const { items, next_cursor } = toPage(
        rows,
        limit,
        ({ id }) => [id],
        (row) => row,
      );
      const shown = await viewsOf(items, viewer);
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'security_record.viewed', target: 'security_record:list', result: 'ok' },
        ...{ address, detail: { ...query, shown: shown.length } },
      });
      return { items: shown, next_cursor };
    },

    async sources(): Promise<SourcesView> {
      const lost = await losses();
      return {
        sources: (await store.sources()).map(sourceView),
        deletions: lost && { ...lost, loss_rate: lossRate(lost) },
      };
    },
  };
}

function conditionsOf({ source, userid, from, to }: Omit<RecordQuery, 'limit' | 'cursor'>): Condition[] {
  return given([
    ['source = ?', source],
    ['userid = ?', userid],
    ['occurred_at >= ?', from],
    ['occurred_at < ?', to],
  ]);
}

const masked = (body: Readonly<Record<string, unknown>> | undefined): RecordView['detail'] =>
  body === undefined
    ? null
    : Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? maskPersonal(value) : value]),
      );

const sourceView = ({ source, state, errcode, fault, ...row }: SecuritySourceRow): SourcesView['sources'][number] => ({
  ...{ source, state, errcode, fault },
  ...{ since: isoOrNull(row.since), watermark: isoOrNull(row.watermark) },
  ...{ asked_at: isoOrNull(row.asked_at), answered_at: isoOrNull(row.answered_at) },
  gap: row.gap_from && row.gap_to && { from: iso(row.gap_from), to: iso(row.gap_to) },
});
