import { messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, given } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { PayRefusal } from '../../../pay';
import type { PayRefusalRow } from './wechat-pay.entity';
import type { RefusalQuery } from './wechat-pay.schema';

/** What an attacker can make us write: so many rows a minute and process, so many rows at all. */
const mostAMinute = 30;
const mostKept = 10_000;

const columns = ['at', 'reason', 'serial', 'address', 'body_sha256'];

export type Refusals = ReturnType<typeof createRefusals>;

/** What was said in the name of WeChat Pay and not believed. Bounded: anybody can send it. */
export function createRefusals({ db, logger }: { db: Database; logger: Logger }) {
  let minute = 0;
  let written = 0;

  function mayWrite(): boolean {
    const now = Math.floor(db.now().getTime() / 60_000);
    if (now !== minute) [minute, written] = [now, 0];
    written += 1;
    if (written === mostAMinute + 1) logger.warn('more forged payment notifications come than are written down');
    return written <= mostAMinute;
  }

  async function write(refusal: Omit<PayRefusalRow, 'id' | 'at'>): Promise<void> {
    const { reason, serial, address, body_sha256 } = refusal;
    await db.transact(async () => {
      await insertRows(db, { table: 'pay_refusal', columns }, [[db.now(), reason, serial, address, body_sha256]]);
      const [newest] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM pay_refusal');
      await db.execute('DELETE FROM pay_refusal WHERE id <= ?', [Number(newest?.id ?? 0) - mostKept]);
    });
  }

  return {
    /** Never throws: the refusal stands, written down or not. */
    async record(refusal: Omit<PayRefusalRow, 'id' | 'at'>): Promise<void> {
      if (!mayWrite()) return;
      const { reason, serial, address } = refusal;
      // The bank tries now and then whether we look: that is nothing to worry about.
      const level = reason === 'probe' ? 'info' : 'warn';
      logger.log(level, 'a payment notification is refused', { reason, serial, address });
      await write(refusal).catch((error: unknown) => {
        logger.error('a refused payment notification could not be written down', { error: messageOf(error) });
      });
    },

    /** Newest first. */
    async list({ limit, cursor, reason }: RefusalQuery): Promise<Page<ReturnType<typeof viewOf>>> {
      const { where, params } = allOf(
        given([
          ['reason = ?', reason],
          ['id < ?', cursor === undefined ? undefined : counterIn(cursor)],
        ]),
      );
      const rows = await db.query<PayRefusalRow>(
        `SELECT id, at, reason, serial, address, body_sha256 FROM pay_refusal WHERE ${where} ORDER BY id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      return toPage(rows, limit, (row) => [Number(row.id)], viewOf);
    },
  };
}

const viewOf = (row: PayRefusalRow) => ({
  ...row,
  id: Number(row.id),
  at: iso(toDate(row.at)),
  reason: row.reason as PayRefusal,
});
