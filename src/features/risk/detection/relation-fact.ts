import { instantText, toDate } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { Ground } from './detector';
import { storedFact } from './stored-fact';

interface Row {
  id: number | string;
  relation_id: string;
  kind: string;
  source: string;
  occurred_at: unknown;
  ref: string | null;
}

/** The line of a relation's history that tells a fact. */
async function factOf({ db }: Ground, relationId: string, kind: string, at: Date): Promise<Row | undefined> {
  const [row] = await db.query<Row>(
    `SELECT id, relation_id, kind, source, occurred_at, ref FROM relation_history
     WHERE relation_id = ? AND kind = ? AND occurred_at = ? ORDER BY id LIMIT 1`,
    [relationId, kind, at],
  );
  return row;
}

/** It as evidence: none where the line cannot be found, which is a fault of ours and no reason to keep silent. */
export async function relationFact(ground: Ground, relationId: string, kind: string, at: Date): Promise<EvidenceRef[]> {
  const row = await factOf(ground, relationId, kind, at);
  if (!row) return [];
  const content = [row.relation_id, row.kind, row.source, instantText(row.occurred_at), row.ref];
  return [storedFact('relation_history', row.id, content)];
}

/** When the other side had ended the pair before, in the same spell. */
export async function endedBefore({ db }: Ground, relationId: string, kind: string, at: Date): Promise<Date | null> {
  const rows = await db.query<{ kind: string; occurred_at: unknown }>(
    `SELECT kind, occurred_at FROM relation_history WHERE relation_id = ? AND kind IN (?, 'added', 'half_added')
     AND occurred_at <= ? ORDER BY occurred_at DESC LIMIT 1`,
    [relationId, kind, at],
  );
  return rows[0]?.kind === kind ? toDate(rows[0].occurred_at) : null;
}
