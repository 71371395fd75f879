import { counterIn, encodeCursor, type Page } from '../../../core/paging';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { ArchiveConversation, ArchiveParticipant } from './conversations.entity';
import { conversationError } from './conversations.errors';
import type { ConversationQuery, ConversationView, MessagesQuery, MessageView } from './conversations.schema';
import { type MediaLookup, messageView } from './message-view';
import { namesOf } from './names.report';
import type { MessageReader, StoredMessage } from './reader';

interface Deps {
  db: Database;
  scopes: ScopeService;
  audit: Pick<AuditService, 'record'>;
  reader: MessageReader;
  media: MediaLookup;
}

/** Who looks, and from where. */
export interface Looking {
  viewer: Viewer;
  address: string;
}

export interface MessagesPage extends Page<MessageView> {
  previous_cursor: string | null;
}

/** People of a group chat that a list names. */
const fewPeople = 6;

export type ConversationViews = ReturnType<typeof createConversationViews>;

/**
 * Conversations and messages as the API shows them. Content is given out only once the row in the audit trail that says
 * who looked is committed: without it nobody reads (S16, A11).
 */
export function createConversationViews({ db, scopes, audit, reader, media }: Deps) {
  /** Conversations (`alias`) that a viewer may see: those with somebody of their line. null: no limit. */
  async function within(viewer: Viewer, alias: string): Promise<Condition | null> {
    const condition = (await scopes.of(viewer)).userid('p.person');
    if (!condition) return null;
    const [sql, ...params] = condition;
    return [
      `${alias}.id IN (SELECT p.conversation_id FROM archive_participant p WHERE p.kind = 'staff' AND ${sql})`,
      ...params,
    ];
  }

  /** The same of rows whose `column` is a conversation, asked of one row after another in whatever order they come. */
  async function withinEach(viewer: Viewer, column: string): Promise<Condition | null> {
    // The sign keeps SQLite from looking for each of the line among the few people of the conversation.
    const condition = (await scopes.of(viewer)).userid('+p.person');
    if (!condition) return null;
    const [sql, ...params] = condition;
    return [
      `EXISTS (SELECT 1 FROM archive_participant p WHERE p.conversation_id = ${column} AND p.kind = 'staff' AND ${sql})`,
      ...params,
    ];
  }

  /** @throws conversation.not_found, also for one that is none of the viewer's business */
  async function known(id: string, viewer: Viewer): Promise<ArchiveConversation> {
    const limit = await within(viewer, 'c');
    const { where, params } = allOf([['c.id = ?', id], ...(limit ? [limit] : [])]);
    const [row] = await db.query<ArchiveConversation>(`SELECT c.* FROM archive_conversation c WHERE ${where}`, params);
    if (!row) throw conversationError('not_found', { id });
    return row;
  }

  async function peopleOf(ids: string[]): Promise<Map<string, ArchiveParticipant[]>> {
    const rows = await inChunks(ids, (chunk) =>
      db.query<ArchiveParticipant>(
        `SELECT conversation_id, person, kind FROM archive_participant
         WHERE conversation_id IN (${placeholders(chunk.length)}) ORDER BY conversation_id, kind DESC, person`,
        chunk,
      ),
    );
    const people = new Map<string, ArchiveParticipant[]>();
    for (const row of rows) {
      const known = people.get(row.conversation_id) ?? [];
      if (known.length < fewPeople) people.set(row.conversation_id, [...known, row]);
    }
    return people;
  }

  async function conversationViews(rows: ArchiveConversation[]): Promise<ConversationView[]> {
    const people = await peopleOf(rows.map(({ id }) => id));
    const persons = [...people.values()].flat().map(({ person }) => person);
    const names = await namesOf(db, { persons, chats: rows.flatMap(({ chat_id }) => chat_id ?? []) });
    return rows.map((row) => ({
      ...{ id: row.id, kind: row.kind, userid: row.userid, external_userid: row.external_userid },
      ...{ peer_userid: row.peer_userid, chat_id: row.chat_id },
      name: row.chat_id === null ? null : (names.chats.get(row.chat_id) ?? null),
      people: (people.get(row.id) ?? []).map(({ person, kind }) => ({
        ...{ id: person, kind, name: names.persons.get(person) ?? null },
      })),
      messages: row.messages,
      first_message_at: iso(toDate(row.first_message_at)),
      last_message_at: iso(toDate(row.last_message_at)),
    }));
  }

  const views = {
    within,
    withinEach,

    /** Newest first, by their last message. @throws paging.bad_cursor */
    async list(query: ConversationQuery, viewer: Viewer): Promise<Page<ConversationView>> {
      const limit = await within(viewer, 'c');
      const { where, params } = allOf([...conditions(query), ...(limit ? [limit] : [])]);
      const rows = await db.query<ArchiveConversation>(
        `SELECT c.* FROM archive_conversation c WHERE ${where} ORDER BY c.last_message_id DESC LIMIT ?`,
        [...params, query.limit + 1],
      );
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: await conversationViews(shown),
        next_cursor: rows.length > query.limit && last ? encodeCursor([Number(last.last_message_id)]) : null,
      };
    },

    /** @throws conversation.not_found */
    async get(id: string, viewer: Viewer): Promise<ConversationView> {
      const [view] = await conversationViews([await known(id, viewer)]);
      return view as ConversationView;
    },

    /** As they are shown: names and files with them. Says nothing to the audit trail. */
    async show(stored: readonly StoredMessage[]): Promise<MessageView[]> {
      const names = await namesOf(db, { persons: stored.map(({ sender }) => sender), chats: [] });
      const mediaOf = await media.of(stored);
      return stored.map((message) => messageView(message, names.persons, mediaOf));
    },

    /**
     * One page of a conversation by the order WeCom gave them in. Recorded before it is answered.
     * @throws conversation.not_found, conversation.message_not_found, paging.bad_cursor
     */
    async messages(id: string, query: MessagesQuery, { viewer, address }: Looking): Promise<MessagesPage> {
      await known(id, viewer);
      const page = await pageOf(id, query);
      const stored = await reader.read(page.ids);
      const items = await views.show(stored);
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'archive.read', target: `conversation:${id}`, result: 'ok', address },
        detail: { messages: page.ids },
      });
      return { items, next_cursor: page.next, previous_cursor: page.previous };
    },
  };

  async function idsOf(id: string, [sql, ...params]: Condition, order: 'asc' | 'desc', limit: number) {
    const rows = await db.query<{ id: number | string }>(
      `SELECT id FROM archive_message WHERE conversation_id = ? AND ${sql} ORDER BY id ${order.toUpperCase()} LIMIT ?`,
      [id, ...params, limit],
    );
    return rows.map((row) => Number(row.id));
  }

  async function pageOf(id: string, query: MessagesQuery): Promise<Ids> {
    const { order, limit, cursor } = query;
    const middle = await middleOf(id, query);
    if (middle !== undefined) return around(id, middle, query);
    const after = cursor === undefined ? undefined : counterIn(cursor);
    const condition: Condition = after === undefined ? ['1 = 1'] : [`id ${order === 'asc' ? '>' : '<'} ?`, after];
    const ids = await idsOf(id, condition, order, limit + 1);
    return { ...cut(ids, limit), previous: null };
  }

  /** The message a page is asked around. @throws conversation.message_not_found */
  async function middleOf(id: string, { around, at }: MessagesQuery): Promise<number | undefined> {
    if (around === undefined && at === undefined) return undefined;
    const condition: Condition =
      around === undefined ? ['sent_at >= ?', new Date(at as string)] : ['id = ?', Number(around)];
    const [middle] = await idsOf(id, condition, 'asc', 1);
    if (middle !== undefined) return middle;
    if (around !== undefined) throw conversationError('message_not_found', { id: around });
    // Nothing was said since: the last there is.
    return (await idsOf(id, ['1 = 1'], 'desc', 1))[0];
  }

  /** Oldest first, whatever the order asked for: the page is read from its middle both ways. */
  async function around(id: string, middle: number, { limit }: MessagesQuery): Promise<Ids> {
    const half = Math.floor(limit / 2);
    const before = await idsOf(id, ['id < ?', middle], 'desc', half + 1);
    const after = await idsOf(id, ['id >= ?', middle], 'asc', limit - half + 1);
    const earlier = cut(before, half);
    const later = cut(after, limit - half);
    return { ids: [...earlier.ids.reverse(), ...later.ids], next: later.next, previous: earlier.next };
  }

  return views;
}

