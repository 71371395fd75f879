import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, anyOf, type Condition, never } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull, type Value } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ApprovalService, By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ArchiveHold } from './holds.entity';
import { holdError } from './holds.errors';
import { type HoldQuery, type HoldView, type NewHold, releasePayload } from './holds.schema';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
}

const act = 'archive.release_hold';

export type Holds = ReturnType<typeof createHolds>;

/** Legal holds (A8): each stands for itself, and what any of them holds is neither purged nor erased. */
export function createHolds({ db, audit, approvals }: Deps) {
  const released: (() => Promise<void>)[] = [];

  async function find(id: string): Promise<ArchiveHold> {
    const [row] = await db.query<ArchiveHold>('SELECT * FROM archive_hold WHERE id = ?', [id]);
    if (!row) throw holdError('not_found', { id });
    return row;
  }

  async function active(id: string): Promise<ArchiveHold> {
    const hold = await find(id);
    if (hold.released_at !== null) throw holdError('released', { id });
    return hold;
  }

  /** Whoever makes a hold and whoever purges wait for each other: a hold that was answered holds. */
  const guard = (): Promise<number> => {
    const into = { table: 'archive_hold_guard', columns: ['id', 'moved_at'] };
    return insertRows(db, { ...into, onConflict: { keys: ['id'], update: ['moved_at'] } }, [[1, db.now()]]);
  };

  const record = (done: string, id: string, { viewer, address }: By, more: { reason?: string; detail: object }) =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `archive.hold_${done}`, target: `hold:${id}`, result: 'ok', address },
      ...more,
    });

  async function release({ id }: { id: string }, by: By, approvedBy: string | null): Promise<HoldView> {
    const hold = await active(id);
    await db.transact(async () => {
      await guard();
      const sql = `UPDATE archive_hold SET released_at = ?, released_by = ?, approved_by = ?
        WHERE id = ? AND released_at IS NULL`;
      const values = [db.now(), actorOf(by.viewer), approvedBy, id];
      if ((await db.execute(sql, values)) !== 1) throw holdError('released', { id });
      const detail = { matter: hold.matter, approved_by: approvedBy };
      await record('released', id, by, { detail });
      for (const heard of released) await heard();
    });
    return viewOf(await find(id));
  }

  approvals.define<{ id: string }>({
    ...{ key: act, asks: 'archive:hold', decides: 'archive:hold', payload: releasePayload },
    async describe({ id }) {
      const { name, matter } = await active(id);
      return { target: `hold:${id}`, subject: `${name} (${matter})` };
    },
    execute: (payload, by, decided) => release(payload, by, decided.by),
  });

  /** Makes views of holds, with today's names of those who acted. */
  async function viewer(holds: readonly ArchiveHold[]): Promise<(hold: ArchiveHold) => HoldView> {
    const names = await audit.names(
      holds.flatMap(({ created_by, released_by, approved_by }) => [created_by, released_by, approved_by]),
    );
    return (hold) => holdView(hold, names);
  }
  const viewOf = async (hold: ArchiveHold): Promise<HoldView> => (await viewer([hold]))(hold);

  return {
    guard,

    /** Hears of every release, in its transaction. */
    onRelease: (heard: () => Promise<void>): void => void released.push(heard),

    /** Messages (`alias` of archive_message) that a hold keeps. Inside a purge: after `guard`. */
    async held(alias: string): Promise<Condition> {
      const holds = await db.query<ArchiveHold>('SELECT * FROM archive_hold WHERE released_at IS NULL');
      return holds.length === 0 ? never : anyOf(holds.map((hold) => holdsMessage(hold, alias)));
    },

    async create({ from, to, ...body }: NewHold, by: By): Promise<HoldView> {
      const id = newId();
      const { userid = null, external_userid = null, chat_id = null, conversation_id = null } = body;
      const named = { userid, external_userid, chat_id, conversation_id };
      const row: Record<string, Value> = {
        ...{ id, name: body.name, matter: body.matter, reason: body.reason, ...named },
        ...{ from_at: from === undefined ? null : new Date(from), to_at: to === undefined ? null : new Date(to) },
        ...{ created_by: actorOf(by.viewer), created_at: db.now() },
      };
      await db.transact(async () => {
        await guard();
        await insertRows(db, { table: 'archive_hold', columns: Object.keys(row) }, [Object.values(row)]);
        const detail = { name: body.name, matter: body.matter, ...named, from: from ?? null, to: to ?? null };
        await record('created', id, by, { reason: body.reason.slice(0, 255), detail });
      });
      return viewOf(await find(id));
    },

    /** Nobody releases alone. @throws approval.required, hold.not_found, hold.released */
    async release(id: string): Promise<HoldView> {
      await active(id);
      throw approvals.required(act, { id });
    },

    /** With how many messages it holds today. @throws hold.not_found */
    async get(id: string): Promise<HoldView & { messages: number }> {
      const hold = await find(id);
      const [where, ...params] = holdsMessage(hold, 'm');
      const sql = `SELECT COUNT(*) AS n FROM archive_message m WHERE ${where}`;
      const [row] = await db.query<{ n: unknown }>(sql, params);
      return { ...(await viewOf(hold)), messages: Number(row?.n ?? 0) };
    },

    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, state, matter }: HoldQuery): Promise<Page<HoldView>> {
      const { where, params } = allOf([
        ...(cursor === undefined ? [] : [['id < ?', textIn(cursor)] as const]),
        ...(state === undefined ? [] : [[`released_at IS ${state === 'active' ? '' : 'NOT '}NULL`] as const]),
        ...(matter === undefined ? [] : [['matter = ?', matter] as const]),
      ]);
      const sql = `SELECT * FROM archive_hold WHERE ${where} ORDER BY id DESC LIMIT ?`;
      const rows = await db.query<ArchiveHold>(sql, [...params, limit + 1]);
      return toPage(rows, limit, ({ id }) => [id], await viewer(rows));
    },
  };
}

