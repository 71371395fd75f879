import type { z } from 'zod';
import { groupBy } from '../../../core/collections';
import { defineErrors } from '../../../core/errors';
import { counterIn, encodeCursor, type Page, textIn, toPage } from '../../../core/paging';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import {
  allOf,
  type Condition,
  contactsLike,
  contactsWith,
  pairConditions,
  positionOf,
  staffFilter,
} from './contact-filters';
import { contactsOfMember, searchContacts, selectContacts } from './contact-search';
import type { ExternalContact, Relation, RelationHistory } from './external-contacts.entity';
import type {
  ExternalContactQuery,
  externalContactDetail,
  externalContactView,
  HistoryQuery,
  historyEntry,
  RelationQuery,
} from './external-contacts.schema';
import { createRelationStore } from './external-contacts.store';
import { type RelationView, relationViews } from './relation-views';

type ContactView = z.input<typeof externalContactView>;
type ContactDetail = z.input<typeof externalContactDetail>;
type HistoryView = z.input<typeof historyEntry>;
type HistoryRow = RelationHistory & { userid: string; staff_name: string | null };

export const externalContactError = defineErrors('external_contact', {
  not_found: [404, 'No external contact with this id is known'],
});

export type ExternalContactViews = ReturnType<typeof createExternalContactViews>;

