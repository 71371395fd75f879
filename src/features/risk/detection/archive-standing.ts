import { hours } from '../../../core/clock';
import { toDateOrNull } from '../../../db/database';
import type { Ground } from './detector';

/** WeCom answers every minute, unless something is wrong. */
const behindMs = hours(6);

/**
 * Why the archive itself may be what is silent since an instant: it is behind, waits for a key, or has a gap. Undefined:
 * whoever is not heard in it did not speak where it hears.
 */
export async function archiveFault({ db }: Pick<Ground, 'db'>, since: Date): Promise<string | undefined> {
  const [cursor] = await db.query<{ answered_at: unknown }>(
    "SELECT answered_at FROM archive_cursor WHERE name = 'pull'",
  );
  const answered = toDateOrNull(cursor?.answered_at);
  if (!answered || answered.getTime() < db.now().getTime() - behindMs) return 'archive_behind';
  const waiting = "SELECT id FROM archive_parked WHERE reason IN ('key_missing', 'wrong_key') LIMIT 1";
  if ((await db.query(waiting)).length > 0) return 'archive_unopened';
  const gap = await db.query('SELECT id FROM archive_gap WHERE found_at >= ? LIMIT 1', [since]);
  return gap.length > 0 ? 'archive_gap' : undefined;
}
