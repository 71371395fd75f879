import { textIn, toPage } from '../../../core/paging';
import { allOf, type Condition, given, isIn } from '../../../db/conditions';
import { containing, type Database, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import type { HandoverStanding, HeldGroupChat, HeldGroupChatQuery } from './departures.schema';
import type { Leaver } from './departures.store';
import { inHandover, standings } from './items';
import { movesNoMore } from './movable';

type Reading = Pick<Database, 'query' | 'now'>;

interface Row {
  id: string;
  chat_id: string;
  name: string;
  owner: string;
  status: unknown;
  member_count: unknown;
  external_count: unknown;
}

const statuses: Record<number, HeldGroupChat['status']> = { 1: 'owner_left', 2: 'inheriting', 3: 'inherited' };

/** The group chats that somebody who leaves owns, newest first. @throws paging.bad_cursor */
export async function groupChatsOf(db: Reading, leaver: Leaver, query: HeldGroupChatQuery) {
  const { where, params } = allOf(conditionsOf(leaver, query));
  const rows = await db.query<Row>(
    `SELECT g.id, g.chat_id, g.name, g.owner, g.status, g.member_count, g.external_count
     FROM group_chat g LEFT JOIN staff s ON s.userid = g.owner
     WHERE ${where} ORDER BY g.id DESC LIMIT ?`,
    [...params, query.limit + 1],
  );
  const ids = rows.map(({ chat_id }) => chat_id);
  const handovers = await standings(db, { kind: 'group_chat', staffId: leaver.staff_id }, ids);
  const last = await lastTalks(db, leaver.userid, ids);
  return toPage(
    rows,
    query.limit,
    ({ id }) => [id],
    (row): HeldGroupChat => {
      const handover = handovers.get(row.chat_id) ?? null;
      const why_not = row.owner === leaver.userid ? whyNot(row, handover, movesNoMore(db, leaver)) : 'not_held';
      return {
        ...{ chat_id: row.chat_id, name: row.name, status: statuses[Number(row.status)] ?? 'normal' },
        ...{ members: Number(row.member_count), external_members: Number(row.external_count) },
        last_message_at: isoOrNull(toDateOrNull(last.get(row.chat_id))),
        ...{ handover, may_move: why_not === null, why_not },
      };
    },
  );
}

function whyNot({ status }: Row, handover: HandoverStanding | null, tooLate: HeldGroupChat['why_not']) {
  const isUnderWay = ['submitted', 'unknown', 'waiting'].includes(handover?.state ?? '') || Number(status) === 2;
  return isUnderWay ? 'under_way' : tooLate;
}

/** A group that was taken over has another owner: it is found by its item. */
const takenOver = `g.chat_id IN (SELECT x.subject_id FROM handover_item x
  WHERE x.from_staff_id = ? AND x.kind = 'group_chat' AND x.state = 'taken_over')`;

function conditionsOf({ staff_id, userid }: Leaver, { cursor, q, handover }: HeldGroupChatQuery): Condition[] {
  const conditions = given([['g.id < ?', cursor === undefined ? undefined : textIn(cursor)]]);
  if (q) conditions.push(["LOWER(g.name) LIKE ? ESCAPE '!'", containing(q)]);
  if (handover === 'done') return [...conditions, [takenOver, staff_id]];
  conditions.push(['g.owner = ?', userid], ["g.state = 'active'"]);
  if (handover) conditions.push([inHandover(handover, 'group_chat', 's.id', 'g.chat_id')]);
  return conditions;
}

async function lastTalks(db: Reading, userid: string, ids: readonly string[]): Promise<Map<string, unknown>> {
  const [among, ...chats] = isIn('c.chat_id', ids);
  const rows = await db.query<{ id: string; at: unknown }>(
    `SELECT c.chat_id AS id, c.last_message_at AS at
     FROM archive_participant p JOIN archive_conversation c ON c.id = p.conversation_id
     WHERE p.person = ? AND c.kind = 'group' AND ${among}`,
    [userid, ...chats],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
