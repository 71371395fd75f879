import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/clock';
import { randomToken, sha256 } from '../../../core/ids';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { signInLasts } from './sign-in-cookie';

/** What a browser brings back from WeCom. */
export interface Return {
  state: string | undefined;
  browser: string | undefined;
}

interface Row {
  browser_hash: string;
  return_to: string;
  expires_at: unknown;
  used_at: unknown;
}

export type StateRefusal = 'state_missing' | 'cookie_missing' | 'state_unknown' | 'state_used' | 'state_expired';
type Found = { returnTo: string } | StateRefusal | 'other_browser';

/** Ways to WeCom and back (S8): 256 random bits, stored hashed, bound to one browser, used once. */
export function createSignInStates({ db, clock }: { db: Database; clock: Clock }) {
  async function spendIn(hash: string, browserHash: string): Promise<Found> {
    const sql = 'SELECT browser_hash, return_to, expires_at, used_at FROM sign_in_state WHERE state_hash = ?';
    const [row] = await db.query<Row>(sql, [hash]);
    if (!row) return 'state_unknown';
    if (row.browser_hash !== browserHash) return 'other_browser';
    if (toDate(row.expires_at) <= clock.now()) return 'state_expired';
    const spend = 'UPDATE sign_in_state SET used_at = ? WHERE state_hash = ? AND used_at IS NULL';
    return (await db.execute(spend, [clock.now(), hash])) === 1 ? { returnTo: row.return_to } : 'state_used';
  }

  return {
    /** @returns what goes to WeCom, and what goes into the cookie */
    open: (returnTo: string): Promise<{ state: string; browser: string }> =>
      db.transact(async () => {
        const now = clock.now();
        // WeCom takes letters and digits only.
        const [state, browser] = [randomBytes(32).toString('hex'), randomToken()];
        await db.execute('DELETE FROM sign_in_state WHERE expires_at <= ?', [new Date(now.getTime() - signInLasts)]);
        const columns = ['state_hash', 'browser_hash', 'return_to', 'expires_at', 'used_at'];
        const expires = new Date(now.getTime() + signInLasts);
        await insertRows(db, { table: 'sign_in_state', columns }, [
          [sha256(state), sha256(browser), returnTo, expires, null],
        ]);
        return { state, browser };
      }),

    /** Of two that come with the same state one is let in. @returns where to go, or why not */
    async spend({ state, browser }: Return): Promise<Found> {
      if (!state) return 'state_missing';
      return browser ? spendIn(sha256(state), sha256(browser)) : 'cookie_missing';
    },
  };
}
