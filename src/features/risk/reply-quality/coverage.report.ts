import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { ReplyQualityView } from './reply-quality.schema';

type Coverage = NonNullable<ReplyQualityView['total']['coverage']>;

interface StaffCoverage extends Coverage {
  userid: string;
}

/** Relations (`r`) that live. */
const lives = "r.state IN ('active', 'half', 'deleted_by_external')";

/** Of whose relations the archive sees how many, as far as WeCom was asked for seats and consent. */
export async function coverageByStaff(db: Database, within: Condition | null): Promise<StaffCoverage[]> {
  const [inReach, ...reach] = within ?? ['1 = 1'];
  const rows = await db.query<{ userid: string; status: string | null; n: unknown }>(
    `SELECT s.userid, a.status, COUNT(*) AS n FROM relation r JOIN staff s ON s.id = r.staff_id
     LEFT JOIN archive_consent_now a ON a.external_userid = r.external_userid AND a.userid = s.userid AND a.chat_id = ''
     WHERE ${lives} AND ${inReach} GROUP BY s.userid, a.status`,
    reach,
  );
  const seats = await seatsHeld(db);
  return rows.map(({ userid, status, n }) => {
    const relations = Number(n);
    return { userid, ...nothing, relations, [bucketOf(status, seats, userid)]: relations };
  });
}

/** Lower-cased userids with a seat; undefined while WeCom was not asked. */
async function seatsHeld(db: Database): Promise<Set<string> | undefined> {
  const rows = await db.query<{ userid: string; held: unknown }>(
    'SELECT userid, held FROM archive_seat WHERE id IN (SELECT MAX(id) FROM archive_seat GROUP BY userid)',
  );
  if (rows.length === 0) return undefined;
  return new Set(rows.filter(({ held }) => Boolean(held)).map(({ userid }) => userid.toLowerCase()));
}

function bucketOf(status: string | null, seats: Set<string> | undefined, userid: string): keyof Coverage {
  if (seats && !seats.has(userid.toLowerCase())) return 'without_seat';
  if (status === 'disagreed') return 'disagreed';
  return status === 'agreed' && seats ? 'seen' : 'unknown';
}

const nothing: Coverage = { relations: 0, seen: 0, without_seat: 0, disagreed: 0, unknown: 0 };

/** What several come to. */
export const together = (all: readonly Coverage[]): Coverage =>
  all.reduce(
    (sum, one) => ({
      relations: sum.relations + one.relations,
      seen: sum.seen + one.seen,
      without_seat: sum.without_seat + one.without_seat,
      disagreed: sum.disagreed + one.disagreed,
      unknown: sum.unknown + one.unknown,
    }),
    nothing,
  );
