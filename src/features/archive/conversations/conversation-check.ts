import { setImmediate as nextTurn } from 'node:timers/promises';
import { groupBy } from '../../../core/collections';
import { inChunks } from '../../../db/bulk';
import { type Database, instantText, placeholders } from '../../../db/database';
import { parseMessage, personKind } from '../../../wecom/archive/messages';
import type { CheckOptions, Found } from '../verification';
import type { ArchiveConversation, ArchiveMessage, ArchiveParticipant, ArchiveRecall } from './conversations.entity';
import { cutId, type Identity, identityOf, personsOf } from './identity';

/** Conversations looked at in one transaction. */
const atOnce = 50;

/** Who was in which group chat, by the messages that were read. */
export interface Told {
  /** Of a group chat: everybody a message names. */
  people: Map<string, Set<string>>;
  /** Conversations of which some messages cannot be read any more: who else was there nobody knows. */
  unsure: Set<string>;
}

export const nothingTold = (): Told => ({ people: new Map(), unsure: new Set() });

/** Takes in a message that was read again; without its text when that is gone. */
export function tell({ people, unsure }: Told, row: Pick<ArchiveMessage, 'conversation_id'>, plain: string | null) {
  const { conversation_id } = row;
  const message = plain === null ? undefined : parseMessage(plain);
  if (!message) unsure.add(conversation_id);
  if (!message?.chat_id) return;
  const known = people.get(conversation_id) ?? new Set();
  for (const person of personsOf(message)) known.add(cutId(person));
  people.set(conversation_id, known);
}

type Traced = Pick<ArchiveMessage, 'id' | 'conversation_id' | 'recalls'>;

/** Every message has its conversation, and every recall is known by what it takes back. */
export async function checkTraces(db: Database, rows: readonly Traced[], found: Found): Promise<void> {
  const wanted = [...new Set(rows.map(({ conversation_id }) => conversation_id))];
  const there = await inChunks(wanted, (chunk) =>
    db.query<{ id: string }>(`SELECT id FROM archive_conversation WHERE id IN (${placeholders(chunk.length)})`, chunk),
  );
  const known = new Set(there.map(({ id }) => id));
  for (const id of wanted.filter((one) => !known.has(one))) {
    found({ kind: 'MISSING', table: 'archive_conversation', id, detail: 'it has messages' });
  }
  const recalls = rows.flatMap(({ id, recalls }) => (recalls === null ? [] : [{ id: Number(id), msgid: recalls }]));
  const kept = await inChunks(
    recalls.map(({ msgid }) => msgid),
    (chunk) =>
      db.query<ArchiveRecall>(`SELECT * FROM archive_recall WHERE msgid IN (${placeholders(chunk.length)})`, chunk),
  );
  const names = new Set(kept.map(({ msgid, message_id }) => `${message_id} ${msgid}`));
  for (const { id, msgid } of recalls.filter((one) => !names.has(`${one.id} ${one.msgid}`))) {
    found({ kind: 'MISSING', table: 'archive_recall', id, detail: msgid });
  }
}

/**
 * What is kept of conversations beside their messages follows from these: who takes part, and so who may read it, how
 * many messages there are, and from when to when. Reads every conversation.
 */
export async function checkConversations(
  db: Database,
  told: Told & { lastBatch: number },
  { found, signal }: Pick<CheckOptions, 'found' | 'signal'>,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    signal?.throwIfAborted();
    const from: string = after;
    after = await db.transact(() => checkPart({ db, told, found }, from));
    await nextTurn();
  }
  const strays = await db.query<ArchiveRecall>(
    `SELECT r.* FROM archive_recall r LEFT JOIN archive_message m ON m.id = r.message_id AND m.recalls = r.msgid
     WHERE m.id IS NULL`,
  );
  for (const { msgid, message_id } of strays) {
    found({ kind: 'INSERTED', table: 'archive_recall', id: Number(message_id), detail: msgid });
  }
}

interface Part {
  db: Database;
  /** `lastBatch`: the newest that was read. */
  told: Told & { lastBatch: number };
  found: Found;
}

type Row = ArchiveConversation & {
  n: unknown;
  first: unknown;
  last: unknown;
  last_id: unknown;
  batch: unknown;
};

