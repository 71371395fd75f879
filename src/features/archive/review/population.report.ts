import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { Candidate } from './sampling';

interface Span {
  starts_at: Date;
  /** Not included. */
  ends_at: Date;
  /** The newest message that counts. */
  through: number;
}

/** Messages (`m`) that a member of staff wrote where somebody outside takes part. Recalls and consents say nothing. */
export const writtenToOutside = `m.action = 'send' AND m.type NOT IN ('agree', 'disagree', 'revoke')
  AND EXISTS (SELECT 1 FROM archive_participant s
    WHERE s.conversation_id = m.conversation_id AND s.person = m.sender AND s.kind = 'staff')
  AND EXISTS (SELECT 1 FROM archive_participant o
    WHERE o.conversation_id = m.conversation_id AND o.kind = 'external')`;

const pageSize = 5000;

/** Everything that can be drawn of a period, by id. */
export async function populationOf(db: Database, { starts_at, ends_at, through }: Span): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (let after = 0; ; ) {
    const rows = await db.query<{ id: number | string; sender: string }>(
      `SELECT m.id, m.sender FROM archive_message m
       WHERE m.id > ? AND m.id <= ? AND m.sent_at >= ? AND m.sent_at < ? AND ${writtenToOutside}
       ORDER BY m.id LIMIT ${pageSize}`,
      [after, through, starts_at, ends_at],
    );
    for (const { id, sender } of rows) found.push({ id: Number(id), userid: sender });
    const last = found.at(-1);
    if (rows.length < pageSize || !last) return found;
    after = last.id;
  }
}

export async function newestMessage(db: Database): Promise<number> {
  const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_message');
  return Number(row?.id ?? 0);
}

/** Userids of those we have known only since then. */
export async function newcomersSince(db: Database, since: Date): Promise<Set<string>> {
  const rows = await db.query<{ userid: string }>('SELECT userid FROM staff WHERE created_at >= ?', [since]);
  return new Set(rows.map(({ userid }) => userid));
}

/** What is under review, as far as it can be known without opening it. */
export interface Subject {
  message_id: number;
  conversation_id: string;
  userids: string[];
}

/**
 * Whom a message concerns: the member of staff who wrote it; when somebody outside did, the staff of the conversation.
 * A message that is not there is left out.
 */
export async function subjectsOf(db: Database, messageIds: readonly number[]): Promise<Subject[]> {
  const rows = await inChunks([...messageIds], (chunk) =>
    db.query<{ id: number | string; conversation_id: string; sender: string; person: string | null }>(
      `SELECT m.id, m.conversation_id, m.sender, p.person FROM archive_message m
       LEFT JOIN archive_participant p ON p.conversation_id = m.conversation_id AND p.kind = 'staff'
       WHERE m.id IN (${placeholders(chunk.length)}) ORDER BY m.id`,
      chunk,
    ),
  );
  const found = new Map<number, Subject & { sender: string }>();
  for (const { id, conversation_id, sender, person } of rows) {
    const one = found.get(Number(id)) ?? { message_id: Number(id), conversation_id, sender, userids: [] };
    found.set(Number(id), { ...one, userids: person === null ? one.userids : [...one.userids, person] });
  }
  return [...found.values()].map(({ sender, userids, ...one }) => ({
    ...one,
    userids: userids.includes(sender) ? [sender] : userids,
  }));
}
