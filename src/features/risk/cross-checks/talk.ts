import type { Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { Pair } from './money-records';
import type { MoneyTalkKind } from './money-talk.entity';

/** A message that speaks of money, and between whom. */
export interface Talk {
  conversation: string;
  pair: Pair;
  kind: MoneyTalkKind;
  at: Date;
  fact: EvidenceRef;
}

interface Row extends Pair {
  message_id: number | string;
  conversation_id: string;
  kind: MoneyTalkKind;
  sent_at: unknown;
  content: string;
}

/** Oldest first. @param where of `t`, money_talk, and `c`, archive_conversation */
export async function talkWhere(db: Database, [where, ...params]: Condition): Promise<Talk[]> {
  const rows = await db.query<Row>(
    `SELECT t.message_id, t.conversation_id, t.kind, t.sent_at, c.userid, c.external_userid, m.content
     FROM money_talk t JOIN archive_conversation c ON c.id = t.conversation_id
       JOIN archive_message m ON m.id = t.message_id
     WHERE ${where} ORDER BY t.sent_at, t.message_id`,
    params,
  );
  return rows.map(({ message_id, conversation_id, kind, sent_at, userid, external_userid, content }) => ({
    ...{ conversation: conversation_id, pair: { userid, external_userid }, kind, at: toDate(sent_at) },
    fact: { source: 'message', ref: String(message_id), hash: content },
  }));
}
