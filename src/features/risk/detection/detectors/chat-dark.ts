import { days } from '../../../../core/clock';
import { groupBy } from '../../../../core/collections';
import { isIn } from '../../../../db/conditions';
import { instantText, toDate } from '../../../../db/database';
import type { EvidenceRef } from '../../findings';
import { archiveFault } from '../archive-standing';
import { consentSince } from '../consents';
import type { Ground, Sweep, Swept } from '../detector';
import { messageFact } from '../message-fact';
import { type Seats, seatsOf } from '../seats';
import { contentDetectors } from '../signs';
import { storedFact } from '../stored-fact';

/** So many messages in so long are a steady chat. */
const steadyMessages = 10;
const steadyMs = days(14);
const silentMs = days(7);
/** What has been silent for longer was looked at before. */
const forgottenMs = days(30);
/** Categories of words and rules that lead a customer elsewhere. */
const leadingAway: readonly string[] = ['private_contact', 'private_payment', 'evasion'];

/** Where a conversation ends of itself. */
const closing =
  /再见|拜拜|^88+$|(?<!号)不用了|不需要了|不考虑|不买了|已经买了|已经定了|改天再|下次再|以后再说|有需要再联系|有需要.{0,4}找您?|合作愉快|收到货|已签收|祝您/;
/** It stands in one of the last so many. */
const lastFew = 3;

interface Conversation {
  id: string;
  userid: string;
  external_userid: string;
  last_message_at: unknown;
  last_message_id: number | string;
}

/** Why a conversation is looked at. */
interface Flag {
  conversation: string;
  /** The detector, or the category of the words. */
  code: string;
  at: Date;
  fact: EvidenceRef;
}

interface Case {
  conversation: Conversation;
  lastAt: Date;
  flags: Flag[];
}

/**
 * A steady chat in which something led elsewhere, and then silence although the two still know each other: a lead, and no
 * proof that anything was deleted (violations §0, §2). Where no seat or no consent explains the silence it is counted,
 * not judged (trap 14).
 */
export const chatDark: Sweep = {
  ...{ code: 'CHAT_DARK', version: 2, every: 180 },
  async sweep(ground): Promise<Swept> {
    const cases = await silentAfterFlags(ground);
    const seats = await seatsOf(ground);
    const unseen: Record<string, number> = {};
    const drafts: Swept['drafts'] = [];
    for (const one of cases) {
      const messages = await steadiness(ground, one);
      if (messages < steadyMessages || (await isClosed(ground, one))) continue;
      const reason = await whyUnheard(ground, one, seats);
      if (reason === undefined) drafts.push(await draftOf(ground, one, messages));
      else unseen[reason] = (unseen[reason] ?? 0) + 1;
    }
    return { drafts, lookedAt: cases.length, unseen };
  },
};

async function silentAfterFlags(ground: Ground): Promise<Case[]> {
  const now = ground.db.now().getTime();
  const since = new Date(now - forgottenMs - steadyMs);
  const flags = [...(await flaggedByWords(ground, since)), ...(await flaggedByFindings(ground, since))];
  const byConversation = groupBy(flags, ({ conversation }) => conversation);
  const [flagged, ...ids] = isIn('c.id', [...byConversation.keys()]);
  // The two still know each other: whoever was deleted, or moved, is silent for that reason.
  const rows = await ground.db.query<Conversation>(
    `SELECT c.id, c.userid, c.external_userid, c.last_message_at, c.last_message_id FROM archive_conversation c
       JOIN staff s ON s.userid = c.userid
       JOIN relation r ON r.external_userid = c.external_userid AND r.staff_id = s.id AND r.state = 'active'
     WHERE c.kind = 'single' AND ${flagged} AND c.last_message_at >= ? AND c.last_message_at < ? ORDER BY c.id`,
    [...ids, new Date(now - forgottenMs), new Date(now - silentMs)],
  );
  return rows.flatMap((conversation) => {
    const lastAt = toDate(conversation.last_message_at);
    const before = (byConversation.get(conversation.id) ?? []).filter(
      ({ at }) => lastAt.getTime() - at.getTime() <= steadyMs,
    );
    return before.length > 0 ? [{ conversation, lastAt, flags: before }] : [];
  });
}