interface Ids {
  ids: number[];
  next: string | null;
  previous: string | null;
}

function cut(ids: number[], limit: number): Pick<Ids, 'ids' | 'next'> {
  const shown = ids.slice(0, limit);
  const last = shown.at(-1);
  return { ids: shown, next: ids.length > limit && last !== undefined ? encodeCursor([last]) : null };
}

function conditions({ cursor, kind, userid, external_userid, chat_id, from, to }: ConversationQuery): Condition[] {
  const takesPart = (person: string): Condition => [
    'c.id IN (SELECT p.conversation_id FROM archive_participant p WHERE p.person = ?)',
    person,
  ];
  return [
    ...(cursor === undefined ? [] : [['c.last_message_id < ?', counterIn(cursor)] as const]),
    ...(kind === undefined ? [] : [['c.kind = ?', kind] as const]),
    ...(userid === undefined ? [] : [takesPart(userid)]),
    ...(external_userid === undefined ? [] : [takesPart(external_userid)]),
    ...(chat_id === undefined ? [] : [['c.chat_id = ?', chat_id] as const]),
    ...(from === undefined ? [] : [['c.last_message_at >= ?', new Date(from)] as const]),
    ...(to === undefined ? [] : [['c.first_message_at < ?', new Date(to)] as const]),
  ];
}