/** @returns the id of the last conversation that was seen; undefined when there is none after it */
async function checkPart({ db, told, found }: Part, after: string): Promise<string | undefined> {
  const [end] = await db.query<{ id: string }>(
    `SELECT MAX(id) AS id FROM (SELECT id FROM archive_conversation WHERE id > ? ORDER BY id LIMIT ${atOnce}) c`,
    [after],
  );
  const last = end?.id ?? undefined;
  const [span, ...ids] = last === undefined ? ['> ?', after] : ['> ? AND {} <= ?', after, last];
  const within = (column: string): string => `${column} ${span.replace('{}', column)}`;
  // People first: who came in meanwhile is in a batch that was not read, which the newer row tells.
  const people = groupBy(
    await db.query<ArchiveParticipant>(`SELECT * FROM archive_participant WHERE ${within('conversation_id')}`, ids),
    ({ conversation_id }) => conversation_id,
  );
  const rows = await db.query<Row>(
    `SELECT c.*, m.n, m.first, m.last, m.last_id, m.batch FROM archive_conversation c LEFT JOIN (
       SELECT conversation_id, COUNT(*) AS n, MIN(sent_at) AS first, MAX(sent_at) AS last, MAX(id) AS last_id,
         MAX(batch_id) AS batch
       FROM archive_message WHERE ${within('conversation_id')} GROUP BY conversation_id) m ON m.conversation_id = c.id
     WHERE ${within('c.id')} ORDER BY c.id`,
    [...ids, ...ids],
  );
  for (const row of rows) {
    checkCounts(row, found);
    const own = people.get(row.id) ?? [];
    checkIdentity(row, own, found);
    // Of what was opened meanwhile nothing was read.
    if (row.kind === 'group' && Number(row.batch) <= told.lastBatch) checkMembers(row, own, { told, found });
    people.delete(row.id);
  }
  for (const id of people.keys()) {
    found({ kind: 'INSERTED', table: 'archive_participant', id, detail: 'there is no such conversation' });
  }
  return last;
}

function checkCounts(row: Row, found: Found): void {
  const holds =
    Number(row.n ?? 0) === row.messages &&
    Number(row.last_id) === Number(row.last_message_id) &&
    instantText(row.first) === instantText(row.first_message_at) &&
    instantText(row.last) === instantText(row.last_message_at);
  if (holds) return;
  const detail = `it counts ${row.messages} messages, and has ${Number(row.n ?? 0)}`;
  found({ kind: row.n === null ? 'INSERTED' : 'CONTENT', table: 'archive_conversation', id: row.id, detail });
}

/** Whether it may have been cut: then nobody can say what it was. */
const isCut = (id: string): boolean => cutId(`${id}x`) === id;

/** A conversation is named by who takes part in it, or by its group chat (identity.ts). */
function checkIdentity(row: Row, people: readonly ArchiveParticipant[], found: Found): void {
  const fault = (table: string, detail: string) => found({ kind: 'CONTENT', table, id: row.id, detail });
  const persons = people.map(({ person }) => person);
  if (people.some(({ person, kind }) => personKind(person) !== kind)) fault('archive_participant', 'what somebody is');
  const isGroup = row.kind === 'group';
  const parts = isGroup ? [row.chat_id ?? ''] : persons;
  if (parts.some(isCut)) return;
  const is = identityOf({ from: null, to: persons, chat_id: isGroup ? (row.chat_id ?? '') : null });
  if (is.id !== row.id) fault(isGroup ? 'archive_conversation' : 'archive_participant', `it is not of ${parts}`);
  else if (spelled(is) !== spelled(row)) fault('archive_conversation', `it is not as ${parts} make it`);
}

const spelled = ({ kind, userid, external_userid, peer_userid, chat_id }: Identity): string =>
  JSON.stringify([kind, userid, external_userid, peer_userid, chat_id]);

/** Of a group chat: everybody whom its messages name, and nobody else. */
function checkMembers({ id }: Row, people: readonly ArchiveParticipant[], { told, found }: Omit<Part, 'db'>): void {
  const named = told.people.get(id) ?? new Set();
  const here = new Set(people.map(({ person }) => person));
  const fault = (kind: 'MISSING' | 'INSERTED') => (detail: string) =>
    found({ kind, table: 'archive_participant', id, detail });
  [...named].filter((person) => !here.has(person)).forEach(fault('MISSING'));
  if (!told.unsure.has(id)) [...here].filter((person) => !named.has(person)).forEach(fault('INSERTED'));
}
