import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';

/** What somebody or something is called, by id; what has no name is not in it. */
type Names = ReadonlyMap<string, string>;

interface Parties {
  userid: string;
  external_userid: string;
  chat_id: string;
}

const sources = {
  userid: ['staff', 'userid'],
  external_userid: ['external_contact', 'external_userid'],
  chat_id: ['group_chat', 'chat_id'],
} as const;

/** The names of those who take part in conversations. */
export async function partyNames(
  db: Database,
  rows: readonly Parties[],
): Promise<(row: Parties) => { name: string | null; external_name: string | null; chat_name: string | null }> {
  const read = async (what: keyof typeof sources): Promise<Names> => {
    const [table, column] = sources[what];
    const found = await inChunks([...new Set(rows.map((row) => row[what]).filter(Boolean))], (chunk) =>
      db.query<{ id: string; name: string | null }>(
        `SELECT ${column} AS id, name FROM ${table} WHERE ${column} IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(found.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
  };
  const [staff, externals, chats] = [await read('userid'), await read('external_userid'), await read('chat_id')];
  return ({ userid, external_userid, chat_id }) => ({
    ...{ name: staff.get(userid) ?? null, external_name: externals.get(external_userid) ?? null },
    chat_name: chats.get(chat_id) ?? null,
  });
}
