import { days } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, placeholders, toDate, type Value } from '../../../db/database';
import type { ItemKind } from './handovers.entity';
import type { Giver } from './handovers.store';
import { openStates } from './item-rows';
import type { Mover } from './planning';

/** What a plan is about: everything of the givers, nothing, or these. */
export type Chosen = 'all' | 'none' | readonly string[];

interface Scope {
  external_contacts: Chosen;
  group_chats: Chosen;
  /** Whether the findings about a pair may be counted: they say something of the giver. */
  withFindings: boolean;
}

/** A mover with what it is called. */
export interface NamedMover extends Mover {
  name: string;
}

/** What WeCom can move of somebody who left, and of somebody who serves. */
export const movableStates = ['unassigned', 'active', 'deleted_by_external'] as const;
const corpTag = 1;
const protectedMs = days(90);

type PairRow = { id: string; external_userid: string; staff_id: string; state: string; name: string };
type Transfers = { count: number; last: Date };
type TransferRow = { subject: string; n: unknown; last: unknown };
type GivenBy = Pick<Giver, 'staff_id' | 'userid'>;

const listed = (column: string, chosen: Chosen): Condition[] =>
  typeof chosen === 'string' ? [] : [isIn(column, chosen)];

/** By a subject: what belongs to it. */
async function valuesBy(db: Database, sql: string, params: Value[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ subject: string; value: string }>(sql, params);
  return new Map(
    [...groupBy(rows, ({ subject }) => subject)].map(([key, all]) => [key, all.map(({ value }) => value)]),
  );
}

/** Everything the givers hold that can be handed over, with what the rules ask about it. */
export async function moversOf(db: Database, givers: readonly GivenBy[], scope: Scope): Promise<NamedMover[]> {
  const chats = scope.group_chats === 'none' ? [] : await groupChatsOf(db, givers, scope.group_chats);
  const contacts = scope.external_contacts === 'none' ? [] : await contactsOf(db, givers, scope);
  return together(db, [...chats, ...contacts]);
}

async function contactsOf(db: Database, givers: readonly GivenBy[], scope: Scope): Promise<NamedMover[]> {
  const movers: NamedMover[] = [];
  for (const giver of givers) movers.push(...(await contactsOfOne(db, giver, scope)));
  return movers;
}

async function contactsOfOne(
  db: Database,
  { staff_id, userid }: GivenBy,
  { external_contacts, withFindings }: Scope,
): Promise<NamedMover[]> {
  const isAll = typeof external_contacts === 'string';
  // What somebody names is planned whatever its state, and warned of: that it cannot be moved is worth knowing.
  const state: Condition[] = isAll ? [isIn('r.state', movableStates)] : [];
  const chunks = isAll ? [external_contacts] : chunked([...new Set(external_contacts)]);
  const rows: PairRow[] = [];
  for (const chunk of chunks) {
    const { where, params } = allOf([['r.staff_id = ?', staff_id], ...state, ...listed('r.external_userid', chunk)]);
    rows.push(
      ...(await db.query<PairRow>(
        `SELECT r.id, r.external_userid, r.staff_id, r.state, e.name FROM relation r
         LEFT JOIN external_contact e ON e.external_userid = r.external_userid WHERE ${where} ORDER BY r.id`,
        params,
      )),
    );
  }
  const facts = await factsOf(db, staff_id, userid, withFindings);
  return rows.map((row): NamedMover => {
    const transfers = facts.transfers.get(row.external_userid);
    return {
      ...{ kind: 'external_contact', id: row.external_userid, from: userid, name: row.name ?? row.external_userid },
      ...{ tags: facts.tags.get(row.external_userid) ?? [], together: [] },
      known_to: facts.knownTo.get(row.external_userid) ?? [],
      formerly_known_to: facts.formerlyKnownTo.get(row.external_userid) ?? [],
      ...{ weight: 1, transfers_in_90_days: transfers?.count ?? 0, last_transfer_at: transfers?.last ?? null },
      ...{ relation_state: row.state, open_findings: facts.findings.get(row.external_userid)?.length ?? 0 },
      in_another_handover: facts.moving.has(row.external_userid),
    };
  });
}

const chunked = (ids: readonly string[]): string[][] => {
  const chunks: string[][] = [];
  for (let i = 0; i < ids.length; i += 500) chunks.push(ids.slice(i, i + 500));
  return chunks;
};

/** Of all that one giver holds, in a few questions. */
async function factsOf(db: Database, staffId: string, userid: string, withFindings: boolean) {
  const theirs =
    'FROM relation r JOIN relation o ON o.external_userid = r.external_userid AND o.staff_id <> r.staff_id';
  const others = (state: string) =>
    valuesBy(
      db,
      `SELECT r.external_userid AS subject, s.userid AS value ${theirs} JOIN staff s ON s.id = o.staff_id
       WHERE r.staff_id = ? AND ${state} ORDER BY o.started_at`,
      [staffId],
    );
  return {
    tags: await valuesBy(
      db,
      `SELECT r.external_userid AS subject, t.tag_key AS value FROM relation r
       JOIN relation_tag t ON t.relation_id = r.id WHERE r.staff_id = ? AND t.type = ?`,
      [staffId, corpTag],
    ),
    knownTo: await others("o.state = 'active'"),
    formerlyKnownTo: await others("o.state <> 'active'"),
    transfers: await transfersOf(db, staffId),
    moving: await movingOf(db, [staffId], 'external_contact'),
    findings: withFindings
      ? await valuesBy(
          db,
          `SELECT f.external_userid AS subject, f.detector AS value FROM finding f
           JOIN finding_case k ON k.finding_id = f.id
           WHERE f.userid = ? AND f.external_userid IS NOT NULL AND k.state IN ('open', 'reviewing', 'escalated')`,
          [userid],
        )
      : new Map<string, string[]>(),
  };
}

