import { days, minutes } from '../../../../../core/clock';
import { isIn } from '../../../../../db/conditions';
import type { Draft } from '../../../findings';
import type { Ground, Swept } from '../../detector';
import { type SeatLine, seatsOf } from '../../seats';

const lookedAtMs = days(7);
/** What one poll learnt is written down at once. */
const onePollMs = minutes(1);
/** So many at once are nobody's doing, if they are most as well (violations §2.2 trap 7). */
const many = 10;
/** Of so many at once the first stand for all. */
const mostRefs = 50;

/** What one poll learnt. */
interface Change {
  at: Date;
  lost: SeatLine[];
  /** How many had one before, and have one after. */
  before: number;
  after: number;
}

/**
 * Members who serve on and may no longer be archived. Should all seats go at once, the contract ended or WeCom's answer
 * was wrong: one finding for the company, and none about anybody.
 */
export async function seatLost(ground: Ground): Promise<Swept> {
  const seats = await seatsOf(ground);
  const since = ground.db.now().getTime() - lookedAtMs;
  const recent = changesIn(seats.lines).filter(({ at, lost }) => lost.length > 0 && at.getTime() >= since);
  const drafts = recent.filter(isWholesale).map(companyDraft);
  const lost = recent.filter((change) => !isWholesale(change)).flatMap((change) => change.lost);
  const states = await statesOf(ground, lost);
  for (const line of lost) {
    if (states.get(line.userid.toLowerCase()) === 'serving') drafts.push(draftOf(line));
  }
  const unknown = lost.filter(({ userid }) => !states.has(userid.toLowerCase())).length;
  return { drafts, lookedAt: lost.length, unseen: unknown > 0 ? { staff_unknown: unknown } : {} };
}

function changesIn(lines: readonly SeatLine[]): Change[] {
  const held = new Set<string>();
  const changes: Change[] = [];
  for (const line of lines) {
    let last = changes.at(-1);
    if (!last || line.at.getTime() - last.at.getTime() > onePollMs) {
      last = { at: line.at, lost: [], before: held.size, after: held.size };
      changes.push(last);
    }
    if (line.held) held.add(line.userid);
    else if (held.delete(line.userid)) last.lost.push(line);
    last.after = held.size;
  }
  return changes;
}

const isWholesale = ({ lost, before, after }: Change): boolean =>
  (lost.length > 1 && after === 0) || (lost.length > many && lost.length * 2 > before);

async function statesOf({ db }: Ground, lost: readonly SeatLine[]): Promise<Map<string, 'serving' | 'left'>> {
  const [named, ...params] = isIn(
    'userid_key',
    lost.map(({ userid }) => userid.toLowerCase()),
  );
  const rows = await db.query<{ userid_key: string; status: string; departed_at: unknown }>(
    `SELECT userid_key, status, departed_at FROM staff WHERE ${named}`,
    params,
  );
  return new Map(
    rows.map(({ userid_key, status, departed_at }) => [
      userid_key,
      departed_at === null && status === 'active' ? 'serving' : 'left',
    ]),
  );
}

const how = 'seat_lost';

const draftOf = ({ id, userid, at, fact }: SeatLine): Draft => ({
  key: `seat:${id}`,
  ...{ evidenceLevel: 'DERIVED', severity: 'high', userid, occurredAt: at, features: { how }, evidence: [fact] },
});

const companyDraft = ({ at, lost, after }: Change): Draft => ({
  key: `seats:${lost[0]?.id}`,
  ...{ evidenceLevel: 'DERIVED', severity: 'medium', occurredAt: at },
  features: { how: 'all_seats_lost', seats_lost: lost.length, seats_left: after },
  evidence: lost.slice(0, mostRefs).map(({ fact }) => fact),
});
