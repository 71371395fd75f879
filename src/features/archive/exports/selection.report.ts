import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, placeholders } from '../../../db/database';
import type { ExportFilters } from './exports.schema';

/** The messages of an export: what the filters say, up to a message. */
export interface Selection {
  filters: ExportFilters;
  lastMessageId: number;
}

/** A conversation as a transcript names it. */
export interface Thread {
  id: string;
  kind: string;
  userid: string | null;
  external_userid: string | null;
  peer_userid: string | null;
  chat_id: string | null;
}

const pageSize = 500;

const takesPart = (person: string): Condition => [
  'm.conversation_id IN (SELECT p.conversation_id FROM archive_participant p WHERE p.person = ?)',
  person,
];

function conditions({ filters, lastMessageId }: Selection): Condition[] {
  const { conversation_ids: ids, userid, external_userid, chat_id, from, to } = filters;
  return [
    ['m.id <= ?', lastMessageId],
    ...(ids === undefined ? [] : [isIn('m.conversation_id', ids)]),
    ...(userid === undefined ? [] : [takesPart(userid)]),
    ...(external_userid === undefined ? [] : [takesPart(external_userid)]),
    ...(chat_id === undefined
      ? []
      : [
          [
            'm.conversation_id IN (SELECT c.id FROM archive_conversation c WHERE c.chat_id = ?)',
            chat_id,
          ] satisfies Condition,
        ]),
    ...(from === undefined ? [] : [['m.sent_at >= ?', new Date(from)] satisfies Condition]),
    ...(to === undefined ? [] : [['m.sent_at < ?', new Date(to)] satisfies Condition]),
  ];
}

/** What an export takes, read page by page. */
export const selectionReport = (db: Database) => ({
  async count(selection: Selection): Promise<number> {
    const { where, params } = allOf(conditions(selection));
    const [row] = await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n FROM archive_message m WHERE ${where}`, params);
    return Number(row?.n ?? 0);
  },

  async newestId(): Promise<number> {
    const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_message');
    return Number(row?.id ?? 0);
  },

  /** In the order WeCom gave them; of one conversation, when it is named. */
  async *ids(selection: Selection, conversationId?: string): AsyncGenerator<number[]> {
    const own: Condition[] = conversationId === undefined ? [] : [['m.conversation_id = ?', conversationId]];
    const { where, params } = allOf([...conditions(selection), ...own]);
    for (let after = 0; ; ) {
      const rows = await db.query<{ id: number | string }>(
        `SELECT m.id FROM archive_message m WHERE ${where} AND m.id > ? ORDER BY m.id LIMIT ?`,
        [...params, after, pageSize],
      );
      const ids = rows.map(({ id }) => Number(id));
      const last = ids.at(-1);
      if (last === undefined) return;
      yield ids;
      after = last;
    }
  },

  /** Those that have a message in it. */
  async threads(selection: Selection): Promise<Thread[]> {
    const { where, params } = allOf(conditions(selection));
    return db.query<Thread>(
      `SELECT id, kind, userid, external_userid, peer_userid, chat_id FROM archive_conversation
       WHERE id IN (SELECT m.conversation_id FROM archive_message m WHERE ${where}) ORDER BY id`,
      params,
    );
  },

  /** The batches that hold them, in order. */
  async batches(selection: Selection): Promise<number[]> {
    const { where, params } = allOf(conditions(selection));
    const rows = await db.query<{ batch_id: number | string }>(
      `SELECT DISTINCT m.batch_id FROM archive_message m WHERE ${where} ORDER BY m.batch_id`,
      params,
    );
    return rows.map(({ batch_id }) => Number(batch_id));
  },

  /** What people are called who are named by an account or a token. */
  async nameOf(actor: string): Promise<string> {
    const [kind, id = ''] = actor.split(':');
    const table = kind === 'account' ? 'account' : 'api_token';
    const rows = await db.query<{ name: string }>(`SELECT name FROM ${table} WHERE id IN (${placeholders(1)})`, [id]);
    return rows[0]?.name ?? actor;
  },
});

export type SelectionReport = ReturnType<typeof selectionReport>;
