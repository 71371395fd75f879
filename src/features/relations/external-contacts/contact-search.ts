import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../db/database';
import { allOf, type Condition } from './contact-filters';
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

/** So many contacts are looked through in one go: some tens of milliseconds. */
const windowSize = 10_000;

/**
 * Looks for what no index finds, window by window: on SQLite a query holds up the whole process, and everybody
 * else gets a turn between two of them.
 */
export async function searchContacts(db: Database, { conditions, limit, before }: Look): Promise<ExternalContact[]> {
  const found: ExternalContact[] = [];
  for (let from = before; ; ) {
    const to = await windowEnd(db, from);
    const within: Condition[] = to === undefined ? conditions : [...conditions, ['e.id >= ?', to]];
    found.push(...(await selectContacts(db, { conditions: within, limit: limit - found.length, before: from })));
    if (to === undefined || found.length >= limit) return found;
    from = to;
    await setImmediate();
  }
}

/** @returns the last id of the window that begins after `before`; undefined when it reaches the end */
async function windowEnd(db: Database, before: string | undefined): Promise<string | undefined> {
  const { where, params } = allOf(beyond(before));
  const sql = `SELECT e.id FROM external_contact e WHERE ${where} ORDER BY e.id DESC LIMIT ?`;
  const ids = await db.query<{ id: string }>(sql, [...params, windowSize]);
  return ids.length < windowSize ? undefined : ids.at(-1)?.id;
}

const beyond = (id: string | undefined): Condition[] => (id === undefined ? [] : [['e.id < ?', id]]);
