import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Counts } from './departures.schema';
import { openStates, unmovedStates } from './items';

/** Relations that WeCom can still give to somebody, and those that are held all the same. */
export const movableStates = ['unassigned', 'active', 'deleted_by_external'] as const;
export const apartStates = ['half', 'out_of_scope', 'missing'] as const;
export const heldStates: readonly string[] = [...movableStates, ...apartStates];

const quoted = (states: readonly string[]): string => `(${states.map((state) => `'${state}'`).join(', ')})`;
export const held = quoted(heldStates);
export const movable = quoted(movableStates);

type Held = Omit<Counts, 'subjects'>;
type Reading = Pick<Database, 'query'>;
type Row = { staff_id: string } & Record<string, unknown>;

/** How much each of them holds, and what became of the rest: one query for each kind of thing. By our id. */
export async function inventories(db: Reading, staffIds: readonly string[]): Promise<(staffId: string) => Held> {
  const [contacts, groups, items] = await Promise.all([
    contactsOf(db, staffIds),
    groupsOf(db, staffIds),
    itemsOf(db, staffIds),
  ]);
  const numbers = (rows: Row[], staffId: string) => {
    const row = rows.find((one) => one.staff_id === staffId);
    return (name: string) => Number(row?.[name] ?? 0);
  };
  return (staffId) => {
    const [contact, group, item] = [contacts, groups, items].map((rows) => numbers(rows, staffId));
    const of = (read: typeof contact, name: string) => read?.(name) ?? 0;
    return {
      external_contacts: { movable: of(contact, 'movable'), apart: of(contact, 'apart') },
      group_chats: {
        ...{ owned: of(group, 'owned'), owner_left: of(group, 'owner_left'), inheriting: of(group, 'inheriting') },
      },
      ...{ in_handover: of(item, 'in_handover'), moved: of(item, 'moved'), exceptions: of(item, 'exceptions') },
    };
  };
}

function contactsOf(db: Reading, staffIds: readonly string[]): Promise<Row[]> {
  const [among, ...ids] = isIn('r.staff_id', staffIds);
  return db.query<Row>(
    `SELECT r.staff_id, SUM(CASE WHEN r.state IN ${movable} THEN 1 ELSE 0 END) AS movable,
       SUM(CASE WHEN r.state IN ${quoted(apartStates)} THEN 1 ELSE 0 END) AS apart
     FROM relation r WHERE ${among} GROUP BY r.staff_id`,
    ids,
  );
}

function groupsOf(db: Reading, staffIds: readonly string[]): Promise<Row[]> {
  const [among, ...ids] = isIn('s.id', staffIds);
  return db.query<Row>(
    `SELECT s.id AS staff_id, COUNT(*) AS owned, SUM(CASE WHEN g.status = 1 THEN 1 ELSE 0 END) AS owner_left,
       SUM(CASE WHEN g.status = 2 THEN 1 ELSE 0 END) AS inheriting
     FROM staff s JOIN group_chat g ON g.owner = s.userid WHERE g.state = 'active' AND ${among} GROUP BY s.id`,
    ids,
  );
}

/** Of several items about the same the last one counts. */
function itemsOf(db: Reading, staffIds: readonly string[]): Promise<Row[]> {
  const [among, ...ids] = isIn('i.from_staff_id', staffIds);
  return db.query<Row>(
    `SELECT i.from_staff_id AS staff_id, SUM(CASE WHEN i.state IN ${openStates} THEN 1 ELSE 0 END) AS in_handover,
       SUM(CASE WHEN i.state = 'taken_over' THEN 1 ELSE 0 END) AS moved,
       SUM(CASE WHEN i.state IN ${unmovedStates} THEN 1 ELSE 0 END) AS exceptions
     FROM handover_item i WHERE ${among} AND i.state <> 'cancelled' AND NOT EXISTS (
       SELECT 1 FROM handover_item n WHERE n.subject_id = i.subject_id AND COALESCE(n.kind, '') = i.kind
         AND COALESCE(n.from_staff_id, '') = i.from_staff_id AND n.state <> 'cancelled' AND n.id > i.id)
     GROUP BY i.from_staff_id`,
    ids,
  );
}
