import { type ExternalContactChange, type ExternalContactEvent, externalContactEvent } from '../callbacks/events';
import { type Company, nowOf, record } from '../company';
import { createContact, freshRelation } from '../world/people';
import type { Relation } from '../world/types';
import {
  followerOrAny,
  type Hidden,
  isActive,
  isListed,
  mustStaff,
  NotPossible,
  type Pair,
  pairOf,
  type RelationChoice,
  relationOrAny,
} from './support';

export type RelationTarget = RelationChoice & Hidden;

export interface Addition extends RelationTarget {
  /** The customer added the staff member, who has not confirmed yet. */
  half?: boolean | undefined;
  /** Channel state of the contact way. */
  state?: string | undefined;
  add_way?: number | undefined;
}

export interface Edit extends RelationTarget {
  remark?: string | undefined;
  description?: string | undefined;
  remark_corp_name?: string | undefined;
  remark_mobiles?: string[] | undefined;
  add_tags?: string[] | undefined;
  remove_tags?: string[] | undefined;
}

const announce = (change: ExternalContactChange, event: ExternalContactEvent) => [
  { nodes: externalContactEvent(change, event) },
];

/** What staff and customers do to each other in the client. */
export const relationOperations = (company: Company) => ({
  /** Staff and customer become contacts; also confirms a half relation and takes back a customer who had deleted. */
  addRelation: (addition: Addition = {}): Pair => add(company, addition),

  /** Staff edits remark, description, mobiles or tags. Left out fields stay. */
  editRelation(edit: Edit): Pair {
    const relation = relationOrAny(company, edit, isActive);
    applyEdit(relation, edit);
    const pair = pairOf(relation);
    const { silent, userid: _, external_userid: __, ...detail } = edit;
    record(company, { kind: 'relation_edited', ...pair, detail }, announce('edit_external_contact', pair), { silent });
    return pair;
  },

  /** Staff deletes the customer: the relation leaves all lists. */
  deleteByStaff(target: RelationTarget = {}): Pair {
    const relation = relationOrAny(company, target, isListed);
    const pair = pairOf(relation);
    company.world.unlink(relation);
    if (!relation.external_deleted) company.world.holdByExternal(pair.userid, pair.external_userid);
    record(company, { kind: 'relation_deleted_by_staff', ...pair }, announce('del_external_contact', pair), target);
    return pair;
  },

  /** The customer deletes the staff member: WeCom's lists go on showing the relation. */
  deleteByExternal(target: RelationTarget = {}): Pair {
    const pair = endByExternal(company, target);
    record(company, { kind: 'relation_deleted_by_external', ...pair }, announce('del_follow_user', pair), target);
    return pair;
  },
});

function endByExternal(company: Company, { userid, external_userid }: RelationTarget): Pair {
  if (
    userid &&
    external_userid &&
    company.world.releaseByExternal(mustStaff(company, userid).userid, external_userid)
  ) {
    return { userid: mustStaff(company, userid).userid, external_userid };
  }
  const relation = relationOrAny(company, { userid, external_userid }, isActive);
  if (relation.external_deleted) throw new NotPossible('The customer has deleted this staff member already');
  if (relation.half) company.world.unlink(relation);
  else relation.external_deleted = true;
  return pairOf(relation);
}

function add(company: Company, addition: Addition): Pair {
  const { relation, known, wasHalf } = connect(company, addition);
  const { half = false, state, silent } = addition;
  const pair = pairOf(relation);
  // A greeting already sent to the half relation, or a contact from another WeCom company, leaves no welcome code.
  const welcome_code = wasHalf || relation.contact.type === 2 ? undefined : company.random.id('CALLBACK_', 43);
  record(
    company,
    { kind: half ? 'relation_half_added' : 'relation_added', ...pair, detail: { state, known } },
    announce(half ? 'add_half_external_contact' : 'add_external_contact', { ...pair, state, welcome_code }),
    { silent },
  );
  return pair;
}

/** Makes, confirms or revives the relation. `known`: somebody here had this external contact before. */
function connect(company: Company, { userid, external_userid, half = false, state, add_way }: Addition) {
  const { world, random } = company;
  const staff = followerOrAny(company, userid);
  if (!staff.follower) throw new NotPossible(`${staff.userid} does not work with customers`);
  const known = external_userid ? world.contacts.get(external_userid) : undefined;
  const existing = external_userid ? staff.relations.get(external_userid) : undefined;
  if (existing && isActive(existing)) throw new NotPossible('They are contacts already');

  const contact = known ?? createContact(world, random, external_userid);
  const wasHalf = existing?.half ?? false;
  const relation = existing ?? world.link(staff, contact, freshRelation(contact, nowOf(company)));
  Object.assign(relation, { createtime: nowOf(company), half, external_deleted: false });
  relation.state = state ?? relation.state;
  relation.add_way = add_way ?? relation.add_way;
  return { relation, known: known !== undefined, wasHalf };
}

/** Shared with the API, which edits without a callback. */
export function applyEdit(relation: Relation, edit: Edit): void {
  relation.remark = edit.remark ?? relation.remark;
  relation.description = edit.description ?? relation.description;
  relation.remark_corp_name = edit.remark_corp_name ?? relation.remark_corp_name;
  relation.remark_mobiles = edit.remark_mobiles ?? relation.remark_mobiles;
  if (!edit.add_tags && !edit.remove_tags) return;
  const removed = new Set(edit.remove_tags);
  relation.tags = [...new Set([...relation.tags, ...(edit.add_tags ?? [])])].filter((tag) => !removed.has(tag));
}
