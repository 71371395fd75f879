import type { Vault } from '../../../../src/core/vault';
import { insertRows } from '../../../../src/db/bulk';
import type { Database, Value } from '../../../../src/db/database';
import { aContact, aRelation, writer } from '../../relations/external-contacts/rows';

const at = new Date('2026-03-02T08:00:00.000Z');

/** crm-features §4.6: 总部 (Wang) › 华东 (Li) › 一组 (leader Zhao: Chen, Sun), 二组 (leader Qian: Wu). */
const departments: [id: number, parent: number | null, leaders: string[]][] = [
  [1, null, ['Wang']],
  [2, 1, ['Li']],
  [3, 2, ['Zhao']],
  [4, 2, ['Qian']],
];

const places: Record<string, number> = { Wang: 1, Li: 2, Zhao: 3, Chen: 3, Sun: 3, Qian: 4, Wu: 4 };
export const people = Object.keys(places);
export const staffId = (name: string): string => `s-${name.toLowerCase()}`;

/**
 * The company of the permission model. Everybody has an external contact of their own: `wmChen` is Chen's, and so on,
 * with the phone number 13800001111 in its remark. Chen and Sun also share the group chat `wrOne`.
 */
export async function foundCompany({ db, vault }: { db: Database; vault: Vault }): Promise<void> {
  const insert = (table: string, columns: string, rows: Value[][]) =>
    insertRows(db, { table, columns: columns.split(' ') }, rows);
  await db.transact(async () => {
    await insert(
      'department',
      'id name parent_id sort leaders updated_at',
      departments.map(([id, parent, leaders]) => [id, `d${id}`, parent, 1, JSON.stringify(leaders), at]),
    );
    await insert(
      'staff',
      'id userid userid_key name status direct_leaders created_at updated_at',
      people.map((name) => [staffId(name), name, name.toLowerCase(), name, 'active', '[]', at, at]),
    );
    await insert(
      'staff_department',
      'staff_id department_id is_leader',
      people.map((name) => [staffId(name), places[name] ?? 0, false]),
    );
    const write = writer(db, vault);
    await write.contacts(
      ...people.map((name, n) => aContact(n + 1, { external_userid: `wm${name}`, name: `K${name}` })),
    );
    await write.relations(
      ...people.map((name, n) =>
        aRelation(n + 1, staffId(name), `wm${name}`, {
          remark: `secret ${name}`,
          remark_mobiles: '["13800001111"]',
          description: 'met at the fair',
        }),
      ),
    );
    for (const [n, name] of people.entries()) {
      const origin = { source: 'sync' as const, ref: 'run-1', at };
      const entry = { relation_id: aRelation(n + 1, staffId(name), `wm${name}`).id, kind: 'added', occurred_at: at };
      await write.history([entry], origin);
    }
    await write.groupChat(1, 'wrOne', 'active');
    await db.execute('UPDATE group_chat SET owner = ? WHERE chat_id = ?', ['Chen', 'wrOne']);
    for (const member of ['Chen', 'Sun']) {
      await write.groupMember('wrOne', member);
      await db.execute('UPDATE group_chat_member SET type = 1 WHERE chat_id = ? AND userid = ?', ['wrOne', member]);
    }
  });
}

/** Moves somebody to another department. */
export const move = (db: Database, name: string, department: number): Promise<number> =>
  db.execute('UPDATE staff_department SET department_id = ? WHERE staff_id = ?', [department, staffId(name)]);
