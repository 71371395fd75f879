import { newId } from '../../../core/ids';
import type { ExternalContact, Relation, RelationTag } from './external-contacts.entity';
import { blankRelation } from './external-contacts.store';
import { type Fact, fold, listedStates, sameAddMs } from './facts';
import type { NewHistory } from './history';
import {
  contactColumns,
  knowsPersonalTags,
  type Observed,
  type Origin,
  relationColumns,
  tagColumns,
} from './observation';
import { divide, maskedDiff } from './personal';

/** Something a read showed that our copy did not have. */
export interface Change {
  kind: 'relation_appeared' | 'relation_changed' | 'contact_changed';
  staffId: string;
  externalUserid: string;
  detail: object;
}

/** What an event said of one pair; the first line of its history when the pair is new to us. */
export interface Told {
  staffId: string;
  externalUserid: string;
  fact: Fact;
}

/** What one page of pairs leads to, gathered before anything is written. */
export interface Plan {
  contacts: Map<string, ExternalContact>;
  newRelations: Relation[];
  edited: Relation[];
  newTags: RelationTag[];
  goneTags: RelationTag[];
  history: NewHistory[];
  /** Pairs that are here although our history says they ended, or that began again. */
  doubtful: { relation: Relation; startedAt: Date }[];
  cleared: string[];
  changes: Change[];
}

/** What we hold of the pairs a page shows. */
export interface Known {
  contacts: Map<string, ExternalContact>;
  relations: Map<string, Relation>;
  tags: Map<string, RelationTag[]>;
  /** Relations of which we wrote something ourselves since the read began. */
  writtenByUs: ReadonlySet<string>;
}

export const pairKey = (externalUserid: string, staffId: string): string => `${externalUserid} ${staffId}`;

interface Drawing {
  origin: Origin;
  now: Date;
  told: Told | undefined;
}

/** What a page of pairs leads to. Only thinks: nothing is read or written here. */
export function draw(known: Known, observed: Observed[], drawing: Drawing): Plan {
  const plan: Plan = {
    contacts: new Map(),
    newRelations: [],
    edited: [],
    newTags: [],
    goneTags: [],
    history: [],
    doubtful: [],
    cleared: [],
    changes: [],
  };
  for (const one of observed) {
    drawContact(plan, known, one, drawing);
    const relation = known.relations.get(pairKey(one.contact.external_userid, one.staffId));
    const isErased = Boolean(known.contacts.get(one.contact.external_userid)?.erased_at);
    if (relation) {
      // Of whoever was erased only that the two are connected is followed (S23).
      const isKept = isErased || isOutrun(relation, drawing.origin) || known.writtenByUs.has(relation.id);
      drawKnown(plan, { relation, tags: known.tags.get(relation.id) ?? [], isKept }, one, drawing);
    } else drawNew(plan, one, { ...drawing, isErased });
  }
  return plan;
}

function drawContact(plan: Plan, known: Known, { contact, staffId }: Observed, { origin, now }: Drawing): void {
  const columns = contactColumns(contact);
  if (plan.contacts.has(columns.external_userid)) return;
  const old = known.contacts.get(columns.external_userid);
  if (old?.erased_at) return;
  const diff = old ? differing(old, columns) : {};
  if (old && (Object.keys(diff).length === 0 || isOutrun(old, origin))) return;
  const row = Object.assign(columns, { id: old?.id ?? newId(), erased_at: null, created_at: now, updated_at: now });
  plan.contacts.set(columns.external_userid, row);
  if (old) plan.changes.push(change('contact_changed', staffId, columns.external_userid, maskedDiff(diff)));
}

function drawNew(
  plan: Plan,
  { contact, staffId, follower }: Observed,
  { now, told, isErased }: Drawing & { isErased: boolean },
): void {
  const isTold = told?.staffId === staffId && told.externalUserid === contact.external_userid;
  const first: Fact = isTold ? told.fact : { kind: 'added', occurred_at: follower.createtime };
  const startedAt = first.occurred_at;
  const { state, spell, started_at, ended_at } = fold([first]);
  const relation: Relation = Object.assign(
    blankRelation(staffId, contact.external_userid, startedAt),
    { state, spell, started_at, ended_at, updated_at: now },
    isErased ? {} : relationColumns(follower),
  );
  plan.newRelations.push(relation);
  for (const tag of isErased ? [] : tagColumns(follower)) plan.newTags.push({ relation_id: relation.id, ...tag });
  plan.history.push({ relation_id: relation.id, ...first });
  plan.changes.push(change('relation_appeared', staffId, contact.external_userid, { started_at: startedAt }));
}

