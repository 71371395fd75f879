import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import { type Message, parseMessage } from '../../../wecom/archive/messages';
import { createBodyKeys } from './body-keys';
import type { ArchiveMessage } from './conversations.entity';
import { plainIn } from './leaves';

/** A stored message, opened. */
export interface StoredMessage {
  id: number;
  seq: string;
  msgid: string;
  conversation_id: string;
  sender: string;
  action: string;
  type: string;
  sent_at: Date;
  /** Fixes the text, and tells nothing of it. */
  content: string;
  /** The text to the byte and what it says; null once it was purged. */
  opened: { plain: string; message: Message } | null;
  /** Of a recall: the message it takes back; null when that is not archived. */
  recalls: number | null;
  /** The message that took it back, and who sent that. */
  recalled_by: { id: number; sender: string; sent_at: Date } | null;
}

type Row = ArchiveMessage & { key_id: number | string | null; sealed: string | null };

export type MessageReader = ReturnType<typeof createMessageReader>;

/** Reads messages and opens their texts. It asks nobody whether they may be seen. */
export function createMessageReader({ db, vault }: { db: Database; vault: Vault }) {
  const bodyKeys = createBodyKeys({ db, vault });

  function textOf({ id, key_id, sealed }: Row, keys: ReadonlyMap<number, Buffer>): string | null {
    const key = key_id === null ? undefined : keys.get(Number(key_id));
    if (!key || sealed === null) return null;
    return vault.openUnder(key, sealed, { table: 'archive_body', column: 'sealed', id: String(id) });
  }

  async function recallsOf(msgids: string[]): Promise<Map<string, StoredMessage['recalled_by']>> {
    const rows = await inChunks(msgids, (chunk) =>
      db.query<Pick<ArchiveMessage, 'id' | 'msgid' | 'sender' | 'sent_at'>>(
        `SELECT r.msgid, m.id, m.sender, m.sent_at FROM archive_recall r JOIN archive_message m ON m.id = r.message_id
         WHERE r.msgid IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(
      rows.map(({ id, msgid, sender, sent_at }) => [msgid, { id: Number(id), sender, sent_at: toDate(sent_at) }]),
    );
  }

  /** What recalls take back, in their own conversation; of what came twice the first. */
  async function originalsOf(rows: readonly Row[]): Promise<Map<string, number>> {
    const msgids = [...new Set(rows.flatMap(({ recalls }) => recalls ?? []))];
    const found = await inChunks(msgids, (chunk) =>
      db.query<Pick<ArchiveMessage, 'id' | 'msgid' | 'conversation_id'>>(
        `SELECT msgid, conversation_id, MIN(id) AS id FROM archive_message
         WHERE msgid IN (${placeholders(chunk.length)}) AND recalls IS NULL GROUP BY msgid, conversation_id`,
        chunk,
      ),
    );
    return new Map(found.map(({ id, msgid, conversation_id }) => [`${conversation_id} ${msgid}`, Number(id)]));
  }

  return {
    /** After keys were destroyed in this process. */
    forget: bodyKeys.forget,

    /**
     * The messages with these ids, in the order of the ids; one that is not there is left out.
     * @throws Error when a sealed text was edited or moved
     */
    async read(ids: readonly number[]): Promise<StoredMessage[]> {
      const rows = await inChunks([...ids], (chunk) =>
        db.query<Row>(
          `SELECT m.*, b.key_id, b.sealed FROM archive_message m LEFT JOIN archive_body b ON b.id = m.id
           WHERE m.id IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      const keys = await bodyKeys.find(rows.flatMap(({ key_id }) => (key_id === null ? [] : [Number(key_id)])));
      const recalls = await recallsOf([...new Set(rows.map(({ msgid }) => msgid))]);
      const originals = await originalsOf(rows);
      const byId = new Map(
        rows.map((row) => {
          const original = originals.get(`${row.conversation_id} ${row.recalls}`) ?? null;
          const recalled = { recalls: original, recalled_by: recalls.get(row.msgid) ?? null };
          return [Number(row.id), toStored(row, textOf(row, keys), recalled)];
        }),
      );
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  };
}

function toStored(
  row: Row,
  salted: string | null,
  recalled: Pick<StoredMessage, 'recalls' | 'recalled_by'>,
): StoredMessage {
  const plain = salted === null ? null : plainIn(salted);
  const message = plain === null ? undefined : parseMessage(plain);
  return {
    ...{ id: Number(row.id), seq: row.seq, msgid: row.msgid, conversation_id: row.conversation_id },
    ...{ sender: row.sender, action: row.action, type: row.type, content: row.content },
    ...{ sent_at: toDate(row.sent_at), ...recalled },
    opened: plain !== null && message ? { plain, message } : null,
  };
}
