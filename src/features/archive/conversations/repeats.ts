import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { OpenedMessage } from './conversations.store';
import type { MessageReader } from './reader';

/** `duplicate`: the same text again. `conflict`: another text under the same msgid (A17). */
type RepeatReason = 'duplicate' | 'conflict';

interface Deps {
  db: Database;
  reader: Pick<MessageReader, 'read'>;
}

/**
 * Those that repeat a msgid: WeCom gives a message again under another number. The envelope of each is kept, the first
 * is the message.
 * @returns why, by the id of the envelope
 * @param before of the batch that may be on its way into the tables
 */
export async function repeatsAmong(
  { db, reader }: Deps,
  messages: readonly OpenedMessage[],
  before: readonly OpenedMessage[],
): Promise<Map<number, RepeatReason>> {
  const firsts = await storedTexts({ db, reader }, messages);
  for (const { message, plain } of before) firsts.set(message.msgid, plain);
  const repeats = new Map<number, RepeatReason>();
  for (const { id, message, plain } of messages) {
    const first = firsts.get(message.msgid);
    // Of one that was purged nobody can say: what it was is no more.
    if (first !== undefined) repeats.set(id, [plain, null].includes(first) ? 'duplicate' : 'conflict');
    else firsts.set(message.msgid, plain);
  }
  return repeats;
}

/** Of the msgids that are stored, the text; null once it was purged. */
async function storedTexts({ db, reader }: Deps, messages: readonly OpenedMessage[]) {
  const msgids = [...new Set(messages.map(({ message }) => message.msgid))];
  const rows = await inChunks(msgids, (chunk) =>
    db.query<{ id: number | string }>(
      `SELECT id FROM archive_message WHERE msgid IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  const stored = await reader.read(rows.map(({ id }) => Number(id)));
  return new Map(stored.map(({ msgid, opened }) => [msgid, opened?.plain ?? null]));
}
