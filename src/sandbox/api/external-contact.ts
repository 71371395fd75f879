import type { Company } from '../company';
import { applyEdit, type Edit } from '../control/relations';
import { isListed } from '../control/support';
import type { Arguments } from '../http/arguments';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { badArgument, Refusal } from '../http/fault';
import type { Relation, Staff } from '../world/types';
import { contactView, followInfoView, followUserView } from '../world/views';
import { atMost, type Endpoint, type Endpoints, servingStaff } from './endpoint';

const read = { method: 'GET', apps: ['agent'] } as const;
const post = { method: 'POST', apps: ['agent'] } as const;
const followersPerPage = 500;
const notRelated = (): Refusal => new Refusal(84061, 'not external contact');

/** The only list that pages over several members: the cheapest way to read everything. */
const batchByUser: Endpoint = {
  ...post,
  answer(given, company) {
    const userids = given.someTexts('userid_list', 100);
    const limit = Math.min(given.limit('limit', 50, Number.MAX_SAFE_INTEGER), 100);
    const scope = `batch/get_by_user ${JSON.stringify(userids)}`;
    const position = decodeCursor(scope, given.text('cursor'), 2);
    const staff = userids.map((userid) => servingStaff(company, userid));
    const { page, next } = walk(staff, position, limit);
    return {
      external_contact_list: page.map((relation) => ({
        external_contact: contactView(relation.contact),
        follow_info: followInfoView(relation),
      })),
      next_cursor: next ? encodeCursor(scope, next) : '',
    };
  },
};

const getContact: Endpoint = {
  ...read,
  answer(given, { world }) {
    const id = given.required('external_userid');
    const contact = world.contacts.get(id);
    if (!contact) throw new Refusal(40096, 'invalid external userid');
    const shown = contact.followers.filter((relation) => isListed(relation) && isShown(relation.staff));
    if (shown.length === 0) throw notRelated();
    const scope = `externalcontact/get ${id}`;
    const [after = 0] = decodeCursor(scope, given.text('cursor'), 1);
    const { page, more } = pageAfter(shown, after, followersPerPage);
    const last = page.at(-1);
    return {
      external_contact: contactView(contact),
      follow_user: page.map((relation) => followUserView(world, relation)),
      ...(more && last ? { next_cursor: encodeCursor(scope, [last.serial]) } : {}),
    };
  },
};

const unassignedList: Endpoint = {
  ...post,
  answer(given, { world }) {
    const limit = given.limit('page_size', 1000, 1000);
    const [after = 0] = decodeCursor('unassigned', given.text('cursor'), 1);
    const { page, more } = pageAfter(world.unassigned(), after, limit);
    const last = page.at(-1);
    return {
      info: page.map(({ handover, contact, dimission_time }) => ({
        handover_userid: handover.userid,
        external_userid: contact.external_userid,
        dimission_time,
      })),
      is_last: !more,
      next_cursor: more && last ? encodeCursor('unassigned', [last.serial]) : '',
    };
  },
};

export const externalContactEndpoints: Endpoints = {
  'externalcontact/get_follow_user_list': {
    ...read,
    answer: (_, { world }) => ({ follow_user: world.followers().map(({ userid }) => userid) }),
  },
  'externalcontact/list': {
    ...read,
    answer(given, company) {
      const customers = [...customersOf(servingStaff(company, given.required('userid')))];
      if (customers.length === 0) throw notRelated();
      return { external_userid: customers.map(({ contact }) => contact.external_userid) };
    },
  },
  'externalcontact/get': getContact,
  'externalcontact/batch/get_by_user': batchByUser,
  'externalcontact/get_unassigned_list': unassignedList,
  'externalcontact/remark': { ...post, answer: remark },
  'externalcontact/mark_tag': { ...post, answer: markTag },
};

const isShown = (staff: Staff): boolean => staff.follower && staff.status === 1;

/** What WeCom's lists show of a member, oldest first. */
function* customersOf(staff: Staff): Generator<Relation> {
  if (!isShown(staff)) return;
  for (const relation of staff.relations.values()) if (isListed(relation)) yield relation;
}

/**
 * A page over the customers of one member after the other. The position is the member and the serial of the last row
 * given, so it stays true while rows come and go. `next` is undefined at the end.
 */
function walk(members: readonly Staff[], [start = 0, serial = 0]: readonly number[], limit: number) {
  const page: Relation[] = [];
  let after = serial;
  for (const [offset, staff] of members.slice(start).entries()) {
    const part = pageAfter(customersOf(staff), after, limit - page.length);
    page.push(...part.page);
    if (part.more) return { page, next: [start + offset, part.page.at(-1)?.serial ?? after] };
    after = 0;
  }
  return { page, next: undefined };
}

/** The pair a write names. @throws Refusal 40003, 84061 */
function pairNamed(given: Arguments, company: Company): Relation {
  const staff = servingStaff(company, given.required('userid'));
  const relation = staff.relations.get(given.required('external_userid'));
  if (!relation || relation.half) throw notRelated();
  return relation;
}

type Write = 'relation_remarked' | 'relation_tagged';

/** Our own writes give no callback (R1): they reach the ledger as `api`. */
function write(company: Company, kind: Write, relation: Relation, edit: Edit): object {
  applyEdit(relation, edit);
  const { staff, contact } = relation;
  const pair = { userid: staff.userid, external_userid: contact.external_userid };
  company.ledger.add({ kind, ...pair, detail: { ...edit } }, 'api');
  return {};
}

function remark(given: Arguments, company: Company): object {
  const relation = pairNamed(given, company);
  const field = (name: string, most: number) => (given.has(name) ? atMost(name, given.text(name), most) : undefined);
  const mobiles = given.has('remark_mobiles') ? given.texts('remark_mobiles').filter(Boolean) : undefined;
  const remarkCompany = field('remark_company', 20);
  const edit: Edit = {
    remark: field('remark', 20),
    description: field('description', 150),
    // Of a WeCom user the company is known: WeCom takes the remark and does nothing with it.
    remark_corp_name: relation.contact.type === 1 ? remarkCompany : undefined,
    remark_mobiles: mobiles,
  };
  const isEmpty = [...Object.values(edit), remarkCompany].every((value) => value === undefined);
  if (isEmpty) throw badArgument('nothing to change');
  return write(company, 'relation_remarked', relation, edit);
}

function markTag(given: Arguments, company: Company): object {
  const relation = pairNamed(given, company);
  const [add_tags, remove_tags] = [given.texts('add_tag'), given.texts('remove_tag')];
  if (add_tags.length + remove_tags.length === 0) throw badArgument('no tags given');
  for (const tag of add_tags) if (!company.world.findTag(tag)) throw new Refusal(40068, `invalid tagid: ${tag}`);
  return write(company, 'relation_tagged', relation, { add_tags, remove_tags });
}
