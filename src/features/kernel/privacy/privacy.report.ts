import type { Database } from '../../../db/database';

/** What the rest of the product holds about one external contact, besides their own tables. */
export const privacyReport = (db: Database) => async (externalUserid: string) => {
  const rowsOf = (sql: string) => db.query(sql, [externalUserid]);
  return {
    group_chats: await rowsOf(
      `SELECT m.chat_id, g.name AS chat_name, m.name, m.nickname, m.unionid, m.joined_at, m.join_scene, m.invitor
       FROM group_chat_member m JOIN group_chat g ON g.chat_id = m.chat_id WHERE m.userid = ? ORDER BY m.chat_id`,
    ),
    collaborators: await rowsOf(
      `SELECT s.userid, c.level, c.until FROM collaborator c JOIN staff s ON s.id = c.staff_id
       WHERE c.object_type = 'external_contact' AND c.object_id = ? ORDER BY s.userid`,
    ),
    callbacks: await rowsOf(
      `SELECT event, change_type, userid, chat_id, occurred_at, received_at, state
       FROM inbox_event WHERE external_userid = ? ORDER BY id`,
    ),
    differences: await rowsOf(
      'SELECT kind, userid, state, explanation, detail, found_at FROM difference WHERE external_userid = ? ORDER BY id',
    ),
  };
};
