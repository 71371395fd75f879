import { hash } from 'node:crypto';
import { instantText, toDate } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { Ground } from './detector';

interface Row {
  id: number | string;
  chat_id: string;
  kind: string;
  source: string;
  occurred_at: unknown;
  ref: string | null;
  detail: string | null;
}

/** A line of a group chat's history. */
export interface GroupLine {
  id: number;
  /** event, sync, reconciliation */
  source: string;
  detail: Readonly<Record<string, unknown>>;
  fact: EvidenceRef;
}

/** What the history of a group chat tells of a moment. */
export async function groupLines({ db }: Ground, chatId: string, kind: string, at: Date): Promise<GroupLine[]> {
  const rows = await db.query<Row>(
    `SELECT id, chat_id, kind, source, occurred_at, ref, detail FROM group_chat_history
     WHERE chat_id = ? AND kind = ? AND occurred_at = ? ORDER BY id`,
    [chatId, kind, at],
  );
  return rows.map(({ id, chat_id, source, occurred_at, ref, detail }) => {
    const content = [chat_id, kind, source, instantText(occurred_at), ref];
    const sum = hash('sha256', JSON.stringify(content));
    const fact = { source: 'group_chat_history' as const, ref: String(id), hash: sum };
    return { id: Number(id), source, detail: detail === null ? {} : JSON.parse(detail), fact };
  });
}

/** A group chat as we know it. Who owned it then may have had a hand in what happened, or not. */
export interface KnownGroup {
  owner: string;
  external_count: number;
}

export async function groupOf({ db }: Ground, chatId: string): Promise<KnownGroup | undefined> {
  const sql = 'SELECT owner, external_count FROM group_chat WHERE chat_id = ?';
  const [row] = await db.query<{ owner: string; external_count: unknown }>(sql, [chatId]);
  return row && { owner: row.owner, external_count: Number(row.external_count) };
}

/** When somebody last wrote in it, where it is archived; else when anything is known to have happened in it. */
export async function lastActivity({ db }: Ground, chatId: string, before: Date) {
  const [said] = await db.query<{ at: unknown }>(
    'SELECT MAX(last_message_at) AS at FROM archive_conversation WHERE chat_id = ?',
    [chatId],
  );
  if (said?.at) return { archived: true, at: toDate(said.at) };
  const [seen] = await db.query<{ at: unknown }>(
    "SELECT MAX(occurred_at) AS at FROM group_chat_history WHERE chat_id = ? AND occurred_at <= ? AND kind <> 'dismissed'",
    [chatId, before],
  );
  return { archived: false, at: seen?.at ? toDate(seen.at) : null };
}

/** A member of staff as the directory shows them; undefined for whom it does not show. */
export async function staffIn({ db }: Ground, userid: string) {
  const [row] = await db.query<{ id: string; status: string; departed_at: unknown }>(
    'SELECT id, status, departed_at FROM staff WHERE userid_key = ?',
    [userid.toLowerCase()],
  );
  if (!row || row.status === 'unknown') return undefined;
  return { id: row.id, isServing: row.departed_at === null };
}
