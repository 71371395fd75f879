import { seconds } from '../core/clock';
import { messageOf } from '../core/errors';
import { insertRows } from '../db/bulk';
import { type Database, toDate } from '../db/database';
import type { Log } from './types';

/** Until when an API is left alone, and until when it gets half as many calls at once. Milliseconds since 1970. */
export interface Block {
  blockedUntil: number;
  easedUntil: number;
}

interface Row {
  api: string;
  blocked_until: unknown;
  eased_until: unknown;
}

const table = 'wecom_block';
const columns = ['api', 'blocked_until', 'eased_until', 'reason'];
const update = ['blocked_until', 'eased_until', 'reason'];
const staleAfterMs = seconds(1);
const none: Block = { blockedUntil: 0, easedUntil: 0 };

export type Blocks = ReturnType<typeof createBlocks>;

/** The blocks of all processes: rows of `wecom_block`, known here at most a second late. */
export function createBlocks(db: Database, log: Log) {
  const known = new Map<string, Block>();
  let readAt = 0;
  let reading: Promise<void> | undefined;

  /** A block only ever grows here: a row read a moment ago may be older than what this process just learned. */
  function merge(api: string, found: Block): Block {
    const old = known.get(api) ?? none;
    const merged = {
      blockedUntil: Math.max(old.blockedUntil, found.blockedUntil),
      easedUntil: Math.max(old.easedUntil, found.easedUntil),
    };
    known.set(api, merged);
    return merged;
  }

  async function read(): Promise<void> {
    const now = db.now();
    readAt = now.getTime();
    const rows = await db.query<Row>(
      `SELECT api, blocked_until, eased_until FROM ${table} WHERE blocked_until > ? OR eased_until > ?`,
      [now, now],
    );
    for (const row of rows) {
      merge(row.api, {
        blockedUntil: toDate(row.blocked_until).getTime(),
        easedUntil: toDate(row.eased_until).getTime(),
      });
    }
  }

  return {
    /** Reads the rows again when they are older than a second. Without the database, what is known counts. */
    async refresh(): Promise<void> {
      if (Math.abs(db.now().getTime() - readAt) < staleAfterMs) return reading;
      reading ??= read()
        .catch((error: unknown) => {
          log.warn('the rate blocks cannot be read', { error: messageOf(error) });
        })
        .finally(() => {
          reading = undefined;
        });
      return reading;
    },

    of: (api: string): Block => known.get(api) ?? none,

    /** Blocks here at once, and in the other processes within a second. */
    async set(api: string, block: Partial<Block>, reason: string): Promise<void> {
      const { blockedUntil, easedUntil } = merge(api, { ...none, ...block });
      const row = [api, new Date(blockedUntil), new Date(easedUntil), reason];
      await insertRows(db, { table, columns, onConflict: { keys: ['api'], update } }, [row]).catch((error: unknown) => {
        log.warn('a rate block cannot be shared', { api, error: messageOf(error) });
      });
    },
  };
}
