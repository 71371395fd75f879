import type { Clock } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { Sealed } from '../../../wecom/archive';

export interface EnvelopeRow extends Sealed {
  id: number;
  seq: string;
  receivedAt: Date;
}

export interface Parked {
  row: EnvelopeRow;
  reason: string;
  code: number | null;
}

const cursorName = 'open';

interface Deps {
  db: Database;
  clock: Clock;
  logger: Pick<Logger, 'warn' | 'error'>;
}

/** What waits to be opened, how far opening has come, and what could not be. Everything that writes is called inside a transaction. */
export function createOpeningStore({ db, clock, logger }: Deps) {
  return {
    /** Envelopes `e` by id. */
    async rowsWhere(where: string, params: (string | number)[], limit: number): Promise<EnvelopeRow[]> {
      const rows = await db.query<Record<string, unknown>>(
        `SELECT e.id, e.seq, e.publickey_ver, e.random_key, e.message, p.received_at
         FROM archive_envelope e JOIN archive_page p ON p.id = e.page_id
         WHERE ${where} ORDER BY e.id LIMIT ?`,
        [...params, limit],
      );
      return rows.map((row) => ({
        id: Number(row.id),
        seq: row.seq as string,
        publickey_ver: Number(row.publickey_ver),
        encrypt_random_key: row.random_key as string,
        encrypt_chat_msg: row.message as string,
        receivedAt: toDate(row.received_at),
      }));
    },

    /** The id of the newest envelope that was opened. */
    async cursor(): Promise<number> {
      const [row] = await db.query<{ last_id: unknown }>('SELECT last_id FROM archive_cursor WHERE name = ?', [
        cursorName,
      ]);
      return row ? Number(row.last_id) : 0;
    },

    moveCursor: (last: EnvelopeRow): Promise<number> =>
      insertRows(
        db,
        {
          table: 'archive_cursor',
          columns: ['name', 'seq', 'last_id', 'answered_at'],
          onConflict: { keys: ['name'], update: ['seq', 'last_id', 'answered_at'] },
        },
        [[cursorName, last.seq, last.id, clock.now()]],
      ),

    async park(parked: readonly Parked[]): Promise<void> {
      if (parked.length === 0) return;
      const at = clock.now();
      await insertRows(
        db,
        {
          table: 'archive_parked',
          columns: ['id', 'reason', 'code', 'publickey_ver', 'attempts', 'parked_at', 'tried_at'],
          onConflict: { keys: ['id'], update: ['reason', 'code', 'tried_at'] },
        },
        parked.map(({ row, reason, code }) => [row.id, reason, code, row.publickey_ver, 1, at, at]),
      );
      const reasons = [...new Set(parked.map(({ reason }) => reason))];
      logger[reasons.includes('conflict') ? 'error' : 'warn']('records are parked', { count: parked.length, reasons });
    },

    unpark: (messages: readonly { id: number }[]): Promise<unknown> =>
      messages.length === 0
        ? Promise.resolve()
        : db.execute(
            `DELETE FROM archive_parked WHERE id IN (${placeholders(messages.length)})`,
            messages.map(({ id }) => id),
          ),
  };
}
