import { groupBy } from '../../../core/collections';
import { instantText, toDate } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { Ground } from './detector';
import { storedFact } from './stored-fact';

/** Somebody got or lost a seat of the archive, as far as we learnt. */
export interface SeatLine {
  id: number;
  userid: string;
  held: boolean;
  at: Date;
  fact: EvidenceRef;
}

/** Who may be archived at all. Userids are the same in whatever case. */
export interface Seats {
  /** Whether WeCom ever told of seats: before that nobody can be said to lack one. */
  isKnown: boolean;
  /** What changed, oldest first. */
  lines: readonly SeatLine[];
  has(userid: string): boolean;
  /** What was known then. */
  hadAt(userid: string, at: Date): boolean;
  /** Whether they have one and lost none since. */
  keptSince(userid: string, since: Date): boolean;
  /** What tells that somebody has or has none; undefined where there never was one. */
  factOf(userid: string): EvidenceRef | undefined;
}

interface Row {
  id: number | string;
  userid: string;
  held: unknown;
  recorded_at: unknown;
}

export async function seatsOf({ db }: Pick<Ground, 'db'>): Promise<Seats> {
  const rows = await db.query<Row>('SELECT id, userid, held, recorded_at FROM archive_seat ORDER BY id');
  const lines = rows.map(lineOf);
  const byUserid = groupBy(lines, ({ userid }) => userid.toLowerCase());
  const of = (userid: string): SeatLine[] => byUserid.get(userid.toLowerCase()) ?? [];
  const has = (userid: string) => of(userid).at(-1)?.held ?? false;
  return {
    ...{ isKnown: lines.length > 0, lines, has },
    hadAt: (userid, at) => of(userid).findLast((line) => line.at <= at)?.held ?? false,
    keptSince: (userid, since) => has(userid) && of(userid).every(({ held, at }) => held || at < since),
    factOf: (userid) => of(userid).at(-1)?.fact,
  };
}

function lineOf({ id, userid, held, recorded_at }: Row): SeatLine {
  const isHeld = Boolean(held);
  const fact = storedFact('seat', id, [userid, isHeld, instantText(recorded_at)]);
  return { id: Number(id), userid, held: isHeld, at: toDate(recorded_at), fact };
}
