import { messageOf } from '../core/errors';
import { sha256 } from '../core/ids';
import type { Vault } from '../core/vault';
import { insertRows } from '../db/bulk';
import { type Database, toDate } from '../db/database';
import type { Log } from './types';

/** A token as stored. `secret` is a fingerprint of the secret it was fetched with. */
export interface StoredToken {
  token: string;
  secret: string;
  fetchedAt: Date;
  expiresAt: Date;
  generation: number;
}

interface Row {
  token: string;
  expires_at: unknown;
  fetched_at: unknown;
  generation: number;
}

const table = 'wecom_token';
const columns = ['app', 'token', 'expires_at', 'fetched_at', 'generation'];

const fingerprintLength = 16;

/** Tells secrets apart without keeping them. */
export const fingerprint = (secret: string): string => sha256(secret).slice(0, fingerprintLength);

export type TokenRows = ReturnType<typeof createTokenRows>;

/** The rows of `wecom_token`. A lease is taken by conditional UPDATE and goes by the database's clock (F7). */
export function createTokenRows(db: Database, vault: Vault, log: Log) {
  const place = (app: string) => ({ table, column: 'token', id: app });

  /** A value that does not open (restored elsewhere, keys rotated away) is no token: another one is fetched. */
  function unseal(app: string, sealed: string): { secret: string; token: string } {
    if (sealed === '') return { secret: '', token: '' };
    try {
      const opened = vault.open(sealed, place(app));
      return { secret: opened.slice(0, fingerprintLength), token: opened.slice(fingerprintLength + 1) };
    } catch (error) {
      log.warn('a stored WeCom token cannot be opened and is fetched anew', { app, error: messageOf(error) });
      return { secret: '', token: '' };
    }
  }

  return {
    /** Makes the row when it is not there yet. */
    async read(app: string): Promise<StoredToken> {
      const [row] = await db.query<Row>(
        `SELECT token, expires_at, fetched_at, generation FROM ${table} WHERE app = ?`,
        [app],
      );
      if (row) {
        const at = { fetchedAt: toDate(row.fetched_at), expiresAt: toDate(row.expires_at) };
        return { ...unseal(app, row.token), ...at, generation: row.generation };
      }
      const now = db.now();
      await insertRows(db, { table, columns, onConflict: { keys: ['app'] } }, [[app, '', now, now, 0]]);
      return { token: '', secret: '', fetchedAt: now, expiresAt: now, generation: 0 };
    },

    /** @returns whether the caller alone may fetch now */
    async lease(app: string, generation: number, lease: { owner: string; until: Date }): Promise<boolean> {
      const affected = await db.execute(
        `UPDATE ${table} SET lease_owner = ?, lease_until = ?
          WHERE app = ? AND generation = ? AND (lease_until IS NULL OR lease_until < ?)`,
        [lease.owner, lease.until, app, generation, db.now()],
      );
      return affected === 1;
    },

    /** @returns false when the lease was lost meanwhile */
    async store(app: string, owner: string, fetched: Omit<StoredToken, 'generation'>): Promise<boolean> {
      const sealed = vault.seal(`${fetched.secret}:${fetched.token}`, place(app));
      const affected = await db.execute(
        `UPDATE ${table} SET token = ?, expires_at = ?, fetched_at = ?, generation = generation + 1,
          lease_owner = NULL, lease_until = NULL WHERE app = ? AND lease_owner = ?`,
        [sealed, fetched.expiresAt, fetched.fetchedAt, app, owner],
      );
      return affected === 1;
    },

    release: (app: string, owner: string): Promise<number> =>
      db.execute(`UPDATE ${table} SET lease_owner = NULL, lease_until = NULL WHERE app = ? AND lease_owner = ?`, [
        app,
        owner,
      ]),

    /** Drops the token unless a newer one stands there already. */
    expire: (app: string, generation: number): Promise<number> =>
      db.execute(`UPDATE ${table} SET expires_at = fetched_at WHERE app = ? AND generation = ?`, [app, generation]),
  };
}
