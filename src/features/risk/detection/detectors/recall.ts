import { seconds } from '../../../../core/clock';
import { inChunks } from '../../../../db/bulk';
import { placeholders, toDate } from '../../../../db/database';
import type { EvidenceRef } from '../../findings';
import type { Ground, JudgedMessage, MessageDetector } from '../detector';
import { concerning, messageFact } from '../message-fact';

const finder = { code: 'RECALL', version: 1 } as const;

/** What is taken back sooner than this was mistyped (violations §2.2 trap 16). */
const mistypedMs = seconds(60);

interface Original {
  id: number | string;
  content: string;
  sender: string;
  sent_at: unknown;
}

/**
 * A message was taken back (violations §2). Both stay: what was said is evidence. An administrator may take back what
 * another wrote; a robot's recalls are nobody's.
 */
export const recall: MessageDetector = {
  codes: [finder.code],
  async judge(messages, ground) {
    const recalls = messages.filter(({ type, sender_kind }) => type === 'revoke' && sender_kind !== 'robot');
    const originals = await originalsOf(recalls, ground);
    return {
      found: recalls.map((message) => {
        const original = message.recalls === null ? undefined : originals.get(message.recalls);
        return { by: finder, draft: draftOf(message, original) };
      }),
    };
  },
};

async function originalsOf(recalls: readonly JudgedMessage[], { db }: Ground): Promise<Map<number, Original>> {
  const ids = recalls.flatMap(({ recalls: id }) => id ?? []);
  const rows = await inChunks(ids, (chunk) =>
    db.query<Original>(
      `SELECT id, content, sender, sent_at FROM archive_message WHERE id IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  return new Map(rows.map((row) => [Number(row.id), row]));
}

function draftOf(message: JudgedMessage, original: Original | undefined) {
  const after = original && message.sent_at.getTime() - toDate(original.sent_at).getTime();
  const byStaff = message.sender_kind === 'staff';
  const evidence: EvidenceRef[] = [messageFact(message)];
  if (original) evidence.push(messageFact({ id: Number(original.id), content: original.content }));
  return {
    key: message.msgid.slice(0, 150),
    evidenceLevel: 'OFFICIAL' as const,
    severity: byStaff && after !== undefined && after > mistypedMs ? ('low' as const) : ('lead' as const),
    ...concerning(message),
    occurredAt: message.sent_at,
    features: {
      seconds_after: after === undefined ? null : Math.round(after / 1000),
      original_known: original !== undefined,
      recalled_by_sender: original === undefined ? null : original.sender === message.sender,
    },
    evidence,
  };
}
