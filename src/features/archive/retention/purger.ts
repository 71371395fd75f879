import { sha256 } from '../../../core/ids';
import { maskPersonal } from '../../../core/mask';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import type { Holds } from '../holds';
import { purgeStream } from './purge.stream';
import { ArchivePurge } from './retention.entity';

/** What else is held of a message; called in the transaction that purges it. */
export interface Traces {
  /** Takes the messages out of the index of words. */
  unindex(messageIds: readonly number[]): Promise<unknown>;
  /** Gives up their files: those nobody else refers to are removed. */
  release(messageIds: readonly number[]): Promise<unknown>;
}

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  evidence: Pick<Evidence, 'append'>;
  holds: Pick<Holds, 'guard'>;
  traces: Traces;
}

/** Why, and by whom. */
export interface Order {
  cause: 'retention' | 'erasure';
  ground: string;
  askedBy: string;
  approvedBy: string | null;
  runId: string | null;
}

export interface Purged {
  messages: number;
  /** Keys of a conversation's month that were destroyed, as nothing under them was left. */
  keys: number;
}

interface Key {
  id: number | string;
  conversation_id: string;
  month: string;
}

/** Over which ids a purge went: whoever has the ids can check it. */
export const hashOfIds = (ids: readonly number[]): string => sha256(ids.join(','));

/** The first instants of a month and of the one after it. */
function monthSpan(month: string): [Date, Date] {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  return [from, new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1))];
}

export type Purger = ReturnType<typeof createPurger>;

/**
 * Destroys what messages say (A15, A16): their sealed texts, the keys those were sealed under once nothing else is, and
 * the envelopes. The message's row and its leaf stay, a tombstone says who wanted it, and the chain still verifies.
 */
export function createPurger({ db, audit, evidence, holds, traces }: Deps) {
  async function keysOf(ids: readonly number[]): Promise<Key[]> {
    const sql = `SELECT DISTINCT k.id, k.conversation_id, k.month FROM archive_body b
      JOIN archive_body_key k ON k.id = b.key_id WHERE b.id IN (${placeholders(ids.length)})`;
    return db.query<Key>(sql, [...ids]);
  }

  async function isUsed({ conversation_id, month }: Key): Promise<boolean> {
    const rows = await db.query(
      `SELECT m.id FROM archive_message m JOIN archive_body b ON b.id = m.id
       WHERE m.conversation_id = ? AND m.sent_at >= ? AND m.sent_at < ? LIMIT 1`,
      [conversation_id, ...monthSpan(month)],
    );
    return rows.length > 0;
  }

  /**
   * A key that was destroyed takes no more texts: what comes late for a month that is over stays unreadable. The month
   * that runs gets a new key, or nothing more that is said in it could be read.
   */
  async function destroy({ id, month }: Key): Promise<void> {
    const now = db.now();
    const isOver = monthSpan(month)[1] <= now;
    if (!isOver) return void (await db.execute('DELETE FROM archive_body_key WHERE id = ?', [Number(id)]));
    await db.execute('UPDATE archive_body_key SET sealed = NULL, destroyed_at = ? WHERE id = ?', [now, Number(id)]);
  }

  async function bury(ids: readonly number[], order: Order): Promise<void> {
    const { cause, askedBy, approvedBy, runId } = order;
    const ground = maskPersonal(order.ground).slice(0, 500);
    const { identifiers } = await db.em.getRepository(ArchivePurge).insert({
      ...{ at: db.now(), cause, ground, asked_by: askedBy, approved_by: approvedBy, run_id: runId },
      ...{ count: ids.length, ids_hash: hashOfIds(ids) },
    });
    const purge = Number(identifiers[0]?.id);
    const into = { table: 'archive_purged', columns: ['message_id', 'purge_id'] };
    await insertRows(
      db,
      into,
      ids.map((id) => [id, purge]),
    );
    await evidence.append(purgeStream.name, [purge]);
    const detail = { cause, messages: ids.length, ids_sha256: hashOfIds(ids), approved_by: approvedBy, run: runId };
    const row = { actor: askedBy, action: 'archive.purged', target: `purge:${purge}`, result: 'ok' } as const;
    await audit.record({ ...row, reason: ground.slice(0, 255), detail });
  }

  return {
    /**
     * Purges what `due` names. Must run in a transaction, under the lease of the opener, which remembers keys. `due` is
     * asked once no hold can be made meanwhile.
     * @param due ids, ascending, at most 500
     */
    async purge(due: () => Promise<number[]>, order: Order): Promise<Purged & { ids: number[] }> {
      await holds.guard();
      const ids = await due();
      if (ids.length === 0) return { ids, messages: 0, keys: 0 };
      await bury(ids, order);
      const keys = await keysOf(ids);
      const marks = placeholders(ids.length);
      await db.execute(`DELETE FROM archive_body WHERE id IN (${marks})`, ids);
      await db.execute(`UPDATE archive_envelope SET random_key = '', message = '' WHERE id IN (${marks})`, ids);
      let destroyed = 0;
      for (const key of keys) {
        if (await isUsed(key)) continue;
        await destroy(key);
        destroyed += 1;
      }
      await traces.unindex(ids);
      await traces.release(ids);
      return { ids, messages: ids.length, keys: destroyed };
    },
  };
}
