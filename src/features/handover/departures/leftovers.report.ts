import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import type { LeftoverReason, LeftoverView } from './departures.schema';
import { held } from './inventory.report';
import { type Kind, lastItem } from './items';
import { yearAgo } from './movable';

type Reading = Pick<Database, 'query' | 'now'>;

/** Whoever is gone by what WeCom says, whether or not we wrote a departure down. On `s` and its departure `d`. */
export const isGone = "(s.departed_at IS NOT NULL OR s.status = 'left' OR d.id IS NOT NULL)";
export const departureOf = "LEFT JOIN departure d ON d.open_key = s.id AND d.state = 'left'";

/** What an item says, if there is one. */
const byItem = `WHEN i.state = 'planned' THEN 'planned'
  WHEN i.state IN ('submitted', 'unknown', 'waiting') THEN 'under_way'
  WHEN i.state IN ('refused', 'over_limit', 'failed') THEN i.state`;

/** Each binds one instant: whoever left before then left over a year ago. */
const sources = {
  external_contact: {
    why: `CASE ${byItem} WHEN r.state = 'missing' THEN 'ended_as_missing' WHEN r.state IN ('half', 'out_of_scope') THEN r.state
      WHEN s.departed_at < ? THEN 'left_over_a_year' WHEN r.state <> 'unassigned' THEN 'not_in_wecom_list'
      ELSE 'no_handover' END`,
    // Without the expression the database would walk the whole table in order.
    key: "COALESCE(r.id, '')",
    id: 'r.external_userid',
    title: 'e.name',
    from: `relation r JOIN staff s ON s.id = r.staff_id ${departureOf}
      JOIN external_contact e ON e.external_userid = r.external_userid
      LEFT JOIN handover_item i ON i.id = ${lastItem('external_contact', 'r.staff_id', 'r.external_userid')}`,
    where: `${isGone} AND r.state IN ${held}`,
    page: '/external-contacts',
  },
  group_chat: {
    why: `CASE ${byItem} WHEN g.state = 'missing' THEN 'ended_as_missing' WHEN g.status IN (2, 3) THEN 'under_way'
      WHEN s.departed_at < ? THEN 'left_over_a_year' ELSE 'no_handover' END`,
    key: "COALESCE(g.id, '')",
    id: 'g.chat_id',
    title: 'g.name',
    from: `group_chat g LEFT JOIN staff s ON s.userid = g.owner ${departureOf}
      LEFT JOIN handover_item i ON i.id = ${lastItem('group_chat', 's.id', 'g.chat_id')}`,
    // Of an owner whom nobody knows the group itself tells that they left.
    where: `g.state IN ('active', 'missing') AND (${isGone} OR (g.status = 1 AND s.id IS NULL))`,
    page: '/group-chats',
  },
} as const;

interface Row {
  position: string;
  id: string;
  title: string;
  why: LeftoverReason;
  userid: string;
  staff_name: string | null;
  departed_at: unknown;
  departure_id: string | null;
  handover_id: string | null;
  errcode: unknown;
}

export interface Found extends LeftoverView {
  /** What the list goes on after. */
  position: string;
}

interface Ask {
  /** On `s`, whoever left. */
  conditions: readonly Condition[];
  why?: LeftoverReason | undefined;
}

/** What is still theirs of one kind, in the order of its ids. */
export async function leftoversOf(
  db: Reading,
  kind: Kind,
  { conditions, why, after, limit }: Ask & { after: string; limit: number },
): Promise<Found[]> {
  const source = sources[kind];
  const since = yearAgo(db.now());
  const { where, params } = allOf([
    [source.where],
    ...conditions,
    [`${source.key} > ?`, after],
    ...(why === undefined ? [] : [[`${source.why} = ?`, since, why] as const]),
  ]);
  const owner = kind === 'group_chat' ? 'COALESCE(s.userid, g.owner)' : 's.userid';
  const rows = await db.query<Row>(
    `SELECT ${source.key} AS position, ${source.id} AS id, ${source.title} AS title, ${source.why} AS why,
       ${owner} AS userid, s.name AS staff_name, COALESCE(s.departed_at, d.departed_at) AS departed_at,
       d.id AS departure_id, i.handover_id AS handover_id, i.errcode AS errcode
     FROM ${source.from} WHERE ${where} ORDER BY ${source.key} LIMIT ?`,
    [since, ...params, limit],
  );
  return rows.map((row) => ({
    ...{ kind, position: row.position, id: row.id, title: row.title, why: row.why, subject: null },
    link: `${source.page}/${encodeURIComponent(row.id)}`,
    ...{ userid: row.userid, staff_name: row.staff_name, departed_at: isoOrNull(toDateOrNull(row.departed_at)) },
    ...{ departure_id: row.departure_id, handover_id: row.handover_id },
    errcode: row.errcode == null ? null : Number(row.errcode),
  }));
}

/** How many there are for each reason. */
export async function leftoverCounts(db: Reading, kind: Kind, conditions: readonly Condition[]) {
  const source = sources[kind];
  const { where, params } = allOf([[source.where], ...conditions]);
  const rows = await db.query<{ why: LeftoverReason; n: unknown }>(
    `SELECT ${source.why} AS why, COUNT(*) AS n FROM ${source.from} WHERE ${where} GROUP BY why`,
    [yearAgo(db.now()), ...params],
  );
  return rows.map(({ why, n }) => ({ kind, why, count: Number(n) }));
}

export interface Gone {
  id: string;
  userid: string;
  name: string | null;
  departed_at: Date | null;
  departure_id: string | null;
}

/** Everybody who left and has not come back, in the order of their ids. */
export async function whoLeft(db: Reading, conditions: readonly Condition[]): Promise<Gone[]> {
  const { where, params } = allOf([[isGone], ...conditions]);
  const rows = await db.query<Gone>(
    `SELECT s.id, s.userid, s.name, COALESCE(s.departed_at, d.departed_at) AS departed_at, d.id AS departure_id
     FROM staff s ${departureOf} WHERE ${where} ORDER BY s.id`,
    params,
  );
  return rows.map((row) => ({ ...row, departed_at: toDateOrNull(row.departed_at) }));
}

/** When WeCom was last asked for its list of the unassigned, all of it. */
export async function listReadAt(db: Reading): Promise<Date | null> {
  const rows = await db.query<{ at: unknown }>(
    `SELECT MAX(finished_at) AS at FROM job WHERE kind = 'leavers.refresh' AND state = 'done'
     UNION ALL SELECT MAX(finished_at) AS at FROM run WHERE state = 'succeeded'
       AND (kind = 'reconciliation' OR (kind = 'sync' AND params LIKE '%"all"%'))`,
  );
  const times = rows.flatMap(({ at }) => toDateOrNull(at)?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}