async function flaggedByWords({ db }: Ground, since: Date): Promise<Flag[]> {
  const [away, ...categories] = isIn('l.category', leadingAway);
  const rows = await db.query<{ conversation: string; code: string; id: unknown; content: string; at: unknown }>(
    `SELECT DISTINCT m.conversation_id AS conversation, l.category AS code, m.id, m.content, m.sent_at AS at
     FROM archive_word_list l JOIN archive_hit h ON h.list_id = l.id JOIN archive_message m ON m.id = h.message_id
     WHERE ${away} AND m.sent_at >= ? ORDER BY m.id`,
    [...categories, since],
  );
  return rows.map(({ conversation, code, id, content, at }) => ({
    ...{ conversation, code, at: toDate(at), fact: messageFact({ id: Number(id), content }) },
  }));
}

interface FoundRow {
  conversation: string;
  id: number | string;
  dedupe_key: string;
  detector: string;
  version: number;
  occurred_at: unknown;
  features: string;
  evidence: string;
}

/** A word that was merely mentioned led nobody anywhere. */
async function flaggedByFindings({ db }: Ground, since: Date): Promise<Flag[]> {
  const [ofContent, ...codes] = isIn('f.detector', contentDetectors);
  const rows = await db.query<FoundRow>(
    `SELECT c.id AS conversation, f.id, f.dedupe_key, f.detector, f.version, f.occurred_at, f.features, f.evidence
     FROM finding f JOIN archive_conversation c
       ON c.kind = 'single' AND c.userid = f.userid AND c.external_userid = f.external_userid
     WHERE ${ofContent} AND f.severity <> 'lead' AND f.occurred_at >= ? ORDER BY f.id`,
    [...codes, since],
  );
  return rows.filter(leadsAway).map((row) => {
    const { id, dedupe_key, detector, version, occurred_at, evidence } = row;
    const fact = storedFact('finding', id, [dedupe_key, detector, Number(version), instantText(occurred_at), evidence]);
    return { conversation: row.conversation, code: detector, at: toDate(occurred_at), fact };
  });
}

const leadsAway = ({ detector, features }: FoundRow): boolean =>
  detector !== 'CONTENT_RULE' || leadingAway.includes(String(JSON.parse(features).category));

async function steadiness({ db }: Ground, { conversation, lastAt }: Case): Promise<number> {
  const [row] = await db.query<{ n: unknown }>(
    'SELECT COUNT(*) AS n FROM archive_message WHERE conversation_id = ? AND sent_at >= ?',
    [conversation.id, new Date(lastAt.getTime() - steadyMs)],
  );
  return Number(row?.n ?? 0);
}

async function isClosed(ground: Ground, { conversation }: Case): Promise<boolean> {
  const rows = await ground.db.query<{ id: unknown }>(
    'SELECT id FROM archive_message WHERE conversation_id = ? ORDER BY id DESC LIMIT ?',
    [conversation.id, lastFew],
  );
  const last = await ground.read(rows.map(({ id }) => Number(id)));
  return last.some(({ opened }) => closing.test(opened?.message.texts.join('\n') ?? ''));
}

/** What else explains the silence. */
async function whyUnheard(ground: Ground, { conversation, lastAt }: Case, seats: Seats): Promise<string | undefined> {
  const { userid, external_userid } = conversation;
  if (!seats.isKnown) return 'seat_unknown';
  if (!seats.keptSince(userid, lastAt)) return 'no_seat';
  const consent = await consentSince(ground, { userid, external_userid, chat_id: '' }, lastAt);
  return consent === 'agreed' ? archiveFault(ground, lastAt) : consent;
}

async function draftOf({ db }: Ground, { conversation, lastAt, flags }: Case, messages: number) {
  const { id, userid, external_userid, last_message_id } = conversation;
  const sql = 'SELECT id, content FROM archive_message WHERE id = ?';
  const last = await db.query<{ id: unknown; content: string }>(sql, [Number(last_message_id)]);
  return {
    key: `${id}:${last_message_id}`,
    ...{ evidenceLevel: 'CIRCUMSTANTIAL' as const, severity: 'lead' as const },
    ...{ userid, externalUserid: external_userid, occurredAt: lastAt },
    features: {
      ...{ msgs_prev_14d: messages, last_msg_at: lastAt.toISOString(), consent: 'agreed', seat: true },
      preceding_flags: [...new Set(flags.map(({ code }) => code))],
    },
    evidence: [
      ...last.map((row) => messageFact({ id: Number(row.id), content: row.content })),
      ...flags.map(({ fact }) => fact),
    ],
  };
}
