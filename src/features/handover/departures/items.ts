import { type Database, placeholders, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import type { HandoverStanding } from './departures.schema';

export type Kind = 'external_contact' | 'group_chat';

/** Items of handovers that have not ended, and those that ended without the subject having moved. */
export const openStates = "('planned', 'submitted', 'unknown', 'waiting')";
export const unmovedStates = "('refused', 'over_limit', 'failed')";

/**
 * The items `x` about what somebody holds. There are few about one external contact or group chat, and thousands of one
 * giver: the expressions keep the database from beginning with the giver.
 */
const about = (kind: Kind, from: string, subject: string): string =>
  `x.subject_id = ${subject} AND COALESCE(x.from_staff_id, '') = ${from} AND COALESCE(x.kind, '') = '${kind}'`;

/** The last item about what somebody holds; a cancelled one says nothing. */
export const lastItem = (kind: Kind, from: string, subject: string): string =>
  `(SELECT MAX(x.id) FROM handover_item x WHERE ${about(kind, from, subject)} AND x.state <> 'cancelled')`;

/** Whether a handover of it is under way, is done, or there is none. */
export function inHandover(which: 'none' | 'open' | 'done', kind: Kind, from: string, subject: string): string {
  const one = (states: string) =>
    `EXISTS (SELECT 1 FROM handover_item x WHERE ${about(kind, from, subject)} AND x.state IN ${states})`;
  if (which === 'open') return one(openStates);
  const done = "('taken_over')";
  return which === 'done' ? `${one(done)} AND NOT ${one(openStates)}` : `NOT ${one(done)} AND NOT ${one(openStates)}`;
}

interface ItemRow {
  id: unknown;
  handover_id: string;
  subject_id: string;
  state: string;
  errcode: unknown;
  to_userid: string | null;
  takeover_at: unknown;
  settled_at: unknown;
}

/** How the handover of each subject stands, by its id. */
export async function standings(
  db: Pick<Database, 'query'>,
  { kind, staffId }: { kind: Kind; staffId: string },
  subjects: readonly string[],
): Promise<Map<string, HandoverStanding>> {
  if (subjects.length === 0) return new Map();
  const rows = await db.query<ItemRow>(
    `SELECT i.id, i.handover_id, i.subject_id, i.state, i.errcode, t.userid AS to_userid, i.takeover_at, i.settled_at
     FROM handover_item i LEFT JOIN staff t ON t.id = i.to_staff_id
     WHERE i.from_staff_id = ? AND i.kind = ? AND i.state <> 'cancelled'
       AND i.subject_id IN (${placeholders(subjects.length)}) ORDER BY i.id`,
    [staffId, kind, ...subjects],
  );
  return new Map(rows.map((row) => [row.subject_id, standingOf(row)]));
}

const standingOf = ({ id, handover_id, state, errcode, to_userid, takeover_at, settled_at }: ItemRow) => ({
  ...{ item_id: String(id), handover_id, state, to: to_userid },
  errcode: errcode == null ? null : Number(errcode),
  takeover_at: isoOrNull(toDateOrNull(takeover_at)),
  settled_at: isoOrNull(toDateOrNull(settled_at)),
});
