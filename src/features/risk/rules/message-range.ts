import type { Database } from '../../../db/database';
import type { JudgedMessage } from '../detection';

/** Messages to a step. */
const step = 500;

interface Range {
  from: Date;
  to: Date;
}

interface Deps {
  db: Database;
  /** With all that rules want to know of them. */
  messages: { read(ids: readonly number[]): Promise<JudgedMessage[]> };
}

/** The messages of a time, a step after the other. */
export const createMessageRange = ({ db, messages }: Deps) => ({
  async next({ from, to }: Range, after: number): Promise<{ ids: number[]; read: () => Promise<JudgedMessage[]> }> {
    const rows = await db.query<{ id: unknown }>(
      'SELECT id FROM archive_message WHERE id > ? AND sent_at >= ? AND sent_at < ? ORDER BY id LIMIT ?',
      [after, from, to, step],
    );
    const ids = rows.map(({ id }) => Number(id));
    return { ids, read: () => messages.read(ids) };
  },

  async count({ from, to }: Range): Promise<number> {
    const sql = 'SELECT COUNT(*) AS n FROM archive_message WHERE sent_at >= ? AND sent_at < ?';
    const [row] = await db.query<{ n: unknown }>(sql, [from, to]);
    return Number(row?.n);
  },
});

export type MessageRange = ReturnType<typeof createMessageRange>;
