import { allOf, type Condition } from '../../../db/conditions';
import { containing, type Database } from '../../../db/database';
import type { Rows } from '../../kernel/scope';
import type { RelationState } from './external-contacts.entity';

/** What a list asks of the relations; all of it must hold for one and the same relation. */
export interface PairFilter {
  staffId?: string | undefined;
  externalUserid?: string | undefined;
  state?: RelationState | undefined;
  tagId?: string | undefined;
  /** What the viewer may see of `relation r`; null: everything. */
  within: Rows | null;
}

/** Up to here it is cheaper to collect the contacts and sort them than to try one contact after another. */
const fewPairs = 5_000;

/** What the filter asks of `external_contact e`. */
export interface ContactFilter {
  condition: Condition;
  /** Whether it is entered from the relations, and the list need not be walked. */
  isNarrow: boolean;
}

/**
 * The condition that some relation of the contact passes the filter. A rare one is entered from the relations, by
 * the filter's index; a common one is tried contact by contact in the order of the list, which then soon has its
 * page.
 * @returns undefined when nothing is asked
 */
export async function contactsWith(db: Database, filter: PairFilter): Promise<ContactFilter | undefined> {
  const conditions = pairConditions(filter);
  if (conditions.length === 0) return undefined;
  const source = filter.tagId ? 'relation_tag t JOIN relation r ON r.id = t.relation_id' : 'relation r';
  const isWide = conditions.length === 1 && filter.within?.isWide;
  const { where, params } = allOf(conditions);
  const look = `SELECT r.id FROM ${source} WHERE ${where} LIMIT ?`;
  if (!isWide && (await db.query(look, [...params, fewPairs + 1])).length <= fewPairs) {
    const sql = `e.external_userid IN (SELECT r.external_userid FROM ${source} WHERE ${where})`;
    return { condition: [sql, ...params], isNarrow: true };
  }
  const probe = allOf(pairConditions(filter, 'probe'));
  return {
    condition: [`(SELECT 1 FROM ${source} WHERE ${ofOneContact(probe.where)} LIMIT 1) = 1`, ...probe.params],
    isNarrow: false,
  };
}

/**
 * The relations of one contact are few, the relations with a common state half the table. Each optimiser has its
 * own way to begin with the latter: SQLite by the index of the state, MariaDB by collecting all of EXISTS first.
 */
const ofOneContact = (where: string): string =>
  `r.external_userid = e.external_userid AND ${where.replace('r.state =', "COALESCE(r.state, '') =")}`;

/** On `relation r` and `relation_tag t`. `how`: whether the relations are where the database should begin. */
export function pairConditions(
  { staffId, externalUserid, state, tagId, within }: PairFilter,
  how: 'enter' | 'probe' = 'enter',
): Condition[] {
  const conditions: Condition[] = [];
  if (staffId !== undefined) conditions.push(['r.staff_id = ?', staffId]);
  if (externalUserid !== undefined) conditions.push(['r.external_userid = ?', externalUserid]);
  if (state !== undefined) conditions.push(['r.state = ?', state]);
  if (tagId !== undefined) conditions.push(['t.tag_key = ?', tagId]);
  if (within) conditions.push(within[how]);
  return conditions;
}

/**
 * What the relations are sorted by. Those of one member come from an index that is not in this order: without the
 * expression MariaDB would rather walk the whole table in order.
 */
export const positionOf = ({ staffId, state }: Pick<PairFilter, 'staffId' | 'state'>): string =>
  staffId !== undefined && state === undefined ? "COALESCE(r.id, '')" : 'r.id';

/**
 * Contacts by their name, their company, or what a colleague noted of them. Walks the list in its order.
 * @param within what the viewer may see of `relation l`: nobody finds by a remark they may not read
 */
export function contactsLike(q: string, within: Rows | null): Condition {
  const { where, params } = allOf(within ? [within.probe] : []);
  return [
    `(LOWER(e.name) LIKE ? ESCAPE '!' OR LOWER(e.corp_name) LIKE ? ESCAPE '!' OR EXISTS (
      SELECT 1 FROM relation l
      WHERE l.external_userid = e.external_userid AND LOWER(l.remark) LIKE ? ESCAPE '!' AND ${where}))`,
    ...Array<string>(3).fill(containing(q)),
    ...params,
  ];
}

/**
 * Contacts of whom somebody noted this phone number: found by its keyed hash, so the whole number must be known.
 * @param within what the viewer may see of `relation l`
 */
export function contactsWithPhone(hash: string, within: Rows | null): Condition {
  const { where, params } = allOf(within ? [within.probe] : []);
  return [
    `e.external_userid IN (SELECT l.external_userid FROM relation_phone p JOIN relation l ON l.id = p.relation_id
      WHERE p.phone_hash = ? AND ${where})`,
    hash,
    ...params,
  ];
}

/** Our id behind a userid, or behind one that somebody had before. @returns undefined when nobody has it */
export async function staffFilter(
  db: Database,
  userid: string | undefined,
): Promise<Pick<PairFilter, 'staffId'> | undefined> {
  if (userid === undefined) return {};
  const key = userid.toLowerCase();
  const [now] = await db.query<{ id: string }>('SELECT id FROM staff WHERE userid_key = ?', [key]);
  if (now) return { staffId: now.id };
  const former = 'SELECT staff_id FROM staff_former_userid WHERE userid_key = ?';
  const [before] = await db.query<{ staff_id: string }>(former, [key]);
  return before && { staffId: before.staff_id };
}
