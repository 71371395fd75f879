import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { Hit } from './hit';
import type { StoredHit } from './rules.entity';

const columns = [
  ...['message_id', 'rule_id', 'version', 'matcher', 'conversation_id', 'msgid', 'sent_at', 'content'],
  ...['userid', 'external_userid', 'chat_id', 'fuzzy', 'places', 'told', 'found_at'],
];
const unique = ['message_id', 'rule_id', 'version', 'matcher'];

export type HitStore = ReturnType<typeof createHitStore>;

/** What rules hit, for as long as it may be part of something. Everything that writes is called inside a transaction. */
export function createHitStore(db: Database) {
  return {
    /** Those that are there already are left as they are. */
    async add(hits: readonly { hit: Hit; told: boolean }[]): Promise<void> {
      const rows = hits.map(({ hit, told }) => [
        ...[hit.message_id, hit.rule_id, hit.version, hit.matcher, hit.conversation_id, hit.msgid, hit.sent_at],
        ...[hit.content, hit.userid, hit.external_userid, hit.chat_id, hit.fuzzy, JSON.stringify(hit.places)],
        ...[told, db.now()],
      ]);
      await insertRows(db, { table: 'risk_rule_hit', columns, onConflict: { keys: unique } }, rows);
    },

    async tell(hits: readonly Hit[]): Promise<void> {
      const sql = `UPDATE risk_rule_hit SET told = ? WHERE ${unique.map((column) => `${column} = ?`).join(' AND ')}`;
      for (const hit of hits) await db.execute(sql, [true, hit.message_id, hit.rule_id, hit.version, hit.matcher]);
    },

    /** Of these, those that are there. */
    async known(hits: readonly Hit[]): Promise<Set<string>> {
      const ids = [...new Set(hits.map(({ message_id }) => message_id))];
      const rows = await inChunks(ids, (chunk) =>
        db.query<Pick<StoredHit, 'message_id' | 'rule_id' | 'version' | 'matcher'>>(
          `SELECT ${unique.join(', ')} FROM risk_rule_hit WHERE message_id IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      return new Set(rows.map((row) => nameOf({ ...row, message_id: Number(row.message_id) })));
    },

    /** What is part of no finding yet, of conversations in a time. */
    async open(conversations: readonly string[], from: Date, to: Date): Promise<Hit[]> {
      const rows = await inChunks([...conversations], (chunk) =>
        db.query<StoredHit>(
          `SELECT * FROM risk_rule_hit WHERE conversation_id IN (${placeholders(chunk.length)})
           AND sent_at >= ? AND sent_at <= ? AND told = ?`,
          [...chunk, from, to, false],
        ),
      );
      return rows.map(toHit);
    },

    purge: (before: Date): Promise<number> => db.execute('DELETE FROM risk_rule_hit WHERE found_at < ?', [before]),
  };
}

export const nameOf = (hit: Pick<Hit, 'message_id' | 'rule_id' | 'version' | 'matcher'>): string =>
  [hit.message_id, hit.rule_id, hit.version, hit.matcher].join(' ');

const toHit = (row: StoredHit): Hit => ({
  ...{ rule_id: row.rule_id, version: Number(row.version), matcher: Number(row.matcher) },
  ...{ message_id: Number(row.message_id), conversation_id: row.conversation_id, msgid: row.msgid },
  ...{ sent_at: toDate(row.sent_at), content: row.content },
  ...{ userid: row.userid, external_userid: row.external_userid, chat_id: row.chat_id },
  ...{ fuzzy: Boolean(row.fuzzy), places: JSON.parse(row.places) },
});
