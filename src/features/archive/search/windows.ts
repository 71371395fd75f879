import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';

/** Messages to a window: what is found often is looked for in one window after the other, the newest first. */
const windowSize = 2 ** 15;

export const windowOf = (id: number): number => Math.floor(id / windowSize);

/** @returns the ids of a window: from, and below */
export const rangeOf = (window: number): [from: number, below: number] => [
  window * windowSize,
  (window + 1) * windowSize,
];

interface Sent {
  id: number;
  sentAt: Date;
}

export type Windows = ReturnType<typeof createWindows>;

/** Between which times the messages of a window were sent: a search by time leaves out the others. */
export function createWindows(db: Database) {
  async function widen(window: number, first: Date, last: Date): Promise<void> {
    const columns = ['id', 'first_sent_at', 'last_sent_at'];
    const onConflict = { keys: ['id'] };
    await insertRows(db, { table: 'archive_window', columns, onConflict }, [[window, first, last]]);
    for (const [column, beyond, at] of [
      ['first_sent_at', '>', first],
      ['last_sent_at', '<', last],
    ] as const) {
      await db.execute(`UPDATE archive_window SET ${column} = ? WHERE id = ? AND ${column} ${beyond} ?`, [
        at,
        window,
        at,
      ]);
    }
  }

  return {
    /** Takes in messages, inside the transaction that stores them. */
    async add(messages: readonly Sent[]): Promise<void> {
      for (const window of new Set(messages.map(({ id }) => windowOf(id)))) {
        const times = messages.filter(({ id }) => windowOf(id) === window).map(({ sentAt }) => sentAt.getTime());
        await widen(window, new Date(Math.min(...times)), new Date(Math.max(...times)));
      }
    },

    /** Windows without any message sent at or after `from` and before `to`. */
    async outside(from: Date | undefined, to: Date | undefined): Promise<ReadonlySet<number>> {
      if (!from && !to) return new Set();
      const rows = await db.query<{ id: number; first_sent_at: unknown; last_sent_at: unknown }>(
        'SELECT id, first_sent_at, last_sent_at FROM archive_window',
      );
      const isOutside = (first: Date, last: Date) => (from && last < from) || (to && first >= to);
      return new Set(
        rows
          .filter(({ first_sent_at, last_sent_at }) => isOutside(toDate(first_sent_at), toDate(last_sent_at)))
          .map(({ id }) => id),
      );
    },
  };
}
