import { shanghaiDay } from '../../../core/clock';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import { createQuestionReader, type Question, type Span, type Word } from './questions';
import { answers, asks, says, withOutside } from './talk';

interface Row {
  id: number | string;
  conversation_id: string;
  userid: string;
  sent_at: unknown;
  by_staff: unknown;
}

const pageSize = 5000;
const byStaff = 'CASE WHEN m.sender = c.userid THEN 1 ELSE 0 END';
const spoken = 'archive_message m JOIN archive_conversation c ON c.id = m.conversation_id';

/** Everything that was said on a day, in order. */
async function wordsOf(db: Database, { from, until }: Span): Promise<{ words: Word[]; ids: number[] }> {
  const [words, ids]: [Word[], number[]] = [[], []];
  for (let after = 0; ; after = ids.at(-1) ?? after) {
    const rows = await db.query<Row>(
      `SELECT m.id, m.conversation_id, c.userid, m.sent_at, ${byStaff} AS by_staff
       FROM ${spoken} WHERE m.id > ? AND m.sent_at >= ? AND m.sent_at < ? AND ${withOutside} AND ${says}
       ORDER BY m.id LIMIT ${pageSize}`,
      [after, from, until],
    );
    for (const row of rows) {
      const { conversation_id: conversationId, userid } = row;
      words.push({ conversationId, userid, at: toDate(row.sent_at), byStaff: Number(row.by_staff) === 1 });
      ids.push(Number(row.id));
    }
    if (rows.length < pageSize) return { words, ids };
  }
}

/** Of these conversations, those in which the last word before an instant was a question. */
async function waitingBefore(db: Database, ids: string[], at: Date, newest: number): Promise<Set<string>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ id: string; by_staff: unknown }>(
      `SELECT c.id, (SELECT ${byStaff} FROM archive_message m
         WHERE m.conversation_id = c.id AND m.id < ? AND m.sent_at < ? AND ${says} ORDER BY m.id DESC LIMIT 1) AS by_staff
       FROM archive_conversation c WHERE c.id IN (${placeholders(chunk.length)})`,
      [newest, at, ...chunk],
    ),
  );
  return new Set(rows.filter(({ by_staff }) => by_staff !== null && Number(by_staff) === 0).map(({ id }) => id));
}

/** When staff first wrote after an instant, by conversation. */
async function answersSince(db: Database, ids: string[], at: Date, oldest: number): Promise<Map<string, Date>> {
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ id: string; answered_at: unknown }>(
      `SELECT c.id, (SELECT m.sent_at FROM archive_message m
         WHERE m.conversation_id = c.id AND m.id > ? AND m.sent_at >= ? AND ${answers} ORDER BY m.id LIMIT 1) AS answered_at
       FROM archive_conversation c WHERE c.id IN (${placeholders(chunk.length)})`,
      [oldest, at, ...chunk],
    ),
  );
  return new Map(
    rows.flatMap(({ id, answered_at }) => (answered_at === null ? [] : [[id, toDate(answered_at)] as const])),
  );
}

/** What was asked on a day, with the answer if there has been one since. */
export async function askedOn(db: Database, span: Span): Promise<Question[]> {
  const { words, ids } = await wordsOf(db, span);
  const [oldest, newest] = [ids[0], ids.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const conversations = [...new Set(words.map(({ conversationId }) => conversationId))];
  const reader = createQuestionReader(await waitingBefore(db, conversations, span.from, newest));
  for (const word of words) reader.read(word);
  const open = reader.asked.filter(({ answeredAt }) => answeredAt === null);
  const later = await answersSince(
    db,
    open.map(({ conversationId }) => conversationId),
    span.until,
    oldest,
  );
  for (const question of open) question.answeredAt = later.get(question.conversationId) ?? null;
  return reader.asked;
}

/** Days that look different since a batch of messages was opened: of what was said, and of the questions it answers. */
export async function daysChangedSince(db: Database, batch: number): Promise<Set<string>> {
  const found = new Set<string>();
  const answered = new Set<string>();
  for (let after = 0; ; ) {
    const rows = await db.query<Row>(
      `SELECT m.id, m.conversation_id, m.sent_at, ${byStaff} AS by_staff
       FROM ${spoken} WHERE m.batch_id > ? AND m.id > ? AND ${withOutside} AND ${says} ORDER BY m.id LIMIT ${pageSize}`,
      [batch, after],
    );
    for (const row of rows) {
      found.add(shanghaiDay(toDate(row.sent_at)));
      if (Number(row.by_staff) === 1) answered.add(row.conversation_id);
    }
    if (rows.length < pageSize) break;
    after = Number(rows.at(-1)?.id);
  }
  for (const at of await openBefore(db, [...answered], batch)) found.add(shanghaiDay(at));
  return found;
}

/** When the questions were asked that were open when that batch was the newest. */
async function openBefore(db: Database, ids: string[], batch: number): Promise<Date[]> {
  const lastAnswer = `SELECT m.id FROM archive_message m
    WHERE m.conversation_id = c.id AND m.batch_id <= ? AND ${answers} ORDER BY m.id DESC LIMIT 1`;
  const rows = await inChunks(ids, (chunk) =>
    db.query<{ asked_at: unknown }>(
      `SELECT (SELECT MIN(m.sent_at) FROM archive_message m
         WHERE m.conversation_id = c.id AND m.batch_id <= ? AND m.id > COALESCE((${lastAnswer}), 0) AND ${asks}) AS asked_at
       FROM archive_conversation c WHERE c.id IN (${placeholders(chunk.length)})`,
      [batch, batch, ...chunk],
    ),
  );
  return rows.flatMap(({ asked_at }) => (asked_at === null ? [] : [toDate(asked_at)]));
}

/** The newest batch of opened messages; 0 before the first. */
export async function newestBatch(db: Database): Promise<number> {
  const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_batch');
  return Number(row?.id ?? 0);
}
