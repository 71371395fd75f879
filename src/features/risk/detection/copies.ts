import { isDeepStrictEqual } from 'node:util';
import { minutes } from '../../../core/clock';
import { everything } from '../../../wecom/archive/messages';
import type { Ground, JudgedMessage } from './detector';

/** Of these WeCom may keep several rows for one act (violations §2.2 trap 15). */
const kinds: readonly string[] = ['voiptext', 'chatrecord'];
/** Rows of one act are as close as this. */
const withinMs = minutes(1);

/** Without what says the same as an earlier row of the same sender in the same conversation, within a minute. */
export async function withoutCopies(
  messages: readonly JudgedMessage[],
  ground: Ground,
): Promise<readonly JudgedMessage[]> {
  const copies = new Set<number>();
  for (const message of messages) {
    if (kinds.includes(message.type) && (await isCopy(message, ground))) copies.add(message.id);
  }
  return copies.size === 0 ? messages : messages.filter(({ id }) => !copies.has(id));
}

async function isCopy(message: JudgedMessage, { db, read }: Ground): Promise<boolean> {
  const { id, conversation_id, sender, type, sent_at } = message;
  const [from, to] = [sent_at.getTime() - withinMs, sent_at.getTime() + withinMs];
  const rows = await db.query<{ id: unknown }>(
    `SELECT id FROM archive_message WHERE conversation_id = ? AND id < ? AND sender = ? AND type = ?
     AND sent_at >= ? AND sent_at <= ? ORDER BY id DESC LIMIT 20`,
    [conversation_id, id, sender, type, new Date(from), new Date(to)],
  );
  const earlier = await read(rows.map((row) => Number(row.id)));
  return earlier.some((one) => isDeepStrictEqual(saidIn(one), saidIn(message)));
}

const saidIn = ({ opened }: JudgedMessage): unknown =>
  opened && everything(opened.message).map(({ path, type, body, texts }) => ({ path, type, body, texts }));
