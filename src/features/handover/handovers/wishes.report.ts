import { inChunks } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database, Value } from '../../../db/database';
import { type FieldFault, httpError } from '../../../http/errors';
import type { NewHandover } from './handovers.schema';
import type { Giver } from './handovers.store';
import type { Chosen, NamedMover } from './movers.report';
import { handKeys } from './planning';
import type { KnownSuccessor } from './successors.report';

const mostNamed = 20;

const faults = (path: string, rule: string, ids: readonly unknown[], says: (id: unknown) => string): FieldFault[] =>
  ids.slice(0, mostNamed).map((id) => ({ path, rule, message: says(id) }));

/** @throws http.validation, unless there is nothing to find fault with */
export function assertNone(found: readonly FieldFault[]): void {
  if (found.length > 0) throw httpError('validation', found);
}

/** Of userids, those that are not among them; they are the same in whatever case. */
export function unknownUserids(
  path: string,
  wanted: readonly string[],
  known: readonly { userid: string }[],
): FieldFault[] {
  const keys = new Set(known.map(({ userid }) => userid.toLowerCase()));
  const unknown = wanted.filter((userid) => !keys.has(userid.toLowerCase()));
  return faults(path, 'unknown', unknown, (userid) => `${userid} is not known`);
}

/** WeCom refuses them for certain: they left, may not serve external contacts, or never came. */
export function cannotTakeOver(path: string, people: readonly KnownSuccessor[]): FieldFault[] {
  const unfit = people.filter(({ serving, follows, active }) => !(serving && follows && active));
  const userids = unfit.map(({ userid }) => userid);
  return faults(path, 'cannot_take_over', userids, (userid) => `${userid} cannot take anybody over`);
}

/** Whom a rule is to choose from: named twice, or departments and tags that there are none of. */
export async function faultsOfTakers(
  db: Database,
  { successors, departments }: Pick<NewHandover, 'successors' | 'departments'>,
): Promise<FieldFault[]> {
  const keys = successors.map(({ userid }) => userid.toLowerCase());
  const twice = successors.filter((_, at) => keys.indexOf(keys[at] ?? '') < at).map(({ userid }) => userid);
  const tags = await unknownIds(db, 'corp_tag', 'tag_id', [...new Set(successors.flatMap(({ takes }) => takes))]);
  const places = await unknownIds(db, 'department', 'id', [...new Set(departments)]);
  return [
    ...faults('successors', 'twice', twice, (userid) => `${userid} is named twice`),
    ...faults('departments', 'unknown', places, (id) => `There is no department ${id}`),
    ...successors.flatMap(({ takes }, at) => {
      const unknown = takes.filter((tag) => tags.includes(tag));
      return faults(`successors.${at}.takes`, 'unknown', unknown, (id) => `There is no tag ${id}`);
    }),
  ];
}

async function unknownIds<T extends Value>(
  db: Database,
  table: 'corp_tag' | 'department',
  column: 'tag_id' | 'id',
  ids: T[],
): Promise<T[]> {
  const rows = await inChunks(ids, (chunk) => {
    const { where, params } = allOf([isIn(column, chunk), ['deleted_at IS NULL']]);
    return db.query<{ id: unknown }>(`SELECT ${column} AS id FROM ${table} WHERE ${where}`, params);
  });
  const known = new Set(rows.map(({ id }) => String(id)));
  return ids.filter((id) => !known.has(String(id)));
}

/** What is named one by one, and none of the givers has, or has no more because a colleague took it over. */
export function faultsOfExtent(
  wish: Pick<NewHandover, 'external_contacts' | 'group_chats'>,
  movers: readonly NamedMover[],
): FieldFault[] {
  const missing = (chosen: Chosen, kind: NamedMover['kind']) => {
    if (typeof chosen === 'string') return [];
    const theirs = movers.filter((mover) => mover.kind === kind && mover.relation_state !== 'transferred_out');
    const held = new Set(theirs.map(({ id }) => id));
    return [...new Set(chosen)].filter((id) => !held.has(id));
  };
  const says = (id: unknown) => `None of the givers has ${id}`;
  return [
    ...faults('external_contacts', 'unknown', missing(wish.external_contacts, 'external_contact'), says),
    ...faults('group_chats', 'unknown', missing(wish.group_chats, 'group_chat'), says),
  ];
}

/** By hand it goes to one of the successors who can take it over, and not to its giver. */
export function faultsByHand(
  byHand: NewHandover['rule']['by_hand'],
  movers: readonly NamedMover[],
  successors: readonly KnownSuccessor[],
): FieldFault[] {
  const known = new Map(successors.map((one) => [one.userid.toLowerCase(), one]));
  const givers = new Map<string, Set<string>>();
  for (const mover of movers) {
    for (const key of handKeys(mover)) givers.set(key, (givers.get(key) ?? new Set()).add(mover.from.toLowerCase()));
  }
  const found = Object.entries(byHand).flatMap(([id, userid]) => {
    const path = `rule.by_hand.${id}`;
    if (givers.get(id)?.has(userid.toLowerCase()))
      return faults(path, 'same_person', [userid], () => 'They have it already');
    const to = known.get(userid.toLowerCase());
    if (!to) return faults(path, 'unknown', [userid], () => `${userid} is none of the successors`);
    return cannotTakeOver(path, [to]);
  });
  return found.slice(0, mostNamed);
}

/** @param visible which findings the viewer may see, on `f` */
export async function faultsOfFinding(
  db: Database,
  findingId: number | undefined,
  visible: readonly Condition[],
): Promise<FieldFault[]> {
  if (findingId === undefined) return [];
  const { where, params } = allOf([['f.id = ?', findingId], ...visible]);
  const found = await db.query(`SELECT f.id FROM finding f WHERE ${where}`, params);
  return found.length > 0 ? [] : faults('finding_id', 'unknown', [findingId], (id) => `There is no finding ${id}`);
}

/** Whether anybody of them can get anything of anybody. */
export const isAnybodyToTake = (
  givers: readonly Pick<Giver, 'staff_id'>[],
  successors: readonly KnownSuccessor[],
): boolean => givers.some(({ staff_id }) => successors.some(({ id, serving }) => serving && id !== staff_id));
