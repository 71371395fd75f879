import type { z } from 'zod';
import { days } from '../../../core/clock';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { inChunks, insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { DomainEvents } from '../../kernel/events';
import type { ScopeService } from '../../kernel/scope';
import type { Difference, DifferenceState } from './reconciliation.entity';
import { differenceError } from './reconciliation.errors';
import type { DifferenceQuery, differenceView } from './reconciliation.schema';

/** Something in which our copy and WeCom disagreed, about to be written down. */
export interface NewDifference {
  kind: string;
  userid?: string | undefined;
  externalUserid?: string | undefined;
  chatId?: string | undefined;
  /** What it is about when that is none of the three: a tag, a department. */
  subject?: string | undefined;
  state: DifferenceState;
  explanation?: string | null;
  detail: object;
}

interface Deps {
  db: Database;
  scopes: ScopeService;
  events: Pick<DomainEvents, 'publish'>;
  audit: Pick<AuditService, 'record'>;
}

/** Somebody's word that a member really lost so many holds this long. */
const acceptedMs = days(2);

export type Differences = ReturnType<typeof createDifferences>;

export function createDifferences({ db, scopes, events, audit }: Deps) {
  const settle = (id: number, state: DifferenceState, explanation: string | null) =>
    db.execute('UPDATE difference SET state = ?, explanation = ?, settled_at = ? WHERE id = ?', [
      ...[state, explanation, db.now(), id],
    ]);

  return {
    /** Must run inside `transact`, with the change it tells of. */
    add: (runId: string, found: NewDifference[]) =>
      insertRows(
        db,
        {
          table: 'difference',
          columns: [
            'run_id',
            'kind',
            'subject',
            'userid',
            'external_userid',
            'chat_id',
            'state',
            'explanation',
            'detail',
            'found_at',
          ],
        },
        found.map((d) => [
          runId,
          d.kind,
          d.subject ?? [d.userid, d.externalUserid, d.chatId].filter(Boolean).join(' '),
          d.userid ?? null,
          d.externalUserid ?? null,
          d.chatId ?? null,
          d.state,
          d.explanation ?? null,
          JSON.stringify(d.detail),
          db.now(),
        ]),
      ),

    /** Differences of a run that a second look must settle: unconfirmed, or not explained yet. */
    async open(runId: string, afterId: number): Promise<Difference[]> {
      const rows = await db.query<Difference>(
        "SELECT * FROM difference WHERE run_id = ? AND id > ? AND (state = 'unconfirmed' OR (state = 'applied' AND explanation IS NULL)) ORDER BY id LIMIT 500",
        [runId, afterId],
      );
      return rows.map((row) => ({ ...row, id: Number(row.id), found_at: toDate(row.found_at) }));
    },

    settle,

    /** A second look found it too: others are told. Must run inside `transact`. */
    async confirm(difference: Difference, explanation: string): Promise<void> {
      const { id, run_id, kind, userid, external_userid, chat_id } = difference;
      await settle(id, 'confirmed', explanation);
      const data = { run_id, difference_id: Number(id), kind, userid, external_userid, chat_id, explanation };
      await events.publish([{ type: 'reconciliation.difference_confirmed', occurred_at: db.now(), data }]);
    },

    /**
     * Somebody has looked into it: what vanished of a member at once is really lost, and the next reconciliation treats
     * it as such. @throws difference.not_found, not_held
     */
    async accept(id: number, { viewer, address }: By): Promise<View> {
      const within = (await scopes.of(viewer)).userid('userid');
      const { where, params } = allOf([['id = ?', id], ...(within ? [within] : [])]);
      const find = async () => (await db.query<Difference>(`SELECT * FROM difference WHERE ${where}`, params))[0];
      const found = await find();
      if (!found) throw differenceError('not_found', { id });
      const { kind, state, userid } = found;
      if (kind !== 'relations_shrank' || state !== 'held') throw differenceError('not_held', { id });
      const target = `staff:${userid}`;
      await db.transact(async () => {
        await settle(id, 'applied', 'accepted');
        const detail = { difference: id };
        await audit.record({
          actor: actorOf(viewer),
          action: 'difference.accepted',
          target,
          result: 'ok',
          address,
          detail,
        });
      });
      return viewOf({ ...found, ...(await find()) });
    },

    /** Whether somebody said so of this member lately. */
    async isAccepted(userid: string): Promise<boolean> {
      const sql = `SELECT id FROM difference WHERE subject = ? AND kind = 'relations_shrank' AND explanation = 'accepted'
        AND settled_at >= ? LIMIT 1`;
      return (await db.query(sql, [userid, new Date(db.now().getTime() - acceptedMs)])).length > 0;
    },

    /** What was found about a person loses its values; that it was found stays. Must run inside `transact`. @returns how many */
    async forget(externalUserid: string): Promise<number> {
      const sql = 'SELECT id FROM difference WHERE external_userid = ? AND detail IS NOT NULL';
      const ids = (await db.query<{ id: number }>(sql, [externalUserid])).map(({ id }) => id);
      await inChunks(ids, async (chunk) => {
        await db.execute(`UPDATE difference SET detail = NULL WHERE id IN (${placeholders(chunk.length)})`, chunk);
        return [];
      });
      return ids.length;
    },

    countOf: async (runId: string): Promise<Record<string, number>> => {
      const rows = await db.query<{ kind: string; n: unknown }>(
        'SELECT kind, COUNT(*) AS n FROM difference WHERE run_id = ? GROUP BY kind',
        [runId],
      );
      return Object.fromEntries(rows.map((row) => [row.kind, Number(row.n)]));
    },

    /** Newest first; of one run, or of all. */
    async list({ runId, ...query }: DifferenceQuery & { runId?: string }, viewer: Viewer): Promise<Page<View>> {
      const { limit, cursor, state, kind } = query;
      const within = (await scopes.of(viewer)).userid('userid');
      const parts: Condition[] = within ? [within] : [];
      if (runId) parts.push(['run_id = ?', runId]);
      if (state) parts.push(['state = ?', state]);
      if (kind) parts.push(['kind = ?', kind]);
      if (cursor) parts.push(['id < ?', counterIn(cursor)]);
      const { where, params } = allOf(parts);
      const sql = `SELECT * FROM difference WHERE ${where} ORDER BY id DESC LIMIT ?`;
      const rows = await db.query<Difference>(sql, [...params, limit + 1]);
      return toPage(rows, limit, (row) => [Number(row.id)], viewOf);
    },
  };
}

type View = z.input<typeof differenceView>;

const viewOf = (row: Difference): View => ({
  id: Number(row.id),
  run_id: row.run_id,
  kind: row.kind,
  subject: row.subject,
  userid: row.userid,
  external_userid: row.external_userid,
  chat_id: row.chat_id,
  state: row.state,
  explanation: row.explanation,
  detail: row.detail ? JSON.parse(row.detail) : null,
  found_at: iso(toDate(row.found_at)),
  settled_at: isoOrNull(toDateOrNull(row.settled_at)),
});
