import { instantText, toDate } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { Ground } from './detector';
import { storedFact } from './stored-fact';

/** Whose answer: in a single chat with somebody of staff, or in a group chat. */
export interface Party {
  external_userid: string;
  /** Empty of a group chat. */
  userid: string;
  /** Empty of a single chat. */
  chat_id: string;
}

/** A line of the history of consent. */
export interface ConsentRow extends Party {
  id: number | string;
  status: string;
  changed_at: unknown;
  source: string;
  recorded_at: unknown;
}

export const consentColumns =
  'c.id, c.userid, c.external_userid, c.chat_id, c.status, c.changed_at, c.source, c.recorded_at';

/** When the answer was given; when we learnt of it where WeCom does not say. */
export const givenAt = (row: Pick<ConsentRow, 'changed_at' | 'recorded_at'>): Date =>
  toDate(row.changed_at ?? row.recorded_at);

export const consentFact = (row: ConsentRow): EvidenceRef =>
  storedFact('consent', row.id, [
    ...[row.userid, row.external_userid, row.chat_id, row.status],
    ...[row.changed_at === null ? null : instantText(row.changed_at), row.source, instantText(row.recorded_at)],
  ]);

/** Every answer of one party, in the order they were given. */
export async function answersOf({ db }: Pick<Ground, 'db'>, party: Party): Promise<ConsentRow[]> {
  const rows = await db.query<ConsentRow>(
    `SELECT ${consentColumns} FROM archive_consent c
     WHERE c.external_userid = ? AND c.userid = ? AND c.chat_id = ? ORDER BY c.id`,
    [party.external_userid, party.userid, party.chat_id],
  );
  return rows.sort((a, b) => givenAt(a).getTime() - givenAt(b).getTime());
}

/** Whether consent held from an instant until now: silence without it says nothing (violations §2.2 trap 14). */
export async function consentSince(
  ground: Pick<Ground, 'db'>,
  party: Party,
  since: Date,
): Promise<'agreed' | 'no_consent' | 'consent_unknown'> {
  const answers = await answersOf(ground, party);
  const before = answers.findLast((row) => givenAt(row) <= since);
  const inForce = [...(before ? [before] : []), ...answers.filter((row) => givenAt(row) > since)];
  if (inForce.some(({ status }) => status === 'disagreed')) return 'no_consent';
  return inForce.at(-1)?.status === 'agreed' ? 'agreed' : 'consent_unknown';
}
