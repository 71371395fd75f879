import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { ConversationViews, MessageView } from '../../archive/conversations';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  conversations: Pick<ConversationViews, 'messages'>;
}

/** A finding, as far as it names messages. */
interface Named {
  id: string;
  evidence: readonly { source: string; ref: string }[];
}

/** A stretch of a conversation around what a finding rests on. */
export interface Passage {
  conversation_id: string;
  /** Messages the finding names. */
  evidence: string[];
  messages: MessageView[];
}

/** Messages of a passage: enough to understand one, too few to browse by. */
const length = 31;
/** What a finding names beyond these stands in its list of evidence. */
const mostPassages = 3;

/** What was said around the evidence of a finding. Only that: whoever may judge a finding need not read the archive. */
export function createFindingMessages({ db, audit, conversations }: Deps) {
  async function conversationOf(messageId: string): Promise<string | undefined> {
    const sql = 'SELECT conversation_id FROM archive_message WHERE id = ?';
    const [row] = await db.query<{ conversation_id: string }>(sql, [Number(messageId)]);
    return row?.conversation_id;
  }

  /** The passages around these messages; of those that stand close together one. */
  async function passagesOf(refs: readonly string[], by: By): Promise<Passage[]> {
    const passages: Passage[] = [];
    for (const ref of refs) {
      const known = passages.find(({ messages }) => messages.some(({ id }) => id === ref));
      const conversation = known || passages.length === mostPassages ? undefined : await conversationOf(ref);
      known?.evidence.push(ref);
      if (conversation === undefined) continue;
      const query = { around: ref, order: 'asc', limit: length } as const;
      const { items } = await conversations.messages(conversation, query, by);
      passages.push({ conversation_id: conversation, evidence: [ref], messages: items });
    }
    return passages;
  }

  /** That it was read is recorded before it is shown, here and with the conversation. @throws conversation.not_found */
  return async ({ id, evidence }: Named, by: By): Promise<Passage[]> => {
    const refs = evidence.filter(({ source }) => source === 'message').map(({ ref }) => ref);
    const passages = await passagesOf(refs, by);
    await audit.record({
      ...{ actor: actorOf(by.viewer), action: 'finding.messages_read', target: `finding:${id}`, result: 'ok' },
      ...{
        address: by.address,
        detail: { messages: passages.reduce((sum, { messages }) => sum + messages.length, 0) },
      },
    });
    return passages;
  };
}
