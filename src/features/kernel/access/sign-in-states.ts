import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/clock';
import { randomToken, sha256 } from '../../../core/ids';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import type { Way } from './sign-in.entity';
import { signInLasts } from './sign-in-cookie';

/** What a browser sets out for. */
export interface Errand {
  returnTo: string;
  /** Whose account is to be connected; null: somebody signs in. */
  accountId: string | null;
}

/** What a browser brings back. */
export interface Return {
  state: string | undefined;
  browser: string | undefined;
}

interface Row {
  browser_hash: string;
  return_to: string;
  account_id: string | null;
  way: Way | null;
  expires_at: unknown;
}

type StateRefusal =
  | 'state_missing'
  | 'cookie_missing'
  | 'state_unknown'
  | 'state_used'
  | 'state_expired'
  | 'other_browser'
  | 'other_way';
type Found = Errand | StateRefusal;

const columns = ['state_hash', 'browser_hash', 'return_to', 'account_id', 'way', 'expires_at', 'used_at'];

/** Ways to WeCom or a provider and back (S8): 256 random bits, stored hashed, bound to one browser, used once. */
export function createSignInStates({ db, clock }: { db: Database; clock: Clock }, way: Way) {
  function refusalOf(row: Row, browserHash: string): StateRefusal | undefined {
    if (row.browser_hash !== browserHash) return 'other_browser';
    // A version before the second way left it open.
    if ((row.way ?? 'wecom') !== way) return 'other_way';
    return toDate(row.expires_at) <= clock.now() ? 'state_expired' : undefined;
  }

  async function spendIn(hash: string, browserHash: string): Promise<Found> {
    const sql = `SELECT ${columns.join(', ')} FROM sign_in_state WHERE state_hash = ?`;
    const [row] = await db.query<Row>(sql, [hash]);
    if (!row) return 'state_unknown';
    const refusal = refusalOf(row, browserHash);
    if (refusal) return refusal;
    const spend = 'UPDATE sign_in_state SET used_at = ? WHERE state_hash = ? AND used_at IS NULL';
    const isSpent = (await db.execute(spend, [clock.now(), hash])) === 1;
    return isSpent ? { returnTo: row.return_to, accountId: row.account_id } : 'state_used';
  }

  return {
    /** @returns what goes to the other side, and what goes into the cookie */
    open: ({ returnTo, accountId }: Errand): Promise<{ state: string; browser: string }> =>
      db.transact(async () => {
        const now = clock.now();
        // WeCom takes letters and digits only.
        const [state, browser] = [randomBytes(32).toString('hex'), randomToken()];
        await db.execute('DELETE FROM sign_in_state WHERE expires_at <= ?', [new Date(now.getTime() - signInLasts)]);
        const expires = new Date(now.getTime() + signInLasts);
        await insertRows(db, { table: 'sign_in_state', columns }, [
          [sha256(state), sha256(browser), returnTo, accountId, way, expires, null],
        ]);
        return { state, browser };
      }),

    /** Of two that come with the same state one is let in. @returns what it set out for, or why it is not let in */
    async spend({ state, browser }: Return): Promise<Found> {
      if (!state) return 'state_missing';
      return browser ? spendIn(sha256(state), sha256(browser)) : 'cookie_missing';
    },
  };
}
