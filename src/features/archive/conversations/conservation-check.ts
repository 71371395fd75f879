import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../../db/database';
import type { CheckOptions, Found } from '../verification';

/** Ids looked at in one transaction. */
const span = 10_000;

/**
 * Whatever was opened is one message or one parked record, and there is no message without an envelope (AR2).
 * @returns the last id that was looked at
 */
export async function checkConservation(
  db: Database,
  { after, found, signal }: Pick<CheckOptions, 'after' | 'found' | 'signal'>,
): Promise<number> {
  let last = after;
  for (;;) {
    signal?.throwIfAborted();
    const from = last;
    const next = await db.transact(() => checkSpan(db, from, found));
    if (next === from) return last;
    last = next;
    await nextTurn();
  }
}

async function checkSpan(db: Database, after: number, found: Found): Promise<number> {
  const [row] = await db.query<{ last_id: unknown }>("SELECT last_id FROM archive_cursor WHERE name = 'open'");
  const end = Math.min(after + span, Number(row?.last_id ?? 0));
  if (end <= after) {
    await checkBeyond(db, Number(row?.last_id ?? 0), found);
    return after;
  }
  const [messages, parked, bodies] = await Promise.all(
    ['archive_message', 'archive_parked', 'archive_body'].map((table) => idsIn(db, table, { after, end })),
  );
  compare({ messages, parked, bodies } as Sets, { after, end }, found);
  return end;
}

/** The first is not included, the last is. */
interface Span {
  after: number;
  end: number;
}

type Sets = Record<'messages' | 'parked' | 'bodies', ReadonlySet<number>>;

async function idsIn(db: Database, table: string, { after, end }: Span): Promise<Set<number>> {
  const sql = `SELECT id FROM ${table} WHERE id > ? AND id <= ?`;
  return new Set((await db.query<{ id: number | string }>(sql, [after, end])).map(({ id }) => Number(id)));
}

function compare({ messages, parked, bodies }: Sets, { after, end }: Span, found: Found): void {
  for (let id = after + 1; id <= end; id++) {
    if (messages.has(id) === parked.has(id)) {
      found(
        messages.has(id)
          ? { kind: 'INSERTED', table: 'archive_parked', id, detail: 'its message is here' }
          : { kind: 'MISSING', table: 'archive_message', id, detail: 'its envelope was opened' },
      );
    }
    if (bodies.has(id) && !messages.has(id)) {
      found({ kind: 'INSERTED', table: 'archive_body', id, detail: 'there is no message' });
    }
  }
}

/** What was never opened has no message. */
async function checkBeyond(db: Database, last: number, found: Found): Promise<void> {
  for (const table of ['archive_message', 'archive_parked', 'archive_body']) {
    const rows = await db.query<{ id: number | string }>(`SELECT id FROM ${table} WHERE id > ? OR id < 1`, [last]);
    for (const { id } of rows) found({ kind: 'INSERTED', table, id: Number(id), detail: 'nothing was opened' });
  }
}