function drawKnown(
  plan: Plan,
  { relation, tags, isKept }: { relation: Relation; tags: RelationTag[]; isKept: boolean },
  { follower }: Observed,
  { origin, now, told }: Drawing,
): void {
  if (!isKept) drawEdit(plan, { relation, tags }, follower, { at: origin.at, now });
  const startedAt = startAsTold(follower.createtime, relation, told);
  if (isDoubtful(relation, startedAt)) plan.doubtful.push({ relation, startedAt });
  else if (relation.absent_since) plan.cleared.push(relation.id);
}

function drawEdit(
  plan: Plan,
  { relation, tags }: { relation: Relation; tags: RelationTag[] },
  follower: Observed['follower'],
  { at, now }: { at: Date; now: Date },
): void {
  // What has no column is kept, not compared: one kind of read shows more of it than another.
  const { extra, ...columns } = relationColumns(follower);
  const detail = { ...differing(relation, columns), ...drawTags(plan, relation.id, tags, follower) };
  const isEdited = Object.keys(detail).length > 0;
  if (!isEdited && (extra === null || extra === relation.extra)) return;
  plan.edited.push({ ...relation, ...columns, extra: extra ?? relation.extra, updated_at: now });
  if (!isEdited) return;
  plan.history.push(edited(relation, detail, at));
  plan.changes.push(change('relation_changed', relation.staff_id, relation.external_userid, maskedDiff(detail)));
}

/** The line of an edit: what is personal of it will be sealed. */
function edited(relation: Relation, detail: Record<string, unknown>, at: Date): NewHistory {
  const { plain, personal } = divide(detail);
  const line = { relation_id: relation.id, kind: 'edited', occurred_at: at, detail: plain };
  if (Object.keys(personal).length === 0) return line;
  return { ...line, personal: { of: relation.external_userid, fields: personal } };
}

/**
 * Written after the read began: an event was faster than the page that a long read fetched before it. Events
 * themselves come one after another, and each change has its own. After a write of ours no event comes, so what is read
 * then always counts.
 */
const isOutrun = (row: { updated_at: Date }, { source, at }: Origin): boolean =>
  source !== 'event' && source !== 'own_write' && row.updated_at > at;

/** The event's word for when they began, rather than the list's, which may be a second off. */
function startAsTold(startedAt: Date, relation: Relation, told: Told | undefined): Date {
  if (told?.staffId !== relation.staff_id || told.externalUserid !== relation.external_userid) return startedAt;
  const at = told.fact.occurred_at;
  return Math.abs(at.getTime() - startedAt.getTime()) <= sameAddMs ? at : startedAt;
}

const isDoubtful = (relation: Relation, startedAt: Date): boolean =>
  !listedStates.includes(relation.state) ||
  relation.state === 'half' ||
  startedAt.getTime() - relation.started_at.getTime() > 5000 ||
  (relation.ended_at !== null && startedAt > relation.ended_at);

function drawTags(
  plan: Plan,
  relationId: string,
  old: RelationTag[],
  follower: Observed['follower'],
): { tags_added?: string[]; tags_removed?: string[] } {
  const shown = tagColumns(follower);
  const comparable = knowsPersonalTags(follower) ? old : old.filter((tag) => tag.type !== 2);
  const before = new Set(comparable.map((tag) => tag.tag_key));
  const after = new Set(shown.map((tag) => tag.tag_key));
  const added = shown.filter((tag) => !before.has(tag.tag_key));
  const removed = comparable.filter((tag) => !after.has(tag.tag_key));
  for (const tag of added) plan.newTags.push({ relation_id: relationId, ...tag });
  plan.goneTags.push(...removed);
  return {
    ...(added.length > 0 ? { tags_added: added.map((tag) => tag.tag_key) } : {}),
    ...(removed.length > 0 ? { tags_removed: removed.map((tag) => tag.tag_key) } : {}),
  };
}

const change = (kind: Change['kind'], staffId: string, externalUserid: string, detail: object): Change => ({
  kind,
  staffId,
  externalUserid,
  detail,
});

/** The fields of `after` that differ, as `{field: [before, after]}`. */
function differing<T extends object>(before: T, after: Partial<T>): Record<string, unknown> {
  const keys = Object.keys(after) as (keyof T & string)[];
  return Object.fromEntries(
    keys.filter((key) => before[key] !== after[key]).map((key) => [key, [before[key], after[key]]]),
  );
}
