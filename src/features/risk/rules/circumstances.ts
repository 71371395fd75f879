import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { Conditions } from './definition.schema';
import type { Match } from './rule-book';
import { fitsHours } from './working-hours';

interface Person {
  person: string;
  kind: 'staff' | 'external' | 'robot';
}

/** What stands around a message: of staff whoever wrote it, or all who take part where they did not; so outsiders. */
interface Around {
  /** Lower case. */
  staff: string[];
  outsiders: string[];
  hasOutsiders: boolean;
}

interface Known {
  /** Whether one of these stands in or below one of the departments. */
  isIn(staff: readonly string[], departments: readonly number[]): boolean;
  tagsOf(outsider: string): ReadonlySet<string>;
}

/** Leaves those matches whose rules have nothing against where, when and by whom it was said. */
export function createCircumstances(db: Database) {
  const rowsFor = <T extends object>(values: readonly string[], sql: string): Promise<T[]> =>
    inChunks([...new Set(values)], (chunk) => db.query<T>(`${sql} IN (${placeholders(chunk.length)})`, chunk));

  async function peopleOf(matches: readonly Match[]): Promise<Map<string, Person[]>> {
    const rows = await rowsFor<Person & { conversation_id: string }>(
      matches.map(({ message }) => message.conversation_id),
      'SELECT conversation_id, person, kind FROM archive_participant WHERE conversation_id',
    );
    return groupBy(rows, ({ conversation_id }) => conversation_id);
  }

  /** The departments of staff, with all above them. */
  async function departmentsOf(staff: readonly string[]): Promise<Map<string, Set<number>>> {
    const rows = await rowsFor<{ userid_key: string; department_id: unknown }>(
      staff,
      `SELECT s.userid_key, d.department_id FROM staff s JOIN staff_department d ON d.staff_id = s.id
       WHERE s.userid_key`,
    );
    const tree = await db.query<{ id: unknown; parent_id: unknown }>('SELECT id, parent_id FROM department');
    const parents = new Map(tree.map(({ id, parent_id }) => [Number(id), Number(parent_id ?? 0)]));
    const above = new Map<string, Set<number>>();
    for (const { userid_key, department_id } of rows) {
      const places = above.get(userid_key) ?? new Set();
      above.set(userid_key, places);
      for (let id = Number(department_id); id !== 0 && !places.has(id); id = parents.get(id) ?? 0) places.add(id);
    }
    return above;
  }

  async function tagsOf(outsiders: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows = await rowsFor<{ external_userid: string; tag_key: string }>(
      outsiders,
      `SELECT r.external_userid, t.tag_key FROM relation r JOIN relation_tag t ON t.relation_id = r.id
       WHERE r.external_userid`,
    );
    const byPerson = groupBy(rows, ({ external_userid }) => external_userid);
    return new Map([...byPerson].map(([person, own]) => [person, new Set(own.map(({ tag_key }) => tag_key))]));
  }

  /** Only what a rule asks for is looked up. */
  async function lookUp(all: readonly { match: Match; around: Around }[]): Promise<Known> {
    const asking = (asks: (conditions: Conditions) => boolean) =>
      all.filter(({ match }) => asks(conditionsOf(match))).map(({ around }) => around);
    const placed = asking(({ departments }) => departments.length > 0).flatMap(({ staff }) => staff);
    const tagged = asking(({ tags }) => tags.length > 0).flatMap(({ outsiders }) => outsiders);
    const departments = placed.length > 0 ? await departmentsOf(placed) : new Map<string, Set<number>>();
    const tags = tagged.length > 0 ? await tagsOf(tagged) : new Map<string, Set<string>>();
    return {
      isIn: (staff, ids) => staff.some((one) => ids.some((id) => departments.get(one)?.has(id))),
      tagsOf: (outsider) => tags.get(outsider) ?? new Set(),
    };
  }

  return async (matches: readonly Match[]): Promise<Match[]> => {
    const possible = matches.filter(isPlainlyPossible);
    if (possible.length === 0) return [];
    const people = await peopleOf(possible);
    const all = possible.map((match) => ({
      match,
      around: aroundOf(match, people.get(match.message.conversation_id) ?? []),
    }));
    const known = await lookUp(all);
    return all.filter(({ match, around }) => holds(conditionsOf(match), around, known)).map(({ match }) => match);
  };
}

const conditionsOf = ({ rule }: Match): Conditions => rule.settings.definition.conditions;

/** What the message alone tells. */
function isPlainlyPossible(match: Match): boolean {
  const { chat, hours } = conditionsOf(match);
  const { conversation, sent_at } = match.message;
  return (chat === 'any' || chat === conversation.kind) && (hours === null || fitsHours(hours, sent_at));
}

function aroundOf({ message: { sender, sender_kind } }: Match, people: readonly Person[]): Around {
  const of = (kind: Person['kind']) =>
    sender_kind === kind ? [sender] : people.filter((one) => one.kind === kind).map(({ person }) => person);
  return {
    staff: of('staff').map((userid) => userid.toLowerCase()),
    outsiders: of('external'),
    hasOutsiders: people.some(({ kind }) => kind === 'external'),
  };
}

function holds(conditions: Conditions, { staff, outsiders, hasOutsiders }: Around, known: Known): boolean {
  const { outsiders_only, departments, tags, staff_excepted } = conditions;
  const excepted = new Set(staff_excepted.map((userid) => userid.toLowerCase()));
  if (outsiders_only && !hasOutsiders) return false;
  if (staff.length > 0 && staff.every((userid) => excepted.has(userid))) return false;
  if (departments.length > 0 && !known.isIn(staff, departments)) return false;
  return tags.length === 0 || outsiders.some((one) => tags.some((tag) => known.tagsOf(one).has(tag)));
}
