import { days } from '../../../core/clock';
import { plainSeq } from '../../../core/seq';
import { type Database, toDate } from '../../../db/database';

/** A Shanghai day as instants; `until` is not of it. */
export interface Span {
  from: Date;
  until: Date;
}

export function spanOf(day: string): Span {
  const from = new Date(`${day}T00:00:00+08:00`);
  return { from, until: new Date(from.getTime() + days(1)) };
}

/** Envelopes by id, both ends included; `to` before `from`: none. */
export interface Envelopes {
  from: number;
  to: number;
}

/** The ids of envelopes have no holes, so first and number tell them all. */
export async function envelopesOf(db: Database, { from, until }: Span): Promise<Envelopes> {
  const [row] = await db.query<{ first: unknown; received: unknown }>(
    'SELECT MIN(id) AS first, SUM(count) AS received FROM archive_page WHERE received_at >= ? AND received_at < ?',
    [from, until],
  );
  const first = Number(row?.first ?? 1);
  return { from: first, to: first + Number(row?.received ?? 0) - 1 };
}

export async function countOf(db: Database, table: string, { from, to }: Envelopes): Promise<number> {
  if (to < from) return 0;
  const [row] = await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n FROM ${table} WHERE id BETWEEN ? AND ?`, [
    from,
    to,
  ]);
  return Number(row?.n ?? 0);
}

export async function parkedBy(db: Database, { from, to }: Envelopes): Promise<Record<string, number>> {
  if (to < from) return {};
  const rows = await db.query<{ reason: string; n: unknown }>(
    'SELECT reason, COUNT(*) AS n FROM archive_parked WHERE id BETWEEN ? AND ? GROUP BY reason ORDER BY reason',
    [from, to],
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, Number(n)]));
}

export async function gapsOf(db: Database, { from, until }: Span) {
  const rows = await db.query<{ after_seq: string; before_seq: string; cause: string }>(
    'SELECT after_seq, before_seq, cause FROM archive_gap WHERE found_at >= ? AND found_at < ? ORDER BY id',
    [from, until],
  );
  return rows.map(({ after_seq, before_seq, cause }) => ({
    ...{ from_seq: plainSeq(String(BigInt(after_seq) + 1n)), to_seq: plainSeq(String(BigInt(before_seq) - 1n)) },
    cause,
  }));
}

/** Records under a number that was here with another content. */
export async function conflictsOf(db: Database, { from, until }: Span): Promise<number> {
  const [row] = await db.query<{ n: unknown }>(
    'SELECT COUNT(*) AS n FROM archive_conflict WHERE found_at >= ? AND found_at < ?',
    [from, until],
  );
  return Number(row?.n ?? 0);
}

/** How often WeCom was asked, what failed, and the longest time without an answer, also across midnight. */
export async function pullsOf(db: Database, { from, until }: Span, now: Date) {
  const rows = await db.query<{ asked_at: unknown; code: unknown }>(
    'SELECT asked_at, code FROM archive_pull WHERE asked_at >= ? AND asked_at < ? ORDER BY asked_at',
    [from, until],
  );
  const failures: Record<string, number> = {};
  for (const { code } of rows) {
    const name = code === null ? 'none' : String(Number(code));
    if (name !== '0') failures[name] = (failures[name] ?? 0) + 1;
  }
  const answered = rows.filter(({ code }) => code !== null && Number(code) === 0);
  const before = await lastAnswerBefore(db, from);
  const end = until < now ? until : now;
  const marks = [...(before ? [before] : []), ...answered.map(({ asked_at }) => toDate(asked_at)), end];
  return { pulls: rows.length, failures, longest_silence_seconds: longestBetween(marks) };
}

async function lastAnswerBefore(db: Database, at: Date): Promise<Date | undefined> {
  const [row] = await db.query<{ asked_at: unknown }>(
    'SELECT asked_at FROM archive_pull WHERE asked_at < ? AND code = 0 ORDER BY asked_at DESC LIMIT 1',
    [at],
  );
  return row && toDate(row.asked_at);
}

function longestBetween(marks: readonly Date[]): number {
  let longest = 0;
  for (const [i, at] of marks.entries()) {
    const before = marks[i - 1];
    if (before) longest = Math.max(longest, at.getTime() - before.getTime());
  }
  return Math.round(longest / 1000);
}

/** When anything was first asked of the archive. */
export async function beginning(db: Database): Promise<Date | undefined> {
  const [row] = await db.query<{ asked_at: unknown }>('SELECT asked_at FROM archive_pull ORDER BY id LIMIT 1');
  return row && toDate(row.asked_at);
}