/** External contacts and relations as the API shows them. Every list is newest first. */
export function createExternalContactViews(db: Database) {
  const store = createRelationStore(db);

  /** @throws external_contact.not_found */
  async function known(externalUserid: string): Promise<ExternalContact> {
    const [found] = await store.contacts([externalUserid]);
    if (!found) throw externalContactError('not_found', { external_userid: externalUserid });
    return found;
  }

  async function contactViews(contacts: ExternalContact[]): Promise<ContactView[]> {
    const relations = await store.relationsOfContacts(contacts.map((c) => c.external_userid));
    const newestFirst = relations.sort((a, b) => (a.id < b.id ? 1 : -1));
    const names = new Map(contacts.map((c) => [c.external_userid, c.name]));
    const views = groupBy(await relationViews(db, newestFirst, names), (view) => view.external_userid);
    return contacts.map((contact) => contactView(contact, views.get(contact.external_userid) ?? []));
  }

  type AnyonesQuery = Omit<ExternalContactQuery, 'userid'>;

  async function listOfMember(staffId: string, query: AnyonesQuery): Promise<Page<ContactView>> {
    const pairs = { staffId, state: query.state, tagId: query.tag_id };
    const found = await contactsOfMember(db, pairs, { ...lookOf(query), conditions: likeOf(query) });
    const page = toPage(
      found,
      query.limit,
      (row) => [row.id],
      (row) => row.external_userid,
    );
    const contacts = new Map((await store.contacts(page.items)).map((c) => [c.external_userid, c]));
    return { ...page, items: await contactViews(page.items.flatMap((id) => contacts.get(id) ?? [])) };
  }

  async function listAll(query: AnyonesQuery): Promise<Page<ContactView>> {
    const pairs = await contactsWith(db, { state: query.state, tagId: query.tag_id });
    const look = { ...lookOf(query), conditions: [...(pairs ? [pairs.condition] : []), ...likeOf(query)] };
    const { rows, stoppedAt } =
      query.q && !pairs?.isNarrow
        ? await searchContacts(db, look)
        : { rows: await selectContacts(db, look), stoppedAt: null };
    const page = toPage(rows, query.limit, (row) => [row.id], same);
    const next_cursor = page.next_cursor ?? (stoppedAt && encodeCursor([stoppedAt]));
    return { items: await contactViews(page.items), next_cursor };
  }

  return {
    /**
     * Of one member: whom they met last comes first. With `q` a page may be short although more follows: a request looks
     * through 10,000. @throws paging.bad_cursor
     */
    async list({ userid, ...query }: ExternalContactQuery): Promise<Page<ContactView>> {
      const who = await staffFilter(db, userid);
      if (!who) return nothing;
      const { staffId } = who;
      return staffId === undefined ? listAll(query) : listOfMember(staffId, query);
    },

    /** @throws external_contact.not_found */
    async get(externalUserid: string): Promise<ContactDetail> {
      const contact = await known(externalUserid);
      const [view = contactView(contact, [])] = await contactViews([contact]);
      const groupChats = await db.query<ContactDetail['group_chats'][number]>(
        `SELECT g.chat_id, g.name, g.owner FROM group_chat_member m JOIN group_chat g ON g.chat_id = m.chat_id
         WHERE m.userid = ? AND g.state = 'active' ORDER BY g.id DESC`,
        [externalUserid],
      );
      return { ...view, group_chats: groupChats };
    },

    /** Of all relations of the contact. @throws external_contact.not_found, paging.bad_cursor */
    async history(externalUserid: string, { limit, cursor }: HistoryQuery): Promise<Page<HistoryView>> {
      await known(externalUserid);
      const conditions: Condition[] = [['r.external_userid = ?', externalUserid]];
      if (cursor !== undefined) conditions.push(['h.id < ?', counterIn(cursor)]);
      const { where, params } = allOf(conditions);
      const rows = await db.query<HistoryRow>(
        `SELECT h.*, s.userid AS userid, s.name AS staff_name
         FROM relation r JOIN relation_history h ON h.relation_id = r.id JOIN staff s ON s.id = r.staff_id
         WHERE ${where} ORDER BY h.id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      return toPage(rows, limit, (row) => [Number(row.id)], historyView);
    },

    /** @throws paging.bad_cursor */
    async listRelations({ limit, cursor, userid, external_userid, state }: RelationQuery): Promise<Page<RelationView>> {
      const who = await staffFilter(db, userid);
      if (!who) return nothing;
      const conditions = pairConditions({ ...who, externalUserid: external_userid, state });
      if (cursor !== undefined) conditions.push(['r.id < ?', textIn(cursor)]);
      const { where, params } = allOf(conditions);
      const sql = `SELECT r.* FROM relation r WHERE ${where} ORDER BY ${positionOf({ ...who, state })} DESC LIMIT ?`;
      const rows = await db.query<Relation>(sql, [...params, limit + 1]);
      const page = toPage(rows, limit, (row) => [row.id], same);
      const contacts = await store.contacts([...new Set(page.items.map((r) => r.external_userid))]);
      const names = new Map(contacts.map((c) => [c.external_userid, c.name]));
      return { ...page, items: await relationViews(db, page.items, names) };
    },
  };
}

const nothing = { items: [], next_cursor: null };
const lookOf = ({ limit, cursor }: { limit: number; cursor?: string | undefined }) => ({
  limit: limit + 1,
  before: cursor && textIn(cursor),
});
const likeOf = ({ q }: { q?: string | undefined }): Condition[] => (q ? [contactsLike(q)] : []);
const same = <T>(row: T): T => row;

const types: Record<number, ContactView['type']> = { 1: 'wechat', 2: 'wecom' };
const genders: Record<number, ContactView['gender']> = { 1: 'male', 2: 'female' };

const contactView = (row: ExternalContact, relations: RelationView[]): ContactView => ({
  external_userid: row.external_userid,
  name: row.name,
  avatar: row.avatar,
  type: types[row.type] ?? 'unknown',
  gender: genders[row.gender] ?? 'unknown',
  unionid: row.unionid,
  position: row.position,
  corp_name: row.corp_name,
  corp_full_name: row.corp_full_name,
  created_at: iso(toDate(row.created_at)),
  updated_at: iso(toDate(row.updated_at)),
  relations,
});

const historyView = (row: HistoryRow): HistoryView => ({
  id: Number(row.id),
  userid: row.userid,
  staff_name: row.staff_name,
  kind: row.kind,
  source: row.source,
  occurred_at: iso(toDate(row.occurred_at)),
  recorded_at: iso(toDate(row.recorded_at)),
  ref: row.ref,
  detail: row.detail === null ? null : JSON.parse(row.detail),
});
