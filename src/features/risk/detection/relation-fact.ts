import { minutes } from '../../../core/clock';
import { instantText } from '../../../db/database';
import type { EvidenceRef } from '../findings';
import type { PairLine } from './pair-history';
import { storedFact } from './stored-fact';

/** A line of a relation's history as evidence. */
export function lineFact({ id, relation_id, kind, source, at, ref }: PairLine): EvidenceRef {
  const content = [relation_id, kind, source, instantText(at), ref];
  return storedFact('relation_history', id, content);
}

/** The line that tells a fact. */
export const lineAt = (lines: readonly PairLine[], kind: string, at: Date): PairLine | undefined =>
  lines.find((line) => line.kind === kind && line.at.getTime() === at.getTime());

/** It as evidence: none where the line cannot be found, which is a fault of ours and no reason to keep silent. */
export const factAt = (lines: readonly PairLine[], kind: string, at: Date): EvidenceRef[] => {
  const line = lineAt(lines, kind, at);
  return line ? [lineFact(line)] : [];
};

/** One deed that is told twice has times as close as this. What lies further apart is two: the add between was not told. */
const oneDeedMs = minutes(1);

/** Whether the same end is in the history under another time close by, with no new beginning between. */
export function toldBefore(lines: readonly PairLine[], kind: string, at: Date): boolean {
  const begins = lines.filter((line) => line.kind.endsWith('added')).map((line) => line.at.getTime());
  return lines.some((line) => {
    const [from, to] = [Math.min(line.at.getTime(), at.getTime()), Math.max(line.at.getTime(), at.getTime())];
    if (line.kind !== kind || from === to || to - from > oneDeedMs) return false;
    return !begins.some((begin) => begin >= from && begin <= to);
  });
}

/** Whether the external contact had ended the pair before, in the same spell. */
export function leftBefore(lines: readonly PairLine[], at: Date): boolean {
  const before = lines.filter(
    (line) => line.at <= at && ['external_deleted', 'added', 'half_added'].includes(line.kind),
  );
  return before.at(-1)?.kind === 'external_deleted';
}
