import { days, hours } from '../../../../core/clock';
import { inChunks } from '../../../../db/bulk';
import { placeholders, toDate, toDateOrNull } from '../../../../db/database';
import type { EvidenceRef, Explained } from '../../findings';
import type { Ground, JudgedMessage, Sweep, Swept } from '../detector';
import { concerning, messageFact } from '../message-fact';
import { type Seats, seatsOf } from '../seats';

/** The original may be opened after its recall: a key came late, the pages were told in another order. */
const patienceMs = hours(6);
/** Looked at as long as this: a server that was down over a weekend finds them still. */
const lookedAtMs = days(4);
/** WeCom gives out nothing older than this. */
const keptByWecomMs = days(5);

/** What the recall `m` took back is here. */
const isJoined = 'EXISTS (SELECT 1 FROM archive_message o WHERE o.msgid = m.recalls AND o.recalls IS NULL)';

interface Row {
  id: number | string;
  /** Of what was taken back. */
  original: string;
  opened_at: unknown;
  /** Why the original is not open, where its envelope is here. */
  reason: string | null;
}

interface Known {
  seats: Seats;
  /** When the oldest message of the archive was sent. */
  begins: Date | null;
}

/**
 * What was taken back is not in the archive, which is a gap in it (violations §2). An original that waits for a key is no
 * gap yet, and one that comes after all explains it. Why it is missing is a guess.
 */
export const recallOrphan: Sweep = {
  ...{ code: 'RECALL_ORPHAN', version: 1, every: 60 },
  async sweep(ground): Promise<Swept> {
    const rows = await orphans(ground);
    const waiting = rows.filter(({ reason }) => reason === 'key_missing' || reason === 'wrong_key');
    const lost = rows.filter((row) => !waiting.includes(row));
    const recalls = new Map((await ground.read(lost.map(({ id }) => Number(id)))).map((one) => [one.id, one]));
    const [first] = await ground.db.query<{ at: unknown }>('SELECT MIN(sent_at) AS at FROM archive_message');
    const known = { seats: await seatsOf(ground), begins: toDateOrNull(first?.at) };
    return {
      drafts: lost.flatMap((row) => {
        const recall = recalls.get(Number(row.id));
        return recall && recall.sender_kind !== 'robot' ? [draftOf(row, recall, known)] : [];
      }),
      explained: await foundSince(ground),
      lookedAt: rows.length,
      unseen: waiting.length > 0 ? { key_missing: waiting.length } : {},
    };
  },
};

async function orphans({ db }: Ground): Promise<Row[]> {
  const now = db.now().getTime();
  const rows = await db.query<Omit<Row, 'reason'>>(
    `SELECT m.id, m.recalls AS original, b.opened_at FROM archive_batch b JOIN archive_message m ON m.batch_id = b.id
     WHERE b.opened_at >= ? AND b.opened_at < ? AND m.type = 'revoke' AND m.recalls IS NOT NULL
       AND NOT ${isJoined}
     ORDER BY m.id`,
    [new Date(now - lookedAtMs), new Date(now - patienceMs)],
  );
  const originals = rows.map(({ original }) => original);
  const parked = await inChunks(originals, (chunk) =>
    db.query<{ msgid: string; reason: string }>(
      `SELECT e.msgid, p.reason FROM archive_parked p JOIN archive_envelope e ON e.id = p.id
       WHERE e.msgid IN (${placeholders(chunk.length)})`,
      chunk,
    ),
  );
  const reasons = new Map(parked.map(({ msgid, reason }) => [msgid, reason]));
  return rows.map((row) => ({ ...row, reason: reasons.get(row.original) ?? null }));
}

/** Findings that nobody took up yet, whose original was opened since: a key came late, or the pages did. */
async function foundSince({ db }: Ground): Promise<Explained[]> {
  const rows = await db.query<{ evidence: string }>(
    `SELECT f.evidence FROM finding_case c JOIN finding f ON f.id = c.finding_id
     WHERE c.state = 'open' AND f.detector = 'RECALL_ORPHAN'`,
  );
  const ids = rows.flatMap(({ evidence }) => (JSON.parse(evidence) as EvidenceRef[]).map(({ ref }) => Number(ref)));
  const joined = await inChunks(ids, (chunk) =>
    db.query<{ msgid: string }>(
      `SELECT m.msgid FROM archive_message m WHERE m.id IN (${placeholders(chunk.length)}) AND ${isJoined}`,
      chunk,
    ),
  );
  return joined.map((recall) => ({ key: keyOf(recall), by: 'original_opened' }));
}

const keyOf = ({ msgid }: Pick<JudgedMessage, 'msgid'>): string => msgid.slice(0, 150);

function draftOf(row: Row, recall: JudgedMessage, known: Known) {
  return {
    key: keyOf(recall),
    ...{ evidenceLevel: 'OFFICIAL' as const, severity: 'medium' as const },
    ...concerning(recall),
    occurredAt: recall.sent_at,
    features: { cause: causeOf(row, recall, known) },
    evidence: [messageFact(recall)],
  };
}

/** WeCom's ids of messages carry the milliseconds they were sent at; where one does not, the recall was soon after. */
const sentAt = (msgid: string, { sent_at }: JudgedMessage): Date => {
  const [, ms] = /^\d+_(1\d{12})(?:_|$)/.exec(msgid) ?? [];
  return ms === undefined ? sent_at : new Date(Number(ms));
};

function causeOf({ original, opened_at, reason }: Row, recall: JudgedMessage, { seats, begins }: Known): string {
  if (reason !== null) return 'undecryptable';
  const at = sentAt(original, recall);
  if (begins === null || at < begins) return 'before_archive';
  if (toDate(opened_at).getTime() - at.getTime() > keptByWecomMs) return 'older_than_five_days';
  const { userid } = concerning(recall);
  return seats.isKnown && userid !== undefined && !seats.hadAt(userid, at) ? 'no_seat' : 'unknown';
}
