import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import { personKind } from '../../../wecom/archive/messages';
import type { MessageReader } from '../../archive/conversations';
import type { JudgedConversation, JudgedMessage } from './detector';

interface Deps {
  db: Database;
  reader: Pick<MessageReader, 'read'>;
  /** What the QR codes of messages say, by message. */
  codesOf: (ids: readonly number[]) => Promise<ReadonlyMap<number, readonly { path: string; text: string }[]>>;
}

export type JudgedMessages = ReturnType<typeof createJudgedMessages>;

/** Reads messages with all that detectors may want to know of them. It asks nobody whether they may be seen. */
export function createJudgedMessages({ db, reader, codesOf }: Deps) {
  async function conversations(ids: string[]): Promise<Map<string, JudgedConversation>> {
    const rows = await inChunks(ids, (chunk) =>
      db.query<JudgedConversation>(
        `SELECT id, kind, userid, external_userid, peer_userid, chat_id FROM archive_conversation
         WHERE id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  return {
    /** In the order of the ids; one that is not there is left out. */
    async read(ids: readonly number[]): Promise<JudgedMessage[]> {
      const stored = await reader.read(ids);
      const codes = await codesOf(ids);
      const known = await conversations([...new Set(stored.map(({ conversation_id }) => conversation_id))]);
      return stored.flatMap((message) => {
        const conversation = known.get(message.conversation_id);
        const sender_kind = personKind(message.sender);
        return conversation ? [{ ...message, conversation, sender_kind, codes: codes.get(message.id) ?? [] }] : [];
      });
    },
  };
}
