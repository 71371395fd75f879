import { inChunks } from '../../../db/bulk';
import { type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { answers, asks } from './talk';

/** A conversation (`c`), and the last message in which staff answered. */
interface Answered {
  id: string;
  answer_id: number | string | null;
}

const lastOf = (what: string): string =>
  `SELECT m.id FROM archive_message m WHERE m.conversation_id = c.id AND ${what} ORDER BY m.id DESC LIMIT 1`;

/** In a select list of conversations `c`: the last answer and the last question. */
export const lastWords = `(${lastOf(answers)}) AS answer_id, (${lastOf(asks)}) AS ask_id`;

/** When the question that is open was asked: the first since the last answer, by conversation. */
export async function openSince(
  db: Database,
  rows: readonly Answered[],
  [only, ...params]: Condition = ['1 = 1'],
): Promise<Map<string, Date>> {
  // Named one by one, each is found by the index; compared with a column, each conversation would be read from its beginning.
  const found = await inChunks(
    [...rows],
    (chunk) =>
      db.query<{ id: string; asked_at: unknown }>(
        `SELECT c.id, MIN(m.sent_at) AS asked_at FROM archive_message m
         JOIN archive_conversation c ON c.id = m.conversation_id
         WHERE (${chunk.map(() => '(m.conversation_id = ? AND m.id > ?)').join(' OR ')}) AND ${asks} AND ${only}
         GROUP BY c.id`,
        [...chunk.flatMap(({ id, answer_id }) => [id, answer_id ?? 0]), ...params],
      ),
    200,
  );
  return new Map(found.map(({ id, asked_at }) => [id, toDate(asked_at)]));
}

/** When the questions were asked that were open when that batch of messages was the newest. */
export async function openBefore(db: Database, ids: readonly string[], batch: number): Promise<Date[]> {
  const rows = await inChunks([...ids], (chunk) => {
    const [among, ...named] = isIn('c.id', chunk);
    const last = lastOf(`m.batch_id <= ? AND ${answers}`);
    return db.query<Answered>(`SELECT c.id, (${last}) AS answer_id FROM archive_conversation c WHERE ${among}`, [
      batch,
      ...named,
    ]);
  });
  return [...(await openSince(db, rows, ['m.batch_id <= ?', batch])).values()];
}
