import { maskPersonal } from '../../../core/mask';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { Evidence } from '../../kernel/evidence';
import { SpotCheck, type SpotCheckOutcome, SpotCheckResult } from './spot-check.entity';
import { spotCheckResultStream, spotCheckStream } from './spot-check.stream';

/** A spot check with what came of it, if anything yet. */
export type Row = SpotCheck & { [K in 'outcome' | 'missing' | 'note' | 'actor']: string | null } & { at: unknown };

/** What is known of a conversation without reading it. */
export interface Conversation {
  id: string;
  external_userid: string | null;
  chat_id: string | null;
  messages: number;
}

/** A message that a device should show, unless it was taken back. */
export interface HeldMessage {
  id: number | string;
  content: string;
  recalled: boolean;
}

/** What somebody says the device showed. */
export interface Result {
  outcome: SpotCheckOutcome;
  missing: readonly string[];
  note?: string | undefined;
}

export type SpotCheckStore = ReturnType<typeof createSpotCheckStore>;

/** The tables of spot checks, and the conversations they can be of. Everything that writes is called inside a transaction. */
export function createSpotCheckStore({ db, evidence }: { db: Database; evidence: Pick<Evidence, 'append'> }) {
  return {
    /** Newest first. @param conditions on `k`, the spot check, and `r`, its result */
    rowsWhere(conditions: readonly Condition[], limit: number): Promise<Row[]> {
      const { where, params } = allOf(conditions);
      return db.query<Row>(
        `SELECT k.*, r.outcome, r.missing, r.note, r.actor, r.at
         FROM spot_check k LEFT JOIN spot_check_result r ON r.spot_check_id = k.id
         WHERE ${where} ORDER BY k.id DESC LIMIT ?`,
        [...params, limit],
      );
    },

    /** Conversations of a member of staff with somebody outside. */
    async conversations(userid: string, [which, ...params]: Condition): Promise<Conversation[]> {
      return db.query<Conversation>(
        `SELECT c.id, c.external_userid, c.chat_id, c.messages
         FROM archive_participant p JOIN archive_conversation c ON c.id = p.conversation_id
         WHERE p.person = ? AND p.kind = 'staff' AND ${which} AND EXISTS (
           SELECT 1 FROM archive_participant o WHERE o.conversation_id = c.id AND o.kind = 'external')
         ORDER BY c.id`,
        [userid, ...params],
      );
    },

    /** @returns its id */
    async add(check: Omit<SpotCheck, 'id' | 'asked_at'>): Promise<number> {
      const { identifiers } = await db.em.getRepository(SpotCheck).insert({ ...check, asked_at: db.now() });
      const id = Number(identifiers[0]?.id);
      await evidence.append(spotCheckStream.name, [id]);
      return id;
    },

    /** @returns the row as it is written */
    async addResult(
      checkId: number,
      { outcome, missing, note, actor }: Result & { actor: string },
    ): Promise<SpotCheckResult> {
      const row = {
        ...{ spot_check_id: checkId, outcome, missing: JSON.stringify(missing), actor, at: db.now() },
        note: note === undefined ? null : maskPersonal(note).slice(0, 500),
      };
      const { identifiers } = await db.em.getRepository(SpotCheckResult).insert(row);
      const id = Number(identifiers[0]?.id);
      await evidence.append(spotCheckResultStream.name, [id]);
      return { ...row, id };
    },

    /** The ids of the first and the newest messages of a conversation; the newest first. */
    async edges(conversationId: string, recent: number): Promise<{ first: number[]; recent: number[] }> {
      const ids = async (order: 'ASC' | 'DESC', limit: number) => {
        const sql = `SELECT id FROM archive_message WHERE conversation_id = ? ORDER BY id ${order} LIMIT ?`;
        return (await db.query<{ id: unknown }>(sql, [conversationId, limit])).map(({ id }) => Number(id));
      };
      return { first: await ids('ASC', 1), recent: await ids('DESC', recent) };
    },

    /** Those of the messages that are of the conversation, with the hash of each text. */
    async messagesOf(conversationId: string, ids: readonly string[]): Promise<HeldMessage[]> {
      const [among, ...params] = isIn('m.id', ids.map(Number));
      const rows = await db.query<HeldMessage>(
        `SELECT m.id, m.content, EXISTS (SELECT 1 FROM archive_recall r WHERE r.msgid = m.msgid) AS recalled
         FROM archive_message m WHERE m.conversation_id = ? AND ${among} ORDER BY m.id`,
        [conversationId, ...params],
      );
      return rows.map((row) => ({ ...row, recalled: Boolean(Number(row.recalled)) }));
    },

    async newestMessage(): Promise<number> {
      const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_message');
      return Number(row?.id ?? 0);
    },
  };
}
