import { randomBytes } from 'node:crypto';
import type { Place, Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';

interface Row {
  id: number | string;
  conversation_id: string;
  month: string;
  sealed: string | null;
}

/** A key of one conversation and month. */
export interface BodyKey {
  id: number;
  key: Buffer;
}

const table = 'archive_body_key';
const placeOf = ({ conversation_id, month }: Pick<Row, 'conversation_id' | 'month'>): Place => ({
  table,
  column: 'sealed',
  id: `${conversation_id} ${month}`,
});
const nameOf = (conversationId: string, month: string): string => `${conversationId} ${month}`;

/** How many opened keys are remembered: what is said now is said in few conversations. */
const mostRemembered = 20_000;

export type BodyKeys = ReturnType<typeof createBodyKeys>;

/**
 * One key for each conversation and month: bodies are sealed under it, so a purge destroys keys, not rows (crypto
 * shredding), and a rotation seals the keys anew, not the bodies (O7).
 */
export function createBodyKeys({ db, vault }: { db: Database; vault: Vault }) {
  const known = new Map<string, BodyKey>();
  const byId = new Map<number, Buffer>();

  function remember(row: Row): BodyKey | undefined {
    if (row.sealed === null) return undefined;
    const made = { id: Number(row.id), key: Buffer.from(vault.open(row.sealed, placeOf(row)), 'base64') };
    if (byId.size >= mostRemembered) {
      known.clear();
      byId.clear();
    }
    known.set(nameOf(row.conversation_id, row.month), made);
    byId.set(made.id, made.key);
    return made;
  }

  async function read(where: string, values: (string | number)[]): Promise<void> {
    const rows = await inChunks(values, (chunk) =>
      db.query<Row>(
        `SELECT id, conversation_id, month, sealed FROM ${table} WHERE ${where} IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    for (const row of rows) remember(row);
  }

  return {
    /**
     * The keys of these conversations in these months, made where there are none. Must run inside `transact`, and
     * before anything else is written there. A month whose key was destroyed takes no more bodies: it is missing.
     */
    async ensure(wanted: readonly { conversationId: string; month: string }[]): Promise<Map<string, BodyKey>> {
      const missing = wanted.filter(({ conversationId, month }) => !known.has(nameOf(conversationId, month)));
      if (missing.length > 0) {
        const columns = ['conversation_id', 'month', 'sealed', 'created_at', 'destroyed_at'];
        const rows = [...new Map(missing.map((one) => [nameOf(one.conversationId, one.month), one])).values()].map(
          ({ conversationId, month }) => {
            const sealed = vault.seal(
              randomBytes(32).toString('base64'),
              placeOf({ conversation_id: conversationId, month }),
            );
            return [conversationId, month, sealed, db.now(), null];
          },
        );
        await insertRows(db, { table, columns, onConflict: { keys: ['conversation_id', 'month'] } }, rows);
        await read('conversation_id', [...new Set(missing.map(({ conversationId }) => conversationId))]);
      }
      return new Map(
        wanted.flatMap(({ conversationId, month }) => {
          const name = nameOf(conversationId, month);
          const key = known.get(name);
          return key ? [[name, key] as const] : [];
        }),
      );
    },

    /** By id; a destroyed one is missing. */
    async find(ids: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
      const missing = [...new Set(ids)].filter((id) => !byId.has(id));
      if (missing.length > 0) await read('id', missing);
      return byId;
    },

    /** After keys were destroyed, here or by another process. */
    forget(): void {
      known.clear();
      byId.clear();
    },
  };
}
