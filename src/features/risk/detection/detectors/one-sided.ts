import { days } from '../../../../core/clock';
import { toDate } from '../../../../db/database';
import { personKind } from '../../../../wecom/archive/messages';
import { archiveFault } from '../archive-standing';
import { consentSince } from '../consents';
import type { Ground, Sweep, Swept } from '../detector';
import { messageFact } from '../message-fact';
import { type Seats, seatsOf } from '../seats';

/** So many messages from outside, over more than so long, and nobody answered. */
const fewest = 5;
const unansweredMs = days(3);
/** Whoever wrote last before this is no longer waiting. */
const recentMs = days(7);
/** Read back from the end at most. */
const tail = 200;

/** A call is an answer; that somebody agreed to the archive says nothing. */
const calls: readonly string[] = ['voiptext', 'meeting_voice_call'];
const silentTypes: readonly string[] = ['agree', 'disagree', 'revoke'];

interface Conversation {
  id: string;
  kind: 'single' | 'group';
  userid: string | null;
  external_userid: string | null;
  chat_id: string | null;
  owner: string | null;
}

interface Line {
  id: number;
  content: string;
  sender: string;
  at: Date;
}

/** What was written from outside since anybody of staff was heard, oldest first. */
interface Waiting {
  conversation: Conversation;
  userid: string;
  lines: Line[];
  /** The last that staff said; 0 where there is none. */
  answered: number;
  /** Of a group: how many robots spoke meanwhile. */
  robots: number;
}

/**
 * Somebody outside goes on writing and nobody of staff is heard (violations §2): a lead that the answers go another way.
 * An answer of a colleague in a group is one; in a group it counts only where robots alone were heard. What seats and
 * consent explain is counted, not judged.
 */
export const oneSided: Sweep = {
  ...{ code: 'ONE_SIDED', version: 1, every: 360 },
  async sweep(ground): Promise<Swept> {
    const conversations = await endingOutside(ground);
    const seats = await seatsOf(ground);
    const unseen: Record<string, number> = {};
    const drafts: Swept['drafts'] = [];
    for (const conversation of conversations) {
      const waiting = await waitingIn(ground, conversation);
      if (!isLong(waiting) || (await isAnsweredInGroup(ground, waiting))) continue;
      const reason = await whyUnheard(ground, waiting, seats);
      if (reason === undefined) drafts.push(draftOf(waiting));
      else unseen[reason] = (unseen[reason] ?? 0) + 1;
    }
    return { drafts, lookedAt: conversations.length, unseen };
  },
};

/** Conversations of late whose last word is not that of a member of staff. */
const endingOutside = async ({ db }: Ground): Promise<Conversation[]> => {
  const rows = await db.query<Conversation & { sender: string }>(
    `SELECT c.id, c.kind, c.userid, c.external_userid, c.chat_id, g.owner, m.sender
     FROM archive_conversation c JOIN archive_message m ON m.id = c.last_message_id
       LEFT JOIN group_chat g ON g.chat_id = c.chat_id
     WHERE c.last_message_at >= ? AND c.messages >= ? AND (c.external_userid IS NOT NULL OR c.kind = 'group')
     ORDER BY c.id`,
    [new Date(db.now().getTime() - recentMs), fewest],
  );
  return rows.filter(({ sender }) => personKind(sender) !== 'staff');
};

async function waitingIn({ db }: Ground, conversation: Conversation): Promise<Waiting> {
  const rows = await db.query<{ id: unknown; content: string; sender: string; type: string; sent_at: unknown }>(
    `SELECT id, content, sender, type, sent_at FROM archive_message WHERE conversation_id = ? ORDER BY id DESC LIMIT ?`,
    [conversation.id, tail],
  );
  const answer = rows.findIndex(({ sender, type }) => personKind(sender) === 'staff' || calls.includes(type));
  const since = (answer < 0 ? rows : rows.slice(0, answer)).filter(({ type }) => !silentTypes.includes(type)).reverse();
  const outside = since.filter(({ sender }) => personKind(sender) === 'external');
  return {
    ...{ conversation, userid: conversation.userid ?? conversation.owner ?? '' },
    lines: outside.map(({ id, content, sender, sent_at }) => ({
      id: Number(id),
      content,
      sender,
      at: toDate(sent_at),
    })),
    ...{ answered: Number(rows[answer]?.id ?? 0), robots: since.length - outside.length },
  };
}

function isLong({ conversation, userid, lines, robots }: Waiting): boolean {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last || lines.length < fewest || userid === '') return false;
  return last.at.getTime() - first.at.getTime() > unansweredMs && (conversation.kind === 'single' || robots > 0);
}

/** Whether anybody of staff wrote meanwhile in a group that the same person is in. */
async function isAnsweredInGroup({ db }: Ground, { conversation, lines }: Waiting): Promise<boolean> {
  if (conversation.external_userid === null) return false;
  const rows = await db.query<{ sender: string }>(
    `SELECT DISTINCT m.sender FROM archive_participant p
       JOIN archive_conversation c ON c.id = p.conversation_id AND c.kind = 'group'
       JOIN archive_message m ON m.conversation_id = c.id
     WHERE p.person = ? AND c.last_message_at >= ? AND m.sent_at >= ?`,
    [conversation.external_userid, startOf(lines), startOf(lines)],
  );
  return rows.some(({ sender }) => personKind(sender) === 'staff');
}

const startOf = (lines: readonly Line[]): Date => lines[0]?.at ?? new Date(0);

/** Why nobody of staff would be heard. */
async function whyUnheard(ground: Ground, { conversation, userid, lines }: Waiting, seats: Seats) {
  if (!seats.isKnown) return 'seat_unknown';
  if (!seats.keptSince(userid, startOf(lines))) return 'no_seat';
  const isGroup = conversation.kind === 'group';
  const chat_id = conversation.chat_id ?? '';
  for (const external_userid of new Set(lines.map(({ sender }) => sender))) {
    const party = { external_userid, userid: isGroup ? '' : userid, chat_id };
    const consent = await consentSince(ground, party, startOf(lines));
    if (consent !== 'agreed') return consent;
  }
  return archiveFault(ground, startOf(lines));
}

function draftOf({ conversation, userid, lines, answered }: Waiting) {
  const [first, last] = [startOf(lines), lines.at(-1)?.at ?? startOf(lines)];
  return {
    key: `${conversation.id}:${answered}`,
    ...{ evidenceLevel: 'CIRCUMSTANTIAL' as const, severity: 'lead' as const, userid },
    ...{ externalUserid: conversation.external_userid ?? undefined, chatId: conversation.chat_id ?? undefined },
    occurredAt: last,
    features: { inbound: lines.length, since: first.toISOString(), only_robots: conversation.kind === 'group' },
    evidence: lines.map(messageFact),
  };
}
