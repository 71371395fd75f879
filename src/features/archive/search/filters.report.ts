import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { SearchQuery } from '../conversations';

/** A department and all below it. */
async function departmentsFrom(db: Database, id: number): Promise<number[]> {
  const rows = await db.query<{ id: unknown; parent_id: unknown }>('SELECT id, parent_id FROM department');
  const found = new Set([id]);
  // As deep as the tree is; a circle adds nothing new.
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const row of rows) if (found.has(Number(row.parent_id))) found.add(Number(row.id));
  }
  return [...found];
}

/** Of the conversation whose id stands in `m`: somebody takes part of whom `person` is asked. */
const takesPart = ([person, ...params]: Condition): Condition => [
  `EXISTS (SELECT 1 FROM archive_participant f WHERE f.conversation_id = m.conversation_id AND ${person})`,
  ...params,
];

async function ofDepartment(db: Database, id: number): Promise<Condition> {
  const [among, ...ids] = isIn('d.department_id', await departmentsFrom(db, id));
  return takesPart([
    `f.person IN (SELECT s.userid FROM staff s JOIN staff_department d ON d.staff_id = s.id WHERE ${among})`,
    ...ids,
  ]);
}

const sentBetween = ({ from, to }: SearchQuery): Condition[] => [
  ...(from === undefined ? [] : [['m.sent_at >= ?', new Date(from)] as const]),
  ...(to === undefined ? [] : [['m.sent_at < ?', new Date(to)] as const]),
];

const equals = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [[`${column} = ?`, value]];

/** Found by the conversations they take part in: an index of senders alone would cost every message more than it is worth. */
const sentBy = (person: string): Condition[] => [
  ['m.conversation_id IN (SELECT s.conversation_id FROM archive_participant s WHERE s.person = ?)', person],
  ['m.sender = ?', person],
];

/** What the rows themselves tell. */
const ofRow = (query: SearchQuery): Condition[] => [
  ...equals('m.conversation_id', query.conversation_id),
  ...equals('m.type', query.type),
  ...(query.sender === undefined ? [] : sentBy(query.sender)),
  ...(query.has_media === undefined ? [] : [['m.has_media = ?', query.has_media] as const]),
  ...sentBetween(query),
];

/** What other rows tell of them. */
const ofOthers = ({ userid, external_userid, chat_id, recalled, word_list }: SearchQuery): Condition[] => [
  ...equals('f.person', userid).map(takesPart),
  ...equals('f.person', external_userid).map(takesPart),
  ...(chat_id === undefined
    ? []
    : [['m.conversation_id IN (SELECT c.id FROM archive_conversation c WHERE c.chat_id = ?)', chat_id] as const]),
  ...(recalled === undefined
    ? []
    : [[`${recalled ? '' : 'NOT '}EXISTS (SELECT 1 FROM archive_recall r WHERE r.msgid = m.msgid)`] as const]),
  ...(word_list === undefined
    ? []
    : [['m.id IN (SELECT h.message_id FROM archive_hit h WHERE h.list_id = ?)', word_list] as const]),
];

/** Every filter of a search as one condition on the message `m`; null without any. */
export async function filtersOf(db: Database, query: SearchQuery, scope: Condition | null): Promise<Condition | null> {
  const department = query.department_id === undefined ? [] : [await ofDepartment(db, query.department_id)];
  const conditions = [...ofRow(query), ...ofOthers(query), ...department, ...(scope ? [scope] : [])];
  if (conditions.length === 0) return null;
  const { where, params } = allOf(conditions);
  return [where, ...params];
}
