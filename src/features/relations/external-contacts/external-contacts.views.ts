import type { z } from 'zod';
import { groupBy } from '../../../core/collections';
import { defineErrors } from '../../../core/errors';
import { counterIn, encodeCursor, type Page, textIn, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import { allOf } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { Scope, ScopeService } from '../../kernel/scope';
import { contactsWith, pairConditions, positionOf, staffFilter } from './contact-filters';
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
import { createHistoryReader } from './history';
import { createPhoneSearch } from './phone-search';
import { type RelationView, relationViews, tagViews } from './relation-views';

type ContactView = z.input<typeof externalContactView>;
type ContactDetail = z.input<typeof externalContactDetail>;
type HistoryView = z.input<typeof historyEntry>;
type HistoryRow = RelationHistory & {
  userid: string;
  staff_name: string | null;
  staff_id: string;
  external_userid: string;
};

export const externalContactError = defineErrors('external_contact', {
  not_found: [404, 'No external contact with this id is known'],
  not_yours: [403, 'Only whoever has the external contact, and those above them, may share it'],
});

interface Deps {
  db: Database;
  scopes: ScopeService;
  vault: Vault;
}

export type ExternalContactViews = ReturnType<typeof createExternalContactViews>;

/** External contacts and relations as the API shows them: each viewer their own. Every list is newest first. */
export function createExternalContactViews({ db, scopes, vault }: Deps) {
  const store = createRelationStore({ db, vault });
  const history = createHistoryReader({ db, vault });
  const phones = createPhoneSearch({ db, vault });

  /** @throws external_contact.not_found, also for one that is none of the viewer's business */
  async function known(externalUserid: string, scope: Scope): Promise<ExternalContact> {
    const [found] = await store.contacts([externalUserid]);
    const within = scope.relations('relation')?.probe;
    const isVisible = !within || (await store.relationsOfContacts([externalUserid], within)).length > 0;
    if (!found || !isVisible) throw externalContactError('not_found', { external_userid: externalUserid });
    return found;
  }

  async function contactViews(contacts: ExternalContact[], scope: Scope): Promise<ContactView[]> {
    const ids = contacts.map((c) => c.external_userid);
    const relations = await store.relationsOfContacts(ids, scope.relations('relation')?.probe);
    const newestFirst = relations.sort((a, b) => (a.id < b.id ? 1 : -1));
    const names = new Map(contacts.map((c) => [c.external_userid, c.name]));
    const views = groupBy(await relationViews(db, { relations: newestFirst, names, scope }), (v) => v.external_userid);
    const owners = groupBy(relations, (relation) => relation.external_userid);
    const unionid = await scope.field(
      'external_contact.unionid',
      relations.map((relation) => relation.staff_id),
    );
    return contacts.map((contact) => {
      const isOurs = owners.get(contact.external_userid)?.some(({ staff_id }) => unionid(staff_id) === 'read') ?? false;
      const shown = isOurs ? contact : { ...contact, unionid: null };
      return contactView(shown, views.get(contact.external_userid) ?? []);
    });
  }

  async function historyDetails(rows: HistoryRow[], scope: Scope): Promise<unknown[]> {
    const owners = rows.map((row) => row.staff_id);
    const mobiles = await scope.field('relation.remark_mobiles', owners);
    const description = await scope.field('relation.description', owners);
    const persons = rows.map((row) => row.external_userid);
    return history.details(rows, persons, (i) => (path) => {
      const owner = owners[i] ?? '';
      return path === 'relation.description' ? description(owner) : mobiles(owner);
    });
  }

  type AnyonesQuery = Omit<ExternalContactQuery, 'userid'>;

  async function listOfMember(staffId: string, query: AnyonesQuery, scope: Scope): Promise<Page<ContactView>> {
    const pairs = { staffId, state: query.state, tagId: query.tag_id, within: scope.relations('r') };
    const { conditions } = await phones.conditions(query, scope);
    const found = await contactsOfMember(db, pairs, { ...lookOf(query), conditions });
    const page = toPage(
      found,
      query.limit,
      (row) => [row.id],
      (row) => row.external_userid,
    );
    const contacts = new Map((await store.contacts(page.items)).map((c) => [c.external_userid, c]));
    const items = page.items.flatMap((id) => contacts.get(id) ?? []);
    return { ...page, items: await contactViews(items, scope) };
  }

  async function listAll(query: AnyonesQuery, scope: Scope): Promise<Page<ContactView>> {
    const filter = { state: query.state, tagId: query.tag_id, within: scope.relations('r') };
    const pairs = await contactsWith(db, filter);
    const asked = await phones.conditions(query, scope);
    const look = { ...lookOf(query), conditions: [...(pairs ? [pairs.condition] : []), ...asked.conditions] };
    const { rows, stoppedAt } =
      asked.mustWalk && !pairs?.isNarrow
        ? await searchContacts(db, look)
        : { rows: await selectContacts(db, look), stoppedAt: null };
    const page = toPage(rows, query.limit, (row) => [row.id], same);
    const next_cursor = page.next_cursor ?? (stoppedAt && encodeCursor([stoppedAt]));
    return { items: await contactViews(page.items, scope), next_cursor };
  }

  return {
    /**
     * Of one member: whom they met last comes first. With `q` a page may be short although more follows: a request looks
     * through 10,000. @throws paging.bad_cursor
     */
    async list({ userid, ...query }: ExternalContactQuery, viewer: Viewer): Promise<Page<ContactView>> {
      const who = await staffFilter(db, userid);
      if (!who) return nothing;
      const { staffId } = who;
      const scope = await scopes.of(viewer);
      return staffId === undefined ? listAll(query, scope) : listOfMember(staffId, query, scope);
    },

    /** The tags of each relation, by its id. */
    tagsOf: (relationIds: string[]) => tagViews(db, relationIds),

    /** @throws external_contact.not_found */
    assertVisible: async (externalUserid: string, viewer: Viewer): Promise<void> =>
      void (await known(externalUserid, await scopes.of(viewer))),

    /** Whether somebody of the viewer's own line has the contact: only they may share it. @throws external_contact.not_found, not_yours */
    async assertOwned(externalUserid: string, viewer: Viewer): Promise<void> {
      const scope = await scopes.of(viewer);
      await known(externalUserid, scope);
      const own = await store.relationsOfContacts([externalUserid], scope.staff('relation.staff_id') ?? undefined);
      if (own.length === 0) throw externalContactError('not_yours', { external_userid: externalUserid });
    },

    /** @throws external_contact.not_found */
    async get(externalUserid: string, viewer: Viewer): Promise<ContactDetail> {
      const scope = await scopes.of(viewer);
      const contact = await known(externalUserid, scope);
      const [view = contactView(contact, [])] = await contactViews([contact], scope);
      const groupChats = await db.query<ContactDetail['group_chats'][number]>(
        `SELECT g.chat_id, g.name, g.owner FROM group_chat_member m JOIN group_chat g ON g.chat_id = m.chat_id
         WHERE m.userid = ? AND g.state = 'active' ORDER BY g.id DESC`,
        [externalUserid],
      );
      return { ...view, group_chats: groupChats };
    },

    /** Of all relations of the contact that the viewer sees. @throws external_contact.not_found, paging.bad_cursor */
    async history(externalUserid: string, { limit, cursor }: HistoryQuery, viewer: Viewer): Promise<Page<HistoryView>> {
      const scope = await scopes.of(viewer);
      await known(externalUserid, scope);
      const conditions = pairConditions({ externalUserid, within: scope.relations('r') }, 'probe');
      if (cursor !== undefined) conditions.push(['h.id < ?', counterIn(cursor)]);
      const { where, params } = allOf(conditions);
      const rows = await db.query<HistoryRow>(
        `SELECT h.*, s.userid AS userid, s.name AS staff_name, r.staff_id AS staff_id, r.external_userid AS external_userid
         FROM relation r JOIN relation_history h ON h.relation_id = r.id JOIN staff s ON s.id = r.staff_id
         WHERE ${where} ORDER BY h.id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      const detail = await historyDetails(rows, scope);
      const page = toPage(rows, limit, (row) => [Number(row.id)], same);
      return { ...page, items: page.items.map((row, i) => historyView(row, detail[i])) };
    },

    /** @throws paging.bad_cursor */
    async listRelations(query: RelationQuery, viewer: Viewer): Promise<Page<RelationView>> {
      const { limit, cursor, userid, external_userid, state } = query;
      const who = await staffFilter(db, userid);
      if (!who) return nothing;
      const scope = await scopes.of(viewer);
      const within = scope.relations('r');
      const conditions = pairConditions({ ...who, externalUserid: external_userid, state, within });
      if (cursor !== undefined) conditions.push(['r.id < ?', textIn(cursor)]);
      const { where, params } = allOf(conditions);
      const sql = `SELECT r.* FROM relation r WHERE ${where} ORDER BY ${positionOf({ ...who, state })} DESC LIMIT ?`;
      const rows = await db.query<Relation>(sql, [...params, limit + 1]);
      const page = toPage(rows, limit, (row) => [row.id], store.toRelation);
      const contacts = await store.contacts([...new Set(page.items.map((r) => r.external_userid))]);
      const names = new Map(contacts.map((c) => [c.external_userid, c.name]));
      return { ...page, items: await relationViews(db, { relations: page.items, names, scope }) };
    },
  };
}

const nothing = { items: [], next_cursor: null };
const lookOf = ({ limit, cursor }: { limit: number; cursor?: string | undefined }) => ({
  limit: limit + 1,
  before: cursor && textIn(cursor),
});
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
  erased_at: isoOrNull(toDateOrNull(row.erased_at)),
  created_at: iso(toDate(row.created_at)),
  updated_at: iso(toDate(row.updated_at)),
  relations,
});

const historyView = (row: HistoryRow, detail: unknown): HistoryView => ({
  id: Number(row.id),
  userid: row.userid,
  staff_name: row.staff_name,
  kind: row.kind,
  source: row.source,
  occurred_at: iso(toDate(row.occurred_at)),
  recorded_at: iso(toDate(row.recorded_at)),
  ref: row.ref,
  detail,
});