/** Of contacts that changed hands in the last 90 days, how often and when last: whoever gave them. */
async function transfersOf(db: Database, staffId: string): Promise<Map<string, Transfers>> {
  const rows = await db.query<TransferRow>(
    `SELECT r.external_userid AS subject, COUNT(*) AS n, MAX(h.occurred_at) AS last FROM relation r
     JOIN relation o ON o.external_userid = r.external_userid
     JOIN relation_history h ON h.relation_id = o.id AND h.kind = 'transferred_out' AND h.occurred_at >= ?
     WHERE r.staff_id = ? GROUP BY r.external_userid`,
    [new Date(db.now().getTime() - protectedMs), staffId],
  );
  return countedBySubject(rows);
}

const countedBySubject = (rows: readonly TransferRow[]): Map<string, Transfers> =>
  new Map(rows.map(({ subject, n, last }) => [subject, { count: Number(n), last: toDate(last) }]));

/** Ids of what WeCom is moving away from them, by whatever handover. */
async function movingOf(db: Database, staffIds: string[], kind: ItemKind): Promise<Set<string>> {
  const { where, params } = allOf([
    isIn('i.from_staff_id', staffIds),
    ['i.kind = ?', kind],
    isIn('i.state', openStates),
  ]);
  const rows = await db.query<{ id: string }>(`SELECT i.subject_id AS id FROM handover_item i WHERE ${where}`, params);
  return new Set(rows.map(({ id }) => id));
}

/** Of group chats that changed hands in service in the last 90 days, how often and when last: whoever gave them. */
async function chatTransfersOf(db: Database, ids: string[]): Promise<Map<string, Transfers>> {
  const since = new Date(db.now().getTime() - protectedMs);
  const rows = await inChunks(ids, (chunk) => {
    const { where, params } = allOf([
      isIn('i.subject_id', chunk),
      ["i.kind = 'group_chat' AND i.state = 'taken_over' AND i.resigned = ? AND i.settled_at >= ?", false, since],
    ]);
    return db.query<TransferRow>(
      `SELECT i.subject_id AS subject, COUNT(*) AS n, MAX(i.settled_at) AS last FROM handover_item i
       WHERE ${where} GROUP BY i.subject_id`,
      params,
    );
  });
  return countedBySubject(rows);
}

async function groupChatsOf(db: Database, givers: readonly GivenBy[], chosen: Chosen): Promise<NamedMover[]> {
  const owners = givers.map(({ userid }) => userid);
  const read = (chunk: Chosen) => {
    const { where, params } = allOf([isIn('g.owner', owners), ["g.state = 'active'"], ...listed('g.chat_id', chunk)]);
    return db.query<{ chat_id: string; owner: string; name: string; state: string }>(
      `SELECT g.chat_id, g.owner, g.name, g.state FROM group_chat g WHERE ${where} ORDER BY g.id`,
      params,
    );
  };
  const rows = typeof chosen === 'string' ? await read(chosen) : await inChunks([...new Set(chosen)], read);
  const ids = rows.map(({ chat_id }) => chat_id);
  const transfers = await chatTransfersOf(db, ids);
  const giverIds = givers.map(({ staff_id }) => staff_id);
  const moving = await movingOf(db, giverIds, 'group_chat');
  return rows.map((row) => ({
    ...{ kind: 'group_chat', id: row.chat_id, from: row.owner, name: row.name, tags: [], together: [], weight: 1 },
    ...{ known_to: [], formerly_known_to: [], transfers_in_90_days: transfers.get(row.chat_id)?.count ?? 0 },
    ...{ last_transfer_at: transfers.get(row.chat_id)?.last ?? null, relation_state: row.state, open_findings: 0 },
    in_another_handover: moving.has(row.chat_id),
  }));
}

/** Who of those that are handed over is in which of the group chats that are. */
async function together(db: Database, movers: NamedMover[]): Promise<NamedMover[]> {
  const chats = movers.filter(({ kind }) => kind === 'group_chat').map(({ id }) => id);
  const contacts = new Set(movers.filter(({ kind }) => kind === 'external_contact').map(({ id }) => id));
  const rows = await inChunks(chats, (chunk) =>
    db.query<{ chat_id: string; userid: string }>(
      `SELECT chat_id, userid FROM group_chat_member WHERE type = 2 AND chat_id IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  const inside = rows.filter(({ userid }) => contacts.has(userid));
  const members = groupBy(inside, ({ chat_id }) => chat_id);
  const groups = groupBy(inside, ({ userid }) => userid);
  return movers.map((mover) => ({
    ...mover,
    together:
      mover.kind === 'group_chat'
        ? (members.get(mover.id) ?? []).map(({ userid }) => userid)
        : (groups.get(mover.id) ?? []).map(({ chat_id }) => chat_id),
  }));
}
