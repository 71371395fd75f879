import { type Database, toDate, toDateOrNull } from '../../../db/database';

/** How far fetching or opening has come. */
interface Mark {
  seq: string | null;
  lastId: number;
  answeredAt: Date | null;
}

/** A line of the poll ledger. */
export interface PullLine {
  id: number;
  askedAt: Date;
  returned: number;
  /** Whether WeCom had no more: nothing came, or nothing that leads on. */
  ended: boolean;
  code: number | null;
  ms: number;
  fault: string | null;
}

type PullRow = Record<'id' | 'asked_at' | 'returned' | 'from_seq' | 'to_seq' | 'code' | 'ms' | 'fault', unknown>;

const pullColumns = 'id, asked_at, returned, from_seq, to_seq, code, ms, fault';
/** Of a pull after which WeCom had no more. */
const ended = 'code = 0 AND (to_seq IS NULL OR to_seq <= from_seq)';
/** Lines the speed of catching up is taken from. */
const recentPulls = 20;

/** What the tables of the archive say of how it goes. Nothing here counts a table that grows with the messages. */
export const archiveLedger = (db: Database) => ({
  async marks(): Promise<{ pull: Mark; open: Mark }> {
    const rows = await db.query<{ name: string; seq: string; last_id: unknown; answered_at: unknown }>(
      'SELECT name, seq, last_id, answered_at FROM archive_cursor',
    );
    const markOf = (name: string): Mark => {
      const row = rows.find((one) => one.name === name);
      if (!row) return { seq: null, lastId: 0, answeredAt: null };
      return { seq: row.seq, lastId: Number(row.last_id), answeredAt: toDateOrNull(row.answered_at) };
    };
    return { pull: markOf('pull'), open: markOf('open') };
  },

  /** By reason, from the index alone. */
  async parked(): Promise<Record<string, number>> {
    const rows = await db.query<{ reason: string; n: unknown }>(
      'SELECT reason, COUNT(*) AS n FROM archive_parked GROUP BY reason ORDER BY reason',
    );
    return Object.fromEntries(rows.map(({ reason, n }) => [reason, Number(n)]));
  },

  /** Versions of keys that envelopes wait for. */
  async missingKeys(): Promise<number[]> {
    const rows = await db.query<{ publickey_ver: unknown }>(
      `SELECT DISTINCT publickey_ver FROM archive_parked WHERE reason IN ('key_missing', 'wrong_key')
       ORDER BY publickey_ver`,
    );
    return rows.map(({ publickey_ver }) => Number(publickey_ver));
  },

  async gaps(): Promise<{ count: number; newest: Date | null }> {
    const [row] = await db.query<{ n: unknown; newest: unknown }>(
      'SELECT COUNT(*) AS n, MAX(found_at) AS newest FROM archive_gap',
    );
    return { count: Number(row?.n ?? 0), newest: toDateOrNull(row?.newest ?? null) };
  },

  /** Under a number that is here, and under a message id that is here. */
  async conflicts(): Promise<{ count: number; newest: Date | null }> {
    const rows = await db.query<{ n: unknown; newest: unknown }>(
      `SELECT COUNT(*) AS n, MAX(found_at) AS newest FROM archive_conflict
       UNION ALL SELECT COUNT(*), MAX(parked_at) FROM archive_parked WHERE reason = 'conflict'`,
    );
    const dates = rows.flatMap(({ newest }) => toDateOrNull(newest ?? null) ?? []);
    return {
      count: rows.reduce((all, { n }) => all + Number(n), 0),
      newest: dates.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
    };
  },

  /** When the newest message was sent, by the clock of its sender. */
  async newestSentAt(): Promise<Date | null> {
    const [row] = await db.query<{ sent_at: unknown }>(
      'SELECT sent_at FROM archive_message ORDER BY sent_at DESC LIMIT 1',
    );
    return toDateOrNull(row?.sent_at ?? null);
  },

  /** When the envelope was fetched. */
  async receivedAt(id: number): Promise<Date | null> {
    const [row] = await db.query<{ received_at: unknown }>(
      'SELECT received_at FROM archive_page WHERE id <= ? ORDER BY id DESC LIMIT 1',
      [id],
    );
    return toDateOrNull(row?.received_at ?? null);
  },

  /** The newest lines of the poll ledger, newest first. */
  recent: (): Promise<PullLine[]> => pulls(db, '1 = 1', `ORDER BY id DESC LIMIT ${recentPulls}`),

  /** The newest pull after which nothing was left to fetch. */
  lastEnded: async (): Promise<PullLine | undefined> => (await pulls(db, ended, 'ORDER BY id DESC LIMIT 1'))[0],

  first: async (): Promise<PullLine | undefined> => (await pulls(db, '1 = 1', 'ORDER BY id LIMIT 1'))[0],
});

export type ArchiveLedger = ReturnType<typeof archiveLedger>;

async function pulls(db: Database, where: string, tail: string): Promise<PullLine[]> {
  const rows = await db.query<PullRow>(`SELECT ${pullColumns} FROM archive_pull WHERE ${where} ${tail}`);
  return rows.map(({ id, asked_at, returned, from_seq, to_seq, code, ms, fault }) => ({
    id: Number(id),
    askedAt: toDate(asked_at),
    returned: Number(returned),
    ended: Number(code) === 0 && code !== null && (to_seq === null || String(to_seq) <= String(from_seq)),
    code: code === null ? null : Number(code),
    ms: Number(ms),
    fault: fault === null ? null : String(fault),
  }));
}
