import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf, type Condition, given, isIn } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ConversationViews } from '../../archive/conversations';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { DomainEvents } from '../../kernel/events';
import type { Evidence } from '../../kernel/evidence';
import type { ScopeService } from '../../kernel/scope';
import type { Draft, Explained, Finder } from './draft';
import type { Exceptions } from './exceptions.service';
import type { Finding, FindingCase, FindingState, Severity } from './finding.entity';
import { findingError } from './finding.errors';
import { createFindingMessages, type Passage } from './finding-messages';
import type { Decision, FindingQuery, FindingView, OpenedFinding, TodayView } from './findings.schema';
import { createFindingStore } from './findings.store';
import { todayFigures } from './today.report';
import { toldBy } from './told.report';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  evidence: Pick<Evidence, 'append'>;
  events: Pick<DomainEvents, 'publish'>;
  scopes: ScopeService;
  conversations: Pick<ConversationViews, 'messages'>;
  exceptions: Pick<Exceptions, 'suppress'>;
}

type Row = Finding & Pick<FindingCase, 'state' | 'decided_by' | 'decided_at'> & { case_version: number };

type Order = 'f.id' | 'f.id DESC';
const fewShown = 6;

/** What may follow. What was decided is open to a second thought, which is a step of its own. */
const next: Readonly<Record<FindingState, readonly Decision['state'][]>> = {
  open: ['reviewing', 'confirmed', 'cleared', 'escalated'],
  reviewing: ['confirmed', 'cleared', 'escalated'],
  escalated: ['reviewing', 'confirmed', 'cleared'],
  confirmed: ['reviewing'],
  cleared: ['reviewing'],
};

export type FindingService = ReturnType<typeof createFindingService>;

