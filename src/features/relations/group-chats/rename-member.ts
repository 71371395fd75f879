import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';

/**
 * Follows a staff member's changed userid into every group chat. A group that a read has shown with the new id
 * already loses the old one. Must run inside `transact`.
 */
export async function renameMember(db: Database, from: string, to: string): Promise<void> {
  if (from === to) return;
  const [before, after] = [await chatIdsOf(db, from), new Set(await chatIdsOf(db, to))];
  await renameAdmins(db, before, { from, to });
  await db.execute('UPDATE group_chat SET owner = ?, updated_at = ? WHERE owner = ?', [to, db.now(), from]);
  const twice = before.filter((id) => after.has(id));
  await inChunks(twice, async (chunk) => {
    const ids = placeholders(chunk.length);
    await db.execute(`DELETE FROM group_chat_member WHERE userid = ? AND chat_id IN (${ids})`, [from, ...chunk]);
    await db.execute(`UPDATE group_chat SET member_count = member_count - 1 WHERE chat_id IN (${ids})`, chunk);
    return [];
  });
  await db.execute('UPDATE group_chat_member SET userid = ? WHERE userid = ?', [to, from]);
}

async function chatIdsOf(db: Database, userid: string): Promise<string[]> {
  const rows = await db.query<{ chat_id: string }>('SELECT chat_id FROM group_chat_member WHERE userid = ?', [userid]);
  return rows.map((row) => row.chat_id);
}

async function renameAdmins(
  db: Database,
  chatIds: string[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  const rows = await inChunks(chatIds, (chunk) =>
    db.query<{ chat_id: string; admins: string }>(
      `SELECT chat_id, admins FROM group_chat WHERE chat_id IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  for (const { chat_id, admins } of rows) {
    const ids: string[] = JSON.parse(admins);
    if (!ids.includes(from)) continue;
    const renamed = [...new Set(ids.map((id) => (id === from ? to : id)))].sort();
    const sql = 'UPDATE group_chat SET admins = ?, updated_at = ? WHERE chat_id = ?';
    await db.execute(sql, [JSON.stringify(renamed), db.now(), chat_id]);
  }
}
