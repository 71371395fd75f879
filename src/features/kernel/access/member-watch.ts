import { minutes } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { JobHandler } from '../../../jobs';
import type { StaffService } from '../staff';

interface Deps {
  db: Database;
  staff: Pick<StaffService, 'onOutOfSight'>;
}

export const memberWatchJob = 'access.members';

/** A session not used for this long has ended. */
const idle = minutes(30);

/**
 * Asks WeCom after everybody who is signed in or whom a token stands for: newer callback addresses tell nothing of a
 * member who is disabled (S6).
 */
export const memberWatch = ({ db, staff }: Deps): JobHandler => ({
  kind: memberWatchJob,
  concurrency: 1,
  resumable: true,
  async handle({ signal }) {
    const rows = await db.query<{ userid: string }>(
      `SELECT s.userid AS userid FROM staff s WHERE s.departed_at IS NULL AND s.id IN (
         SELECT a.staff_id FROM account a JOIN session o ON o.account_id = a.id WHERE o.last_seen_at > ?
         UNION SELECT t.staff_id FROM api_token t WHERE t.revoked_at IS NULL)`,
      [new Date(db.now().getTime() - idle)],
    );
    for (const { userid } of rows) {
      if (signal.aborted) return;
      const write = await staff.onOutOfSight(userid, db.now());
      await db.transact(write);
    }
  },
});
