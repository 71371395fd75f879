import { type Condition, isIn } from '../../../db/conditions';
import { type Database, toDateOrNull } from '../../../db/database';
import { isoOrNull } from '../../../http/schema';
import type { SupervisionView } from './consent.schema';

interface After {
  after: string;
  limit: number;
}

const isServing = "s.departed_at IS NULL AND s.status = 'active'";
/** Relations (`r`) that live. */
const lives = "r.state IN ('active', 'half', 'deleted_by_external')";
const keysOf = (seats: readonly string[]): string[] => seats.map((userid) => userid.toLowerCase());
const withSeat = (seats: readonly string[]): Condition => isIn('s.userid_key', keysOf(seats));

/** Relations of staff with a seat, by id. */
export async function servedPairs(db: Database, seats: readonly string[], { after, limit }: After) {
  const [seated, ...params] = withSeat(seats);
  return db.query<{ id: string; userid: string; external_userid: string }>(
    `SELECT r.id, s.userid, r.external_userid FROM relation r JOIN staff s ON s.id = r.staff_id
     WHERE r.id > ? AND ${lives} AND ${seated} ORDER BY r.id LIMIT ?`,
    [after, ...params, limit],
  );
}

/** Customer groups that are there, by id. */
export async function activeGroups(db: Database, { after, limit }: After): Promise<string[]> {
  const sql = "SELECT chat_id FROM group_chat WHERE state = 'active' AND chat_id > ? ORDER BY chat_id LIMIT ?";
  return (await db.query<{ chat_id: string }>(sql, [after, limit])).map(({ chat_id }) => chat_id);
}

/** Of many the first, and how many there are. */
async function some<T extends object>(db: Database, what: { select: string; from: Condition; order: string }) {
  const [from, ...params] = what.from;
  const first = await db.query<T>(`SELECT ${what.select} ${from} ORDER BY ${what.order} LIMIT 200`, params);
  const [row] = await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n ${from}`, params);
  return { count: Number(row?.n ?? 0), first };
}

/** Groups none of whose members is one of these. */
async function groupsWithout(db: Database, [isOne, ...params]: Condition) {
  const from: Condition = [
    `FROM group_chat g LEFT JOIN staff o ON o.userid = g.owner WHERE g.state = 'active' AND NOT EXISTS (
       SELECT 1 FROM group_chat_member m JOIN staff s ON s.userid = m.userid
       WHERE m.chat_id = g.chat_id AND m.type = 1 AND ${isOne})`,
    ...params,
  ];
  return some<{ chat_id: string; name: string; owner: string; owner_name: string | null }>(db, {
    ...{ select: 'g.chat_id, g.name, g.owner, o.name AS owner_name', from, order: 'g.chat_id' },
  });
}

/** An account of theirs that works has the role. */
const isOfficer = (now: Date): Condition => [
  `EXISTS (SELECT 1 FROM account a WHERE a.staff_id = s.id AND a.disabled_at IS NULL
     AND (a.expires_at IS NULL OR a.expires_at > ?) AND a.roles LIKE '%compliance_officer%')`,
  now,
];

async function consentCounts(db: Database, seats: readonly string[]): Promise<SupervisionView['consent']> {
  const rows = await db.query<{ status: string; n: unknown }>(
    'SELECT status, COUNT(*) AS n FROM archive_consent_now GROUP BY status',
  );
  const count = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0);
  const [seated, ...params] = withSeat(seats);
  const [never] = await db.query<{ n: unknown }>(
    `SELECT COUNT(*) AS n FROM relation r JOIN staff s ON s.id = r.staff_id WHERE ${lives} AND ${seated}
       AND NOT EXISTS (SELECT 1 FROM archive_consent_now c
         WHERE c.external_userid = r.external_userid AND c.userid = s.userid AND c.chat_id = '')`,
    params,
  );
  const counted = { agreed: count('agreed'), disagreed: count('disagreed'), unknown: count('unknown') };
  return { ...counted, never_asked: Number(never?.n ?? 0) };
}

/** What the archive does not see (A20): staff without a seat, groups nobody watches, people who did not agree. */
export async function supervisionReport(db: Database, seats: readonly string[]): Promise<SupervisionView> {
  const [seated, ...params] = withSeat(seats);
  const unarchived: Condition = [
    `FROM staff s WHERE ${isServing} AND NOT (${seated})
       AND EXISTS (SELECT 1 FROM relation r WHERE r.staff_id = s.id AND ${lives})`,
    ...params,
  ];
  const [checked] = await db.query<{ at: unknown }>(
    "SELECT MAX(checked_at) AS at FROM archive_consent_now WHERE source = 'poll'",
  );
  return {
    seats: { held: seats.length, checked_at: isoOrNull(toDateOrNull(checked?.at)) },
    unarchived_staff: await some<{ userid: string; name: string | null }>(db, {
      ...{ select: 's.userid, s.name', from: unarchived, order: 's.userid_key' },
    }),
    groups_without_compliance: await groupsWithout(db, isOfficer(db.now())),
    groups_unarchived: await groupsWithout(db, withSeat(seats)),
    consent: await consentCounts(db, seats),
  };
}