/** All that the hold names fits the message. */
function holdsMessage(hold: ArchiveHold, alias: string): Condition {
  const takesPart = `${alias}.conversation_id IN (SELECT h.conversation_id FROM archive_participant h WHERE h.person = ?)`;
  const inGroup = `${alias}.conversation_id IN (SELECT h.id FROM archive_conversation h WHERE h.chat_id = ?)`;
  const named: Condition[] = [
    ...(hold.userid === null ? [] : [[takesPart, hold.userid] as const]),
    ...(hold.external_userid === null ? [] : [[takesPart, hold.external_userid] as const]),
    ...(hold.chat_id === null ? [] : [[inGroup, hold.chat_id] as const]),
    ...(hold.conversation_id === null ? [] : [[`${alias}.conversation_id = ?`, hold.conversation_id] as const]),
    ...(hold.from_at === null ? [] : [[`${alias}.sent_at >= ?`, toDate(hold.from_at)] as const]),
    ...(hold.to_at === null ? [] : [[`${alias}.sent_at < ?`, toDate(hold.to_at)] as const]),
  ];
  const { where, params } = allOf(named);
  return [`(${where})`, ...params];
}

function holdView(hold: ArchiveHold, names: ReadonlyMap<string, string>): HoldView {
  const { id, name, matter, reason, created_by, released_by, approved_by } = hold;
  const nameOf = (actor: string | null): string | null => (actor === null ? null : (names.get(actor) ?? null));
  return {
    ...{ id, name, matter, reason, created_by, released_by, approved_by },
    ...{ created_by_name: nameOf(created_by), released_by_name: nameOf(released_by) },
    approved_by_name: nameOf(approved_by),
    state: hold.released_at === null ? 'active' : 'released',
    ...{ userid: hold.userid, external_userid: hold.external_userid, chat_id: hold.chat_id },
    conversation_id: hold.conversation_id,
    ...{ from: isoOrNull(toDateOrNull(hold.from_at)), to: isoOrNull(toDateOrNull(hold.to_at)) },
    ...{ created_at: iso(toDate(hold.created_at)), released_at: isoOrNull(toDateOrNull(hold.released_at)) },
  };
}
