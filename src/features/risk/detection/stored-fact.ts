import { hash } from 'node:crypto';
import type { EvidenceRef } from '../findings';

/** A row as evidence, by the content that it was found with. */
export const storedFact = (
  source: EvidenceRef['source'],
  ref: number | string,
  content: readonly (string | number | boolean | null)[],
): EvidenceRef => ({ source, ref: String(ref), hash: hash('sha256', JSON.stringify(content)) });
