import { placeholders, toDate } from '../../../db/database';
import type { Ground } from './detector';

interface Row {
  id: number | string;
  relation_id: string;
  kind: string;
  source: string;
  occurred_at: unknown;
  ref: string | null;
  detail: string | null;
}

/** A line of a relation's history. */
export interface PairLine extends Omit<Row, 'id' | 'occurred_at' | 'detail'> {
  id: number;
  at: Date;
  detail: Readonly<Record<string, unknown>>;
}

/** What happened between the two, by when it happened. What we placed again, for the list's sake, is left out. */
export async function pairHistory(
  { db }: Ground,
  relationId: string,
  kinds: readonly string[],
): Promise<readonly PairLine[]> {
  const rows = await db.query<Row>(
    `SELECT id, relation_id, kind, source, occurred_at, ref, detail FROM relation_history
     WHERE relation_id = ? ORDER BY occurred_at, id`,
    [relationId],
  );
  return rows.filter(({ kind }) => kinds.includes(kind)).flatMap(lineOf);
}

/** The same of an external contact and everybody, after a time, with whom it was. */
export async function contactHistory(
  { db }: Ground,
  externalUserid: string,
  kinds: readonly string[],
  after: Date,
): Promise<readonly (PairLine & { userid: string })[]> {
  const rows = await db.query<Row & { userid: string }>(
    `SELECT h.id, h.relation_id, h.kind, h.source, h.occurred_at, h.ref, h.detail, s.userid
     FROM relation r JOIN staff s ON s.id = r.staff_id JOIN relation_history h ON h.relation_id = r.id
     WHERE r.external_userid = ? AND h.kind IN (${placeholders(kinds.length)}) AND h.occurred_at > ?
     ORDER BY h.occurred_at, h.id`,
    [externalUserid, ...kinds, after],
  );
  return rows.flatMap(lineOf);
}

function lineOf<T extends Row>({ id, occurred_at, detail, ...row }: T) {
  const said = detail === null ? {} : JSON.parse(detail);
  // Of a loss nobody told, our word is the only one.
  if (said.placed && row.kind !== 'missing') return [];
  return [{ ...row, id: Number(id), at: toDate(occurred_at), detail: said }];
}

/** A deletion by staff, and the next time the two were connected. */
export interface Readd {
  deleted: PairLine;
  added: PairLine;
}

/**
 * Deletions that were made good within so long. Which came to be known first is the same.
 * @param at only those that began or ended then
 */
export function readdsAt(lines: readonly PairLine[], at: Date, withinMs: number): Readd[] {
  return lines.flatMap((deleted) => {
    if (deleted.kind !== 'staff_deleted') return [];
    const added = lines.find((line) => line.kind === 'added' && line.at > deleted.at);
    if (!added || added.at.getTime() - deleted.at.getTime() > withinMs) return [];
    return [deleted, added].some((line) => line.at.getTime() === at.getTime()) ? [{ deleted, added }] : [];
  });
}
