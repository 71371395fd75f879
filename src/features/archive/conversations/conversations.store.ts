import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toSqlInstant } from '../../../db/database';
import { type Message, personKind } from '../../../wecom/archive/messages';
import { createBodyKeys } from './body-keys';
import type { ArchiveConversation } from './conversations.entity';
import { cutId, type Identity, identityOf, personsOf } from './identity';
import { contentOf, leafOfMessage, type Proven, salted } from './leaves';

/** A message on its way into the tables. */
export interface OpenedMessage {
  /** Of its envelope. */
  id: number;
  seq: string;
  conversation: Identity;
  message: Message;
  sentAt: Date;
  /** As it was opened, to the byte. */
  plain: string;
}

/** What the message itself says, beside what its envelope does. */
export function openedMessage(
  { id, seq, receivedAt }: { id: number; seq: string; receivedAt: Date },
  plain: string,
  message: Message,
): OpenedMessage {
  return { id, seq, plain, message, conversation: identityOf(message), sentAt: message.sent_at ?? receivedAt };
}

const columns = {
  message: [
    ...['id', 'seq', 'msgid', 'conversation_id', 'sender', 'action', 'type', 'sent_at', 'recalls', 'has_media'],
    ...['batch_id', 'content'],
  ],
  body: ['id', 'key_id', 'sealed'],
  conversation: [
    ...['id', 'kind', 'userid', 'external_userid', 'peer_userid', 'chat_id', 'first_message_at', 'last_message_at'],
    ...['last_message_id', 'messages'],
  ],
  participant: ['conversation_id', 'person', 'kind'],
};

/** Of a key: `2026-11`, UTC. */
const monthOf = (at: Date): string => toSqlInstant(at).slice(0, 7);
const hasMedia = ({ media, items }: Pick<Message, 'media' | 'items'>): boolean =>
  media !== null || items.some(hasMedia);
const recalledBy = ({ type, body }: Message): string | null =>
  (type === 'revoke' ? String(body.msgid || '') : '') || null;
/** Ids that WeCom spells are short; what is longer is nobody's. */
const cut = (text: string, length: number): string => text.slice(0, length);

