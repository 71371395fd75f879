import { hours, shanghaiDay } from '../../../core/clock';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import { openBefore } from './open-questions.report';
import { createQuestionReader, type Question, type Span, type Word } from './questions';
import { answers, says, withOutside } from './talk';

interface Row {
  id: number | string;
  conversation_id: string;
  userid: string;
  sent_at: unknown;
  by_staff: unknown;
}

/** Messages are opened some hundred at a time. */
const fewBatches = 20;

/** `after` is not one of them. */
interface Batches {
  after: number;
  upTo: number;
}

const byStaff = 'CASE WHEN m.sender = c.userid THEN 1 ELSE 0 END';
const spoken = 'archive_message m JOIN archive_conversation c ON c.id = m.conversation_id';

/** Everything that was said on a day, in order. Read hour by hour, as a day may hold a great deal. */
async function wordsOf(db: Database, { from, until }: Span): Promise<(Word & { id: number })[]> {
  const words: (Word & { id: number })[] = [];
  for (let at = from.getTime(); at < until.getTime(); at += hours(1)) {
    const rows = await db.query<Row>(
      `SELECT m.id, m.conversation_id, c.userid, m.sent_at, ${byStaff} AS by_staff
       FROM ${spoken} WHERE m.sent_at >= ? AND m.sent_at < ? AND ${withOutside} AND ${says}`,
      [new Date(at), new Date(at + hours(1))],
    );
    for (const { id, conversation_id, userid, sent_at, by_staff } of rows) {
      const said = { conversationId: conversation_id, userid, at: toDate(sent_at), byStaff: Number(by_staff) === 1 };
      words.push({ ...said, id: Number(id) });
    }
  }
  return words.sort((one, other) => one.id - other.id);
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
  const words = await wordsOf(db, span);
  const [oldest, newest] = [words[0], words.at(-1)];
  if (!oldest || !newest) return [];
  const conversations = [...new Set(words.map(({ conversationId }) => conversationId))];
  const reader = createQuestionReader(await waitingBefore(db, conversations, span.from, newest.id));
  for (const word of words) reader.read(word);
  const open = reader.asked.filter(({ answeredAt }) => answeredAt === null);
  const later = await answersSince(
    db,
    open.map(({ conversationId }) => conversationId),
    span.until,
    oldest.id,
  );
  for (const question of open) question.answeredAt = later.get(question.conversationId) ?? null;
  return reader.asked;
}

/**
 * Days that look different since a batch of messages was opened, up to another: of what was said, and of the questions
 * it answers.
 */
export async function daysChanged(db: Database, { after, upTo }: Batches): Promise<Set<string>> {
  const found = new Set<string>();
  const answered = new Set<string>();
  for (let batch = after; batch < upTo; batch += fewBatches) {
    const rows = await db.query<Row>(
      `SELECT m.id, m.conversation_id, m.sent_at, ${byStaff} AS by_staff
       FROM ${spoken} WHERE m.batch_id > ? AND m.batch_id <= ? AND ${withOutside} AND ${says}`,
      [batch, Math.min(batch + fewBatches, upTo)],
    );
    for (const row of rows) {
      found.add(shanghaiDay(toDate(row.sent_at)));
      if (Number(row.by_staff) === 1) answered.add(row.conversation_id);
    }
  }
  for (const at of await openBefore(db, [...answered], after)) found.add(shanghaiDay(at));
  return found;
}

/** The newest batch of opened messages; 0 before the first. */
export async function newestBatch(db: Database): Promise<number> {
  const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_batch');
  return Number(row?.id ?? 0);
}