/** Findings and what people decide on them (WCM-03, WCM-06). */
export function createFindingService({ db, audit, evidence, events, scopes, conversations, exceptions }: Deps) {
  const store = createFindingStore({ db, evidence });
  const messagesOf = createFindingMessages({ db, audit, conversations });

  async function add(finder: Finder, draft: Draft, quietly: boolean): Promise<boolean> {
    if (await exceptions.suppress(finder, draft)) return false;
    const id = await store.add(finder, draft);
    if (id === undefined || quietly) return id !== undefined;
    const { userid = null, externalUserid = null, chatId = null, severity, evidenceLevel } = draft;
    const about = { userid, external_userid: externalUserid, chat_id: chatId };
    const data = { finding_id: id, detector: finder.code, severity, evidence_level: evidenceLevel, ...about };
    await events.publish([{ type: 'finding.raised', occurred_at: draft.occurredAt, data }]);
    return true;
  }

  async function clear(dedupeKey: string, by: Explained['by']): Promise<boolean> {
    const [row] = await rowsWhere([['f.dedupe_key = ?', dedupeKey], ["c.state = 'open'"]], 1);
    if (!row) return false;
    const findingId = Number(row.id);
    if (!(await store.move(findingId, Number(row.case_version), 'cleared', 'system'))) return false;
    await store.note({ findingId, state: 'cleared', actor: 'system', reason: 'explained', comment: by });
    const [action, target] = ['finding.explained', `finding:${row.id}`];
    await audit.record({ actor: 'system', action, target, result: 'ok', detail: { detector: row.detector, by } });
    return true;
  }

  /** Of the viewer's line, and of nobody they may not judge: themselves, and whoever stands above them. */
  async function visibleTo(viewer: Viewer): Promise<Condition[]> {
    const within = (await scopes.of(viewer)).userid('f.userid');
    const barred = await scopes.barred(viewer);
    const others: Condition[] =
      barred.length === 0
        ? []
        : [[`(f.userid IS NULL OR f.userid NOT IN (${placeholders(barred.length)}))`, ...barred]];
    return [...(within ? [within] : []), ...others];
  }

  async function rowsWhere(
    conditions: readonly Condition[],
    limit: number,
    order: Order = 'f.id DESC',
  ): Promise<Row[]> {
    const { where, params } = allOf(conditions);
    return db.query<Row>(
      `SELECT f.*, c.state, c.version AS case_version, c.decided_by, c.decided_at
       FROM finding f JOIN finding_case c ON c.finding_id = f.id WHERE ${where} ORDER BY ${order} LIMIT ?`,
      [...params, limit],
    );
  }

  async function known(id: string, viewer: Viewer): Promise<Row> {
    const [row] = await rowsWhere([['f.id = ?', Number(id)], ...(await visibleTo(viewer))], 1);
    if (!row) throw findingError('not_found', { id });
    return row;
  }

  async function opened(row: Row, viewer: Viewer): Promise<OpenedFinding> {
    const steps = await store.stepsOf(Number(row.id));
    const names = await audit.names(steps.map(({ actor }) => actor));
    const supports = await store.supportsOf(Number(row.id));
    const view = viewOf(row);
    const told = await toldBy(db, [...view.evidence, ...supports], await visibleTo(viewer));
    return {
      ...view,
      evidence: view.evidence.map((one) => ({ ...one, told: told(one) })),
      supports: supports.map(({ source, ref, hash, at }) => ({
        ...{ source, ref, hash, at: iso(at), told: told({ source, ref }) },
      })),
      steps: steps.map(({ state, actor, at, reason, comment }) => ({
        ...{ state, by: { actor, name: names.get(actor) ?? null }, at: iso(at), reason, comment },
      })),
    };
  }

  const record = (action: string, row: Row, { viewer, address }: By, detail: object): Promise<unknown> =>
    audit.record({
      ...{ actor: actorOf(viewer), action, target: `finding:${row.id}`, result: 'ok', address },
      detail: { detector: row.detector, ...detail },
    });

  return {
    /**
     * Writes down what was found, and tells of it unless it happened long ago and is `quietly` caught up on; what is
     * known is passed over. Inside a transaction. @returns how many are new
     */
    async raise(finder: Finder, drafts: readonly Draft[], { quietly = false } = {}): Promise<number> {
      let count = 0;
      for (const draft of drafts) if (await add(finder, draft, quietly)) count++;
      return count;
    },

    /**
     * Clears what turned out to be explained. Whatever a person has taken up is theirs to judge. Inside a transaction.
     * @returns how many were cleared
     */
    async explain(finder: Finder, explained: readonly Explained[]): Promise<number> {
      let count = 0;
      for (const { key, by } of explained) if (await clear(`${finder.code}:${key}`, by)) count++;
      return count;
    },

    /** Another source tells of the same. Inside a transaction. */
    support: store.support,

    /** Newest first. @throws paging.bad_cursor */
    async list(query: FindingQuery, viewer: Viewer): Promise<Page<FindingView>> {
      const rows = await rowsWhere([...conditionsOf(query), ...(await visibleTo(viewer))], query.limit + 1);
      return toPage(rows, query.limit, ({ id }) => [Number(id)], viewOf);
    },

    /** What waits to be judged, and what came in. */
    async today(viewer: Viewer): Promise<TodayView> {
      const visible = await visibleTo(viewer);
      const some = async (severities: readonly Severity[], order: Order) =>
        (await rowsWhere([["c.state = 'open'"], isIn('f.severity', severities), ...visible], fewShown, order)).map(
          viewOf,
        );
      return {
        ...(await todayFigures(db, visible)),
        newest: await some(['high', 'critical'], 'f.id DESC'),
        waiting: await some(['medium', 'high', 'critical'], 'f.id'),
      };
    },

    /** One with its steps; that it was opened is recorded before it is shown. @throws finding.not_found */
    async open(id: string, by: By): Promise<OpenedFinding> {
      const row = await known(id, by.viewer);
      const shown = await opened(row, by.viewer);
      await record('finding.opened', row, by, {});
      return shown;
    },

    /** What was said around its evidence. @throws finding.not_found, conversation.not_found */
    messages: async (id: string, by: By): Promise<{ items: Passage[] }> => ({
      items: await messagesOf(viewOf(await known(id, by.viewer)), by),
    }),

    /** Findings (`f`) of the viewer's line, and of nobody they may not judge. */
    visibleTo,

    /** @throws finding.not_found, wrong_state, reason_needed, comment_needed */
    async decide(id: string, { state, reason, comment, version }: Decision, by: By): Promise<OpenedFinding> {
      const row = await known(id, by.viewer);
      if (!next[row.state].includes(state)) throw findingError('wrong_state', { state: row.state });
      if (state === 'cleared' && reason === undefined) throw findingError('reason_needed');
      if (state !== 'reviewing' && comment === undefined) throw findingError('comment_needed');
      const actor = actorOf(by.viewer);
      await db.transact(async () => {
        if (!(await store.move(Number(row.id), version, state, actor))) throw findingError('wrong_state');
        await store.note({ findingId: Number(row.id), state, actor, reason, comment });
        await record('finding.decided', row, by, { state, reason: reason ?? null });
      });
      return opened(await known(id, by.viewer), by.viewer);
    },
  };
}

const viewOf = (row: Row): FindingView => ({
  ...{ id: String(row.id), detector: row.detector, version: Number(row.version) },
  ...{ evidence_level: row.evidence_level, severity: row.severity, state: row.state },
  ...{ userid: row.userid, external_userid: row.external_userid, chat_id: row.chat_id },
  ...{ occurred_at: iso(toDate(row.occurred_at)), detected_at: iso(toDate(row.detected_at)) },
  ...{ features: JSON.parse(row.features), evidence: JSON.parse(row.evidence) },
  case_version: Number(row.case_version),
  ...{ decided_by: row.decided_by, decided_at: isoOrNull(toDateOrNull(row.decided_at)) },
});

function conditionsOf({ cursor, detector, severity, state, userid, external_userid }: FindingQuery): Condition[] {
  return given([
    ['f.detector = ?', detector],
    ['f.severity = ?', severity],
    ['c.state = ?', state],
    ['f.userid = ?', userid],
    ['f.external_userid = ?', external_userid],
    ['f.id < ?', cursor === undefined ? undefined : counterIn(cursor)],
  ]);
}
