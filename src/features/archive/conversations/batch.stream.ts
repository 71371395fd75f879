import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** Opened messages as evidence: a link fixes the root, the root every message of the batch. */
export const batchStream: EvidenceStream = {
  name: 'archive_batch',
  table: 'archive_batch',
  columns: ['count', 'root', 'opened_at'],
  forms: [({ count, root, opened_at }) => [Number(count), root as string, instantText(opened_at)]],
};
