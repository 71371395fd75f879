import { hash } from 'node:crypto';
import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** Stored files as evidence: a link fixes the root, the root every file of the batch. */
export const fileBatchStream: EvidenceStream = {
  name: 'archive_files',
  table: 'archive_file_batch',
  columns: ['count', 'root', 'stored_at'],
  forms: [({ count, root, stored_at }) => [Number(count), root as string, instantText(stored_at)]],
};

/** What the chain fixes of a file. The leading byte keeps it from passing for anything else that is hashed here. */
export const leafOfFile = ({ id, sha256, size }: { id: string; sha256: string; size: number }): string =>
  hash('sha256', `\u0000${JSON.stringify(['file', 1, id, sha256, size])}`);
