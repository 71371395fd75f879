import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../db/database';
import { allOf, type Condition, type PairFilter, pairConditions, positionOf } from './contact-filters';
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
  const { where, params } = allOf([...pairConditions(pair), ...conditions, ...beyondThis]);
  const tags = pair.tagId === undefined ? '' : 'JOIN relation_tag t ON t.relation_id = r.id';
  const contacts = conditions.length === 0 ? '' : 'JOIN external_contact e ON e.external_userid = r.external_userid';
  const sql = `SELECT r.id AS id, r.external_userid AS external_userid FROM relation r ${tags} ${contacts}
    WHERE ${where} ORDER BY ${positionOf(pair)} DESC LIMIT ?`;
  return db.query(sql, [...params, limit]);
}

/** So many contacts are looked through in one go: some tens of milliseconds. */
const windowSize = 10_000;
/** And so many times in one request: it takes no longer with a million contacts than with thirty thousand. */
const windowsPerPage = 3;

/** What a search found, and where it stopped looking; null when it came to the end. */
export interface Found {
  rows: ExternalContact[];
  stoppedAt: string | null;
}

/**
 * Looks for what no index finds, window by window: on SQLite a query holds up the whole process, and everybody
 * else gets a turn between two of them. May stop before it has found `limit`.
 */
export async function searchContacts(db: Database, { conditions, limit, before }: Look): Promise<Found> {
  const rows: ExternalContact[] = [];
  let from = before;
  for (let windows = 0; windows < windowsPerPage; windows++) {
    const to = await windowEnd(db, from);
    const within: Condition[] = to === undefined ? conditions : [...conditions, ['e.id >= ?', to]];
    rows.push(...(await selectContacts(db, { conditions: within, limit: limit - rows.length, before: from })));
    if (to === undefined || rows.length >= limit) return { rows, stoppedAt: null };
    from = to;
    await setImmediate();
  }
  return { rows, stoppedAt: from ?? null };
}

/** @returns the last id of the window that begins after `before`; undefined when it reaches the end */
async function windowEnd(db: Database, before: string | undefined): Promise<string | undefined> {
  const { where, params } = allOf(beyond(before));
  const sql = `SELECT e.id FROM external_contact e WHERE ${where} ORDER BY e.id DESC LIMIT ?`;
  const ids = await db.query<{ id: string }>(sql, [...params, windowSize]);
  return ids.length < windowSize ? undefined : ids.at(-1)?.id;
}

const beyond = (id: string | undefined): Condition[] => (id === undefined ? [] : [['e.id < ?', id]]);
