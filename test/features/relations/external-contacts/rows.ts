import { insertRows } from '../../../../src/db/bulk';
import type { Database } from '../../../../src/db/database';
import type {
  ExternalContact,
  Relation,
} from '../../../../src/features/relations/external-contacts/external-contacts.entity';
import {
  blankRelation,
  createRelationStore,
} from '../../../../src/features/relations/external-contacts/external-contacts.store';
import { vaultAtTest } from '../../../support/vault';

export const at = new Date('2026-03-02T08:00:00.000Z');
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Contact `wm<n>`, the n-th in the order they became known. */
export const aContact = (n: number, more: Partial<ExternalContact> = {}): ExternalContact => ({
  external_userid: `wm${n}`,
  id: id(n),
  name: `客户${n}`,
  avatar: null,
  type: 1,
  gender: 2,
  unionid: null,
  position: null,
  corp_name: null,
  corp_full_name: null,
  extra: null,
  erased_at: null,
  created_at: at,
  updated_at: at,
  ...more,
});

/** The n-th relation. */
export const aRelation = (
  n: number,
  staffId: string,
  externalUserid: string,
  more: Partial<Relation> = {},
): Relation => ({
  ...blankRelation(staffId, externalUserid, at),
  id: id(n),
  ...more,
});

/** Rows of a test, written past the services. */
export function writer(db: Database, vault = vaultAtTest) {
  const store = createRelationStore({ db, vault });
  const insert = (table: string, columns: string[], rows: (string | number | Date | null)[][]) =>
    insertRows(db, { table, columns }, rows);
  return {
    contacts: (...rows: ExternalContact[]) => store.insertContacts(rows),
    relations: (...rows: Relation[]) => store.insertRelations(rows),
    tags: store.insertTags,
    history: store.addHistory,
    staff: (staffId: string, userid: string, name: string | null = null) =>
      insert(
        'staff',
        ['id', 'userid', 'userid_key', 'name', 'status', 'direct_leaders', 'created_at', 'updated_at'],
        [[staffId, userid, userid.toLowerCase(), name, 'active', '[]', at, at]],
      ),
    formerUserid: (userid: string, staffId: string) =>
      insert('staff_former_userid', ['userid_key', 'staff_id', 'changed_at'], [[userid, staffId, at]]),
    corpTagGroup: (groupId: string, name: string, sort: number) =>
      insert(
        'corp_tag_group',
        ['group_id', 'name', 'sort', 'created_at', 'deleted_at'],
        [[groupId, name, sort, at, null]],
      ),
    corpTag: (tagId: string, groupId: string, { sort, deleted = null }: { sort: number; deleted?: Date | null }) =>
      insert(
        'corp_tag',
        ['tag_id', 'group_id', 'name', 'sort', 'created_at', 'deleted_at'],
        [[tagId, groupId, `name of ${tagId}`, sort, at, deleted]],
      ),
    groupChat: (n: number, chatId: string, state: string) =>
      insert(
        'group_chat',
        [
          ...['chat_id', 'id', 'name', 'owner', 'notice', 'admins', 'state', 'status', 'member_count'],
          ...['external_count', 'created_at', 'updated_at'],
        ],
        [[chatId, id(n), `name of ${chatId}`, 'li', '', '[]', state, 0, 1, 1, at, at]],
      ),
    groupMember: (chatId: string, userid: string) =>
      insert(
        'group_chat_member',
        ['chat_id', 'userid', 'type', 'name', 'nickname', 'join_scene'],
        [[chatId, userid, 2, '', '', 1]],
      ),
  };
}

/** Follows the cursors to the end; `between` runs after each page. */
export async function walk<T>(
  fetch: (query: object) => Promise<{ items: T[]; next_cursor: string | null }>,
  between: (pageNo: number) => Promise<unknown>,
): Promise<T[]> {
  const seen: T[] = [];
  let cursor: string | null = null;
  for (let pageNo = 1; ; pageNo++) {
    const page: { items: T[]; next_cursor: string | null } = await fetch({ limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items);
    cursor = page.next_cursor;
    if (!cursor) return seen;
    await between(pageNo);
  }
}
