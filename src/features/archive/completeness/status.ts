import { type Clock, hours, seconds } from '../../../core/clock';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { plainSeq } from '../../../core/seq';
import { type Database, toDate } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import { causeOf } from './causes';
import type { ArchiveStatusView, GapView } from './completeness.schema';
import { type ArchiveLedger, archiveLedger, type PullLine } from './ledger.report';
import type { ArchivePresence, MediaLedger } from './ports';

interface Deps {
  db: Database;
  clock: Clock;
  /** Whether all is set that the library needs to let the company in. */
  configured: () => boolean;
  media: MediaLedger;
  presence: ArchivePresence;
}

/** Parked, and nothing to open: what WeCom gave twice is here once already. */
const repeats = ['duplicate', 'conflict'];
/** What came this lately counts as coming. */
const flowsFor = hours(1);

export type ArchiveStatus = ReturnType<typeof createArchiveStatus>;

/** How the archive goes: how far behind WeCom it is, what it could not open, and what is missing for good (AR4). */
export function createArchiveStatus({ db, clock, configured, media, presence }: Deps) {
  const ledger = archiveLedger(db);

  async function status(): Promise<ArchiveStatusView> {
    const { pull, open } = await ledger.marks();
    const [byReason, gaps, conflicts] = await Promise.all([ledger.parked(), ledger.gaps(), ledger.conflicts()]);
    const [recent, newest] = await Promise.all([ledger.recent(), ledger.newestSentAt()]);
    const [last] = recent;
    const unopened = pull.lastId - open.lastId;
    const until = await completeUntil(ledger, { recent, newest, opened: open.lastId, unopened });
    const parked = sum(byReason);
    const waitForKey = (byReason.key_missing ?? 0) + (byReason.wrong_key ?? 0);
    const now = clock.now();
    return {
      configured: configured(),
      cursor_seq: pull.seq === null ? '0' : plainSeq(pull.seq),
      received: pull.lastId,
      stored: open.lastId - parked,
      parked: { count: parked, unreadable: parked - sum(byReason, repeats), by_reason: byReason },
      unopened,
      media: await media.counts(),
      gaps: gaps.count,
      newest_gap_at: isoOrNull(gaps.newest),
      conflicts: conflicts.count,
      newest_conflict_at: isoOrNull(conflicts.newest),
      newest_message_at: isoOrNull(newest),
      lag_seconds: until && Math.max(0, Math.round((now.getTime() - until.getTime()) / 1000)),
      caught_up: Boolean(last?.ended) && unopened === 0,
      last_answer_at: isoOrNull(pull.answeredAt),
      last_pull: last ? lineView(last) : null,
      messages_per_second: speedOf(recent),
      missing_keys: await ledger.missingKeys(),
      cause: causeOf({
        ...{ configured: configured(), last, waitForKey },
        flows: recent.some(({ returned, askedAt }) => returned > 0 && now.getTime() - askedAt.getTime() < flowsFor),
        seats: await presence.seats(),
        consents: await presence.consents(),
      }),
    };
  }

  return {
    status,

    /** What WeCom no longer held, newest first. @throws paging.bad_cursor */
    async gaps({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<GapView>> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : counterIn(cursor);
      const rows = await db.query<GapRow>('SELECT * FROM archive_gap WHERE id < ? ORDER BY id DESC LIMIT ?', [
        before,
        limit + 1,
      ]);
      return toPage(rows, limit, ({ id }) => [Number(id)], gapView);
    },
  };
}

interface Known {
  /** Newest first. */
  recent: readonly PullLine[];
  newest: Date | null;
  opened: number;
  unopened: number;
}

/**
 * Until when all that WeCom has is here and opened: the last time it had no more; while catching up, when the newest
 * message was sent; null when WeCom was never asked.
 */
async function completeUntil(ledger: ArchiveLedger, { recent, newest, opened, unopened }: Known): Promise<Date | null> {
  const ended = await ledger.lastEnded();
  const advancing = !ended || (recent[0]?.code === 0 && !recent[0].ended);
  const dates = [ended?.askedAt ?? null, advancing ? newest : null].filter((date) => date !== null);
  const until = dates.length > 0 ? latest(dates) : ((await ledger.first())?.askedAt ?? null);
  if (until === null) return null;
  if (unopened <= 0) return until;
  const waiting = await ledger.receivedAt(opened + 1);
  return waiting && waiting < until ? waiting : until;
}

const latest = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map((date) => date.getTime())));

/** While catching up, from the pulls of the newest unbroken row of full answers; null when there is nothing to tell. */
function speedOf(recent: readonly PullLine[]): number | null {
  const end = recent.findIndex(({ returned }) => returned === 0);
  const row = end < 0 ? recent : recent.slice(0, end);
  const [last, first] = [row[0], row.at(-1)];
  if (!last || !first || row.length < 2) return null;
  const ms = last.askedAt.getTime() + last.ms - first.askedAt.getTime();
  return ms <= 0 ? null : Math.round(row.reduce((all, { returned }) => all + returned, 0) / (ms / seconds(1)));
}

const sum = (counts: Record<string, number>, of = Object.keys(counts)): number =>
  of.reduce((all, name) => all + (counts[name] ?? 0), 0);

const lineView = ({ askedAt, returned, code, ms, fault }: PullLine) => ({
  ...{ asked_at: iso(askedAt), returned, code, ms, fault },
});

interface GapRow {
  id: number | string;
  after_seq: string;
  before_seq: string;
  cause: string;
  found_at: unknown;
  detail: string | null;
}

/** Both ends are of what is missing; what stands before and after is named beside them. */
const gapView = ({ id, after_seq, before_seq, cause, found_at, detail }: GapRow): GapView => ({
  id: String(id),
  from_seq: String(BigInt(after_seq) + 1n),
  to_seq: String(BigInt(before_seq) - 1n),
  after_seq: plainSeq(after_seq),
  before_seq: plainSeq(before_seq),
  cause,
  found_at: iso(toDate(found_at)),
  detail,
});
