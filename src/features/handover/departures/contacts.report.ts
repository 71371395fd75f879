import { textIn, toPage } from '../../../core/paging';
import { allOf, type Condition, given, isIn } from '../../../db/conditions';
import { containing, type Database, toDate, toDateOrNull } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { HandoverStanding, HeldContact, HeldContactQuery } from './departures.schema';
import type { Leaver } from './departures.store';
import { apartStates, held, movableStates } from './inventory.report';
import { inHandover, standings } from './items';
import { movesNoMore } from './movable';

type Reading = Pick<Database, 'query' | 'now'>;
type Tags = (relationIds: string[]) => Promise<ReadonlyMap<string, HeldContact['tags']>>;

interface Row {
  id: string;
  external_userid: string;
  name: string;
  avatar: string | null;
  type: unknown;
  corp_name: string | null;
  remark: string;
  state: HeldContact['state'];
  started_at: unknown;
}

interface Options {
  /** Names of tags are told by whoever keeps them. */
  tags: Tags;
  /** Whether whoever asks may know of findings. */
  withFindings: boolean;
}

const types: Record<number, HeldContact['type']> = { 1: 'wechat', 2: 'wecom' };

/** The external contacts of somebody who leaves, newest first. @throws paging.bad_cursor */
export async function contactsOf(
  db: Reading,
  leaver: Leaver,
  query: HeldContactQuery,
  { tags: tagsOf, withFindings }: Options,
) {
  const { where, params } = allOf(conditionsOf(leaver, query));
  // Without the expression MariaDB would rather walk the whole table in order.
  const rows = await db.query<Row>(
    `SELECT r.id, r.external_userid, e.name, e.avatar, e.type, e.corp_name, r.remark, r.state, r.started_at
     FROM relation r JOIN external_contact e ON e.external_userid = r.external_userid
     WHERE ${where} ORDER BY COALESCE(r.id, '') DESC LIMIT ?`,
    [...params, query.limit + 1],
  );
  const ids = rows.map(({ external_userid }) => external_userid);
  const tags = await tagsOf(rows.map(({ id }) => id));
  const handovers = await standings(db, { kind: 'external_contact', staffId: leaver.staff_id }, ids);
  const last = await lastTalks(db, leaver.userid, ids);
  const groups = await sharedGroups(db, leaver.userid, ids);
  const findings = withFindings ? await openFindings(db, leaver.userid, ids) : undefined;
  return toPage(
    rows,
    query.limit,
    ({ id }) => [id],
    (row): HeldContact => {
      const handover = handovers.get(row.external_userid) ?? null;
      const why_not = whyNot(row.state, handover, movesNoMore(db, leaver));
      return {
        ...{ relation_id: row.id, external_userid: row.external_userid, name: row.name, avatar: row.avatar },
        ...{ type: types[Number(row.type)] ?? 'unknown', corp_name: row.corp_name, remark: row.remark },
        ...{ tags: [...(tags.get(row.id) ?? [])], state: row.state, since: iso(toDate(row.started_at)) },
        last_message_at: isoOrNull(toDateOrNull(last.get(row.external_userid))),
        shared_group_chats: groups.get(row.external_userid) ?? 0,
        open_findings: findings ? (findings.get(row.external_userid) ?? 0) : null,
        ...{ handover, may_move: why_not === null, why_not },
      };
    },
  );
}

/** Between the two nothing was archived since, in a chat of their own. */
const quiet = `NOT EXISTS (SELECT 1 FROM archive_participant p JOIN archive_conversation c ON c.id = p.conversation_id
  WHERE p.person = r.external_userid AND c.kind = 'single' AND c.userid = ? AND c.last_message_at >= ?)`;

const finding = `EXISTS (SELECT 1 FROM finding f JOIN finding_case k ON k.finding_id = f.id WHERE f.userid = ?
  AND f.external_userid = r.external_userid AND k.state IN ('open', 'reviewing', 'escalated'))`;

function conditionsOf(leaver: Leaver, query: HeldContactQuery): Condition[] {
  const { q, state, handover, has_finding, quiet_since } = query;
  const conditions: Condition[] = [['r.staff_id = ?', leaver.staff_id], ...given(exact(query))];
  // What was taken over is held no more, so whoever asks for it is not asked to name the state as well.
  if (state === undefined && handover !== 'done') conditions.push([`r.state IN ${held}`]);
  if (handover) conditions.push([inHandover(handover, 'external_contact', 'r.staff_id', 'r.external_userid')]);
  if (q) {
    const like = "(LOWER(e.name) LIKE ? ESCAPE '!' OR LOWER(r.remark) LIKE ? ESCAPE '!')";
    conditions.push([like, containing(q), containing(q)]);
  }
  if (has_finding !== undefined) conditions.push([has_finding ? finding : `NOT ${finding}`, leaver.userid]);
  if (quiet_since) conditions.push([quiet, leaver.userid, new Date(quiet_since)]);
  return conditions;
}

const exact = ({ cursor, state, tag_id }: HeldContactQuery) =>
  [
    ['r.id < ?', cursor === undefined ? undefined : textIn(cursor)],
    ['r.state = ?', state],
    ['EXISTS (SELECT 1 FROM relation_tag t WHERE t.relation_id = r.id AND t.tag_key = ?)', tag_id],
  ] as const;

function whyNot(state: HeldContact['state'], handover: HandoverStanding | null, tooLate: HeldContact['why_not']) {
  if (apartStates.some((apart) => apart === state)) return state as (typeof apartStates)[number];
  if (!movableStates.some((movable) => movable === state)) return 'not_held';
  if (handover && ['submitted', 'unknown', 'waiting'].includes(handover.state)) return 'under_way';
  return tooLate;
}

async function lastTalks(db: Reading, userid: string, ids: readonly string[]): Promise<Map<string, unknown>> {
  const [among, ...people] = isIn('p.person', ids);
  const rows = await db.query<{ id: string; at: unknown }>(
    `SELECT p.person AS id, MAX(c.last_message_at) AS at
     FROM archive_participant p JOIN archive_conversation c ON c.id = p.conversation_id
     WHERE c.kind = 'single' AND c.userid = ? AND ${among} GROUP BY p.person`,
    [userid, ...people],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Groups that are, or were, theirs together: whoever leaves is no member any more of groups of others. */
async function sharedGroups(db: Reading, userid: string, ids: readonly string[]): Promise<Map<string, number>> {
  const [among, ...people] = isIn('m.userid', ids);
  const rows = await db.query<{ id: string; n: unknown }>(
    `SELECT m.userid AS id, COUNT(*) AS n FROM group_chat_member m JOIN group_chat g ON g.chat_id = m.chat_id
     WHERE ${among} AND g.state = 'active' AND (g.owner = ?
       OR EXISTS (SELECT 1 FROM group_chat_member o WHERE o.chat_id = g.chat_id AND o.userid = ?)) GROUP BY m.userid`,
    [...people, userid, userid],
  );
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}

async function openFindings(db: Reading, userid: string, ids: readonly string[]): Promise<Map<string, number>> {
  const [among, ...people] = isIn('f.external_userid', ids);
  const rows = await db.query<{ id: string; n: unknown }>(
    `SELECT f.external_userid AS id, COUNT(*) AS n FROM finding f JOIN finding_case k ON k.finding_id = f.id
     WHERE f.userid = ? AND ${among} AND k.state IN ('open', 'reviewing', 'escalated') GROUP BY f.external_userid`,
    [userid, ...people],
  );
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}
