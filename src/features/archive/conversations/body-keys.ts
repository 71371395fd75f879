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

interface Deps {
  db: Database;
  vault: Vault;
  /** How many opened keys are remembered from one call to the next: what is said now is said in few conversations. */
  mostRemembered?: number;
}

export type BodyKeys = ReturnType<typeof createBodyKeys>;

/**
 * One key for each conversation and month: bodies are sealed under it, so a purge destroys keys, not rows (crypto
 * shredding), and a rotation seals the keys anew, not the bodies (O7).
 */
export function createBodyKeys({ db, vault, mostRemembered = 20_000 }: Deps) {
  const known = new Map<string, BodyKey>();
  const byId = new Map<number, Buffer>();

  /** @returns its name and key; nothing when it was destroyed */
  function remember(row: Row): [name: string, key: BodyKey][] {
    if (row.sealed === null) return [];
    const name = nameOf(row.conversation_id, row.month);
    const made = { id: Number(row.id), key: Buffer.from(vault.open(row.sealed, placeOf(row)), 'base64') };
    known.set(name, made);
    byId.set(made.id, made.key);
    return [[name, made]];
  }

  function forget(): void {
    known.clear();
    byId.clear();
  }

  /** A call answers with what it gathered itself: what others forget meanwhile must not pass for destroyed. */
  function forgetOld(): void {
    if (byId.size > mostRemembered) forget();
  }

  async function read(where: string, values: (string | number)[]): Promise<[name: string, key: BodyKey][]> {
    const rows = await inChunks(values, (chunk) =>
      db.query<Row>(
        `SELECT id, conversation_id, month, sealed FROM ${table} WHERE ${where} IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return rows.flatMap(remember);
  }

  return {
    /**
     * The keys of these conversations in these months, one for each in their order, made where there are none. Must run
     * inside `transact`, and before anything else is written there. A month whose key was destroyed takes no more
     * bodies: it has none.
     */
    async ensure(wanted: readonly { conversationId: string; month: string }[]): Promise<(BodyKey | undefined)[]> {
      forgetOld();
      const names = wanted.map(({ conversationId, month }) => nameOf(conversationId, month));
      const held = names.map((name) => known.get(name));
      const missing = new Map(wanted.flatMap((one, i) => (held[i] ? [] : [[names[i] as string, one] as const])));
      if (missing.size === 0) return held;
      const columns = ['conversation_id', 'month', 'sealed', 'created_at', 'destroyed_at'];
      const rows = [...missing.values()].map(({ conversationId, month }) => {
        const place = placeOf({ conversation_id: conversationId, month });
        return [conversationId, month, vault.seal(randomBytes(32).toString('base64'), place), db.now(), null];
      });
      await insertRows(db, { table, columns, onConflict: { keys: ['conversation_id', 'month'] } }, rows);
      const ids = new Set([...missing.values()].map(({ conversationId }) => conversationId));
      const made = new Map(await read('conversation_id', [...ids]));
      return names.map((name, i) => held[i] ?? made.get(name));
    },

    /** By id; a destroyed one is missing. */
    async find(ids: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
      forgetOld();
      const found = new Map<number, Buffer>();
      for (const id of ids) {
        const key = byId.get(id);
        if (key) found.set(id, key);
      }
      const missing = [...new Set(ids)].filter((id) => !found.has(id));
      for (const [, { id, key }] of await read('id', missing)) found.set(id, key);
      return found;
    },

    /** After keys were destroyed, here or by another process. */
    forget,
  };
}