/** What a row says of a message. */
export function rowOf({ id, seq, conversation, message, sentAt }: OpenedMessage, content: string): Proven {
  return {
    id,
    seq,
    msgid: cut(message.msgid, 191),
    conversation_id: conversation.id,
    sender: cutId(message.from ?? ''),
    action: cut(message.action, 16),
    type: cut(message.type, 64),
    sent_at: sentAt,
    recalls: recalledBy(message),
    has_media: hasMedia(message),
    content,
  };
}

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** The tables of what was opened. Everything that writes is called inside a transaction. */
export function createConversationStore({ db, vault }: { db: Database; vault: Vault }) {
  const bodyKeys = createBodyKeys({ db, vault });
  /** Participants this process knows to be stored. */
  const participants = new Set<string>();
  /** Conversations as they are stored: nobody else writes them while this process opens. */
  const counted = new Map<string, Counted>();

  async function addBodies(messages: readonly OpenedMessage[], texts: readonly string[]): Promise<void> {
    const keys = await bodyKeys.ensure(
      messages.map(({ conversation, sentAt }) => ({ conversationId: conversation.id, month: monthOf(sentAt) })),
    );
    const rows = messages.flatMap(({ id }, i) => {
      const key = keys[i];
      // The month was purged before this message came: it is stored as purged.
      if (!key) return [];
      const place = { table: 'archive_body', column: 'sealed', id: String(id) };
      return [[id, key.id, vault.sealUnder(key.key, texts[i] as string, place)]];
    });
    await insertRows(db, { table: 'archive_body', columns: columns.body }, rows);
  }

  async function addRecalls(rows: readonly Proven[]): Promise<void> {
    const recalls = rows.flatMap(({ id, recalls }) => (recalls === null ? [] : [[recalls, id]]));
    await insertRows(db, { table: 'archive_recall', columns: ['msgid', 'message_id'] }, recalls);
  }

  async function addParticipants(messages: readonly OpenedMessage[]): Promise<void> {
    // Outside of groups a conversation is who takes part in it: there is nobody new in one that is known.
    const told = messages.filter(({ conversation: { kind, id } }) => kind === 'group' || !counted.has(id));
    const named = told.flatMap(({ conversation, message }) =>
      personsOf(message).map((person) => ({ name: `${conversation.id} ${person}`, id: conversation.id, person })),
    );
    const fresh = new Map(named.filter(({ name }) => !participants.has(name)).map((one) => [one.name, one]));
    const onConflict = { keys: ['conversation_id', 'person'] };
    await insertRows(
      db,
      { table: 'archive_participant', columns: columns.participant, onConflict },
      [...fresh.values()].map(({ id, person }) => [id, cutId(person), personKind(person)]),
    );
    if (participants.size > mostRemembered) participants.clear();
    for (const name of fresh.keys()) participants.add(name);
  }

  /** Conversations as they stand after the messages, which are newer than all that is stored, or late ones. */
  async function touch(messages: readonly OpenedMessage[]): Promise<void> {
    const ids = [...new Set(messages.map(({ conversation }) => conversation.id))];
    const now = await countedNow(ids);
    for (const message of messages) {
      const { conversation, sentAt } = message;
      let is = now.get(conversation.id);
      if (!is) {
        is = { ...conversation, first: sentAt, last: sentAt, lastId: 0, messages: 0 };
        now.set(conversation.id, is);
      }
      count(is, message);
    }
    for (const is of now.values()) counted.set(is.id, is);
    const rows = [...now.values()].map((is) => [
      ...[is.id, is.kind, is.userid, is.external_userid, is.peer_userid, is.chat_id],
      ...[is.first, is.last, is.lastId, is.messages],
    ]);
    const update = ['first_message_at', 'last_message_at', 'last_message_id', 'messages'];
    const onConflict = { keys: ['id'], update };
    await insertRows(db, { table: 'archive_conversation', columns: columns.conversation, onConflict }, rows);
  }

  async function countedNow(ids: string[]): Promise<Map<string, Counted>> {
    if (counted.size > mostRemembered) counted.clear();
    const stored = await conversationsBy(ids.filter((id) => !counted.has(id)));
    return new Map(
      ids.flatMap((id) => [stored.get(id) ?? counted.get(id) ?? []].flat().map((is) => [id, is] as const)),
    );
  }

  async function conversationsBy(ids: string[]): Promise<Map<string, Counted>> {
    const rows = await inChunks(ids, (chunk) =>
      db.query<ArchiveConversation>(
        `SELECT * FROM archive_conversation WHERE id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(
      rows.map(({ first_message_at, last_message_at, last_message_id, messages, ...identity }) => [
        identity.id,
        {
          ...identity,
          first: toDate(first_message_at),
          last: toDate(last_message_at),
          lastId: Number(last_message_id),
          messages,
        },
      ]),
    );
  }

  return {
    bodyKeys,

    /** Messages whose texts nobody has to look at again. @returns their leaves, in order */
    async add(messages: readonly OpenedMessage[], batchId: number): Promise<string[]> {
      const texts = messages.map(({ plain }) => salted(plain));
      const rows = messages.map((message, i) => rowOf(message, contentOf(texts[i] as string)));
      await addBodies(messages, texts);
      await insertRows(
        db,
        { table: 'archive_message', columns: columns.message },
        rows.map((row) => [
          ...[row.id, row.seq, row.msgid, row.conversation_id, row.sender, row.action, row.type, row.sent_at],
          ...[row.recalls, row.has_media, batchId, row.content],
        ]),
      );
      await addRecalls(rows);
      await addParticipants(messages);
      await touch(messages);
      return rows.map(leafOfMessage);
    },

    /** After a transaction that wrote was undone: nothing it made may be taken for stored. */
    forget(): void {
      bodyKeys.forget();
      participants.clear();
      counted.clear();
    },
  };
}

/** Counts one message more. */
function count(is: Counted, { id, sentAt }: OpenedMessage): void {
  if (sentAt < is.first) is.first = sentAt;
  if (sentAt > is.last) is.last = sentAt;
  is.lastId = Math.max(id, is.lastId);
  is.messages++;
}

/** A conversation with its counts. */
interface Counted extends Identity {
  first: Date;
  last: Date;
  lastId: number;
  messages: number;
}

const mostRemembered = 500_000;
