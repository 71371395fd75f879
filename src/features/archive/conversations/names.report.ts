import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';

interface Wanted {
  persons: readonly string[];
  chats: readonly string[];
}

/** What people and group chats are called, as far as we know. */
export async function namesOf(db: Database, { persons, chats }: Wanted) {
  const read = (sql: (marks: string) => string, ids: readonly string[]) =>
    inChunks([...new Set(ids)], (chunk) =>
      db.query<{ id: string; name: string | null }>(sql(placeholders(chunk.length)), chunk),
    );
  const found = [
    ...(await read((marks) => `SELECT userid AS id, name FROM staff WHERE userid IN (${marks})`, persons)),
    ...(await read(
      (marks) => `SELECT external_userid AS id, name FROM external_contact WHERE external_userid IN (${marks})`,
      persons,
    )),
  ];
  const groups = await read((marks) => `SELECT chat_id AS id, name FROM group_chat WHERE chat_id IN (${marks})`, chats);
  return { persons: byId(found), chats: byId(groups) };
}

const byId = (rows: { id: string; name: string | null }[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
