import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { ItemState } from './handovers.entity';

type Reading = Pick<Database, 'query'>;

/** An external contact on its way, with who gives and who takes. */
export interface Handing {
  id: number;
  handover_id: string;
  kind: string;
  subject_id: string;
  state: ItemState;
  settled_at: Date | null;
  giver: { id: string; userid: string; name: string | null; departed_at: Date | null };
  successor: { id: string; userid: string; name: string | null } | null;
}

interface Row {
  id: unknown;
  handover_id: string;
  kind: string;
  subject_id: string;
  state: ItemState;
  settled_at: unknown;
  from_id: string;
  from_userid: string;
  from_name: string | null;
  departed_at: unknown;
  to_id: string | null;
  to_userid: string | null;
  to_name: string | null;
}

/** The newest that fits. @param conditions on `i`, the item */
export async function handingOf(db: Reading, conditions: readonly Condition[]): Promise<Handing | undefined> {
  const { where, params } = allOf(conditions);
  const [row] = await db.query<Row>(
    `SELECT i.id, i.handover_id, i.kind, i.subject_id, i.state, i.settled_at, f.departed_at,
       f.id AS from_id, f.userid AS from_userid, f.name AS from_name,
       t.id AS to_id, t.userid AS to_userid, t.name AS to_name
     FROM handover_item i JOIN staff f ON f.id = i.from_staff_id LEFT JOIN staff t ON t.id = i.to_staff_id
     WHERE ${where} ORDER BY i.id DESC LIMIT 1`,
    params,
  );
  if (!row) return undefined;
  const { to_id, to_userid, handover_id, kind, subject_id, state } = row;
  return {
    ...{ id: Number(row.id), handover_id, kind, subject_id, state, settled_at: toDateOrNull(row.settled_at) },
    giver: {
      id: row.from_id,
      userid: row.from_userid,
      name: row.from_name,
      departed_at: toDateOrNull(row.departed_at),
    },
    successor: to_id === null || to_userid === null ? null : { id: to_id, userid: to_userid, name: row.to_name },
  };
}

export interface Served {
  staff_id: string;
  userid: string;
  name: string | null;
  state: string;
  started_at: Date;
  ended_at: Date | null;
}

/** Who has, or had, the contact, the first one first. @param within on `r`, the relation */
export async function servedBy(db: Reading, externalUserid: string, within: Condition): Promise<Served[]> {
  const { where, params } = allOf([['r.external_userid = ?', externalUserid], within]);
  const rows = await db.query<Served>(
    `SELECT r.staff_id, s.userid, s.name, r.state, r.started_at, r.ended_at FROM relation r
     JOIN staff s ON s.id = r.staff_id WHERE ${where} ORDER BY r.started_at, r.id`,
    params,
  );
  return rows.map((row) => ({ ...row, started_at: toDate(row.started_at), ended_at: toDateOrNull(row.ended_at) }));
}

/** Group chats with the contact in which one of these is or was, or which they own. */
export function groupsWith(db: Reading, externalUserid: string, userids: readonly string[]) {
  const [owned, ...owners] = isIn('g.owner', userids);
  const [joined, ...members] = isIn('o.userid', userids);
  return db.query<{ chat_id: string; name: string; owner: string }>(
    `SELECT g.chat_id, g.name, g.owner FROM group_chat_member m JOIN group_chat g ON g.chat_id = m.chat_id
     WHERE m.userid = ? AND g.state = 'active'
       AND (${owned} OR EXISTS (SELECT 1 FROM group_chat_member o WHERE o.chat_id = g.chat_id AND ${joined}))
     ORDER BY g.id DESC`,
    [externalUserid, ...owners, ...members],
  );
}

export interface Talks {
  conversation_id: string;
  messages: number;
  first_at: Date;
  last_at: Date;
}

/** The chat of the two, if anything of it is archived. */
export async function talksOf(db: Reading, userid: string, externalUserid: string): Promise<Talks | undefined> {
  const [row] = await db.query<Talks>(
    `SELECT c.id AS conversation_id, c.messages, c.first_message_at AS first_at, c.last_message_at AS last_at
     FROM archive_participant p JOIN archive_conversation c ON c.id = p.conversation_id
     WHERE p.person = ? AND c.kind = 'single' AND c.userid = ?`,
    [externalUserid, userid],
  );
  return (
    row && { ...row, messages: Number(row.messages), first_at: toDate(row.first_at), last_at: toDate(row.last_at) }
  );
}

/** What the external contact wrote after the last word of the staff member. Nothing of it is opened. */
export async function unansweredIn(
  db: Reading,
  { conversation_id }: Pick<Talks, 'conversation_id'>,
  externalUserid: string,
): Promise<{ messages: number; since: Date } | null> {
  const [row] = await db.query<{ n: unknown; since: unknown }>(
    `SELECT COUNT(*) AS n, MIN(m.sent_at) AS since FROM archive_message m
     WHERE m.conversation_id = ? AND m.sender = ? AND m.action = 'send' AND m.id > (
       SELECT COALESCE(MAX(a.id), 0) FROM archive_message a
       WHERE a.conversation_id = ? AND a.sender <> ? AND a.action = 'send')`,
    [conversation_id, externalUserid, conversation_id, externalUserid],
  );
  const messages = Number(row?.n ?? 0);
  return row && messages > 0 ? { messages, since: toDate(row.since) } : null;
}

/** Whether the staff member wrote since. */
export async function wroteSince(
  db: Reading,
  { conversation_id }: Talks,
  userid: string,
  since: Date,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT m.id FROM archive_message m
     WHERE m.conversation_id = ? AND m.sender = ? AND m.action = 'send' AND m.sent_at > ? LIMIT 1`,
    [conversation_id, userid, since],
  );
  return rows.length > 0;
}

const mostFindings = 20;

/** Open findings about the contact, newest first. @param visible on `f`, the finding */
export async function openFindings(db: Reading, externalUserid: string, visible: readonly Condition[]) {
  const { where, params } = allOf([
    ['f.external_userid = ?', externalUserid],
    ["k.state IN ('open', 'reviewing', 'escalated')"],
    ...visible,
  ]);
  const rows = await db.query<{ id: unknown; detector: string; severity: string; occurred_at: unknown }>(
    `SELECT f.id, f.detector, f.severity, f.occurred_at FROM finding f JOIN finding_case k ON k.finding_id = f.id
     WHERE ${where} ORDER BY f.id DESC LIMIT ?`,
    [...params, mostFindings],
  );
  return rows.map((row) => ({ ...row, id: Number(row.id), occurred_at: toDate(row.occurred_at) }));
}
