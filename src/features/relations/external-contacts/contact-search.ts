import { allOf, type Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { type PairFilter, pairConditions, positionOf } from './contact-filters';
import type { ExternalContact } from './external-contacts.entity';

/** A stretch of the list of contacts, newest first. */
export interface Look {
  conditions: Condition[];
  limit: number;
  /** The id after which the stretch begins. */
  before: string | undefined;
}

export function selectContacts(db: Database, { conditions, limit, before }: Look): Promise<ExternalContact[]> {
  const { where, params } = allOf([...conditions, ...beyond(before)]);
  const sql = `SELECT e.* FROM external_contact e WHERE ${where} ORDER BY e.id DESC LIMIT ?`;
  return db.query<ExternalContact>(sql, [...params, limit]);
}

/** The pairs of one member, newest first: they are few beside the list of contacts, and an index holds them together. */
export function contactsOfMember(
  db: Database,
  pair: PairFilter,
  { conditions, limit, before }: Look,
): Promise<{ id: string; external_userid: string }[]> {
  const beyondThis: Condition[] = before === undefined ? [] : [['r.id < ?', before]];
  const { where, params } = allOf([...pairConditions(pair, 'probe'), ...conditions, ...beyondThis]);
  const tags = pair.tagId === undefined ? '' : 'JOIN relation_tag t ON t.relation_id = r.id';
  const contacts = conditions.length === 0 ? '' : 'JOIN external_contact e ON e.external_userid = r.external_userid';
  const sql = `SELECT r.id AS id, r.external_userid AS external_userid FROM relation r ${tags} ${contacts}
    WHERE ${where} ORDER BY ${positionOf(pair)} DESC LIMIT ?`;
  return db.query(sql, [...params, limit]);
}

/** So many contacts are looked through in one request, which takes some tens of milliseconds however many there are. */
const windowSize = 10_000;

/** What a search found, and where it stopped looking; null when it came to the end. */
export interface Found {
  rows: ExternalContact[];
  stoppedAt: string | null;
}

/** Looks through the next window for what no index finds. May find fewer than `limit` although more follow. */
export async function searchContacts(db: Database, { conditions, limit, before }: Look): Promise<Found> {
  const end = await windowEnd(db, before);
  const within: Condition[] = end === null ? [] : [['e.id >= ?', end]];
  const rows = await selectContacts(db, { conditions: [...conditions, ...within], limit, before });
  return { rows, stoppedAt: rows.length < limit ? end : null };
}

/** @returns the last id of the window that begins after `before`; null when the list ends before */
async function windowEnd(db: Database, before: string | undefined): Promise<string | null> {
  const { where, params } = allOf(beyond(before));
  const sql = `SELECT e.id FROM external_contact e WHERE ${where} ORDER BY e.id DESC LIMIT 1 OFFSET ?`;
  const [last] = await db.query<{ id: string }>(sql, [...params, windowSize - 1]);
  return last?.id ?? null;
}

const beyond = (id: string | undefined): Condition[] => (id === undefined ? [] : [['e.id < ?', id]]);
