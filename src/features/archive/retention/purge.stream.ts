import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

type Text = string | null;

/** Tombstones as evidence: that, why, by whom and which; nothing of what was said. */
export const purgeStream: EvidenceStream = {
  name: 'archive_purge',
  table: 'archive_purge',
  columns: ['at', 'cause', 'ground', 'asked_by', 'approved_by', 'run_id', 'count', 'ids_hash'],
  forms: [
    ({ at, cause, ground, asked_by, approved_by, run_id, count, ids_hash }) => [
      ...[instantText(at), cause as Text, ground as Text, asked_by as Text, approved_by as Text, run_id as Text],
      ...[Number(count), ids_hash as Text],
    ],
  ],
};
