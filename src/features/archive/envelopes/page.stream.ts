import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** Pages as evidence: a link fixes the root, the root every envelope of the page. */
export const pageStream: EvidenceStream = {
  name: 'archive_page',
  table: 'archive_page',
  columns: ['from_seq', 'to_seq', 'count', 'root', 'received_at'],
  forms: [
    ({ from_seq, to_seq, count, root, received_at }) => [
      from_seq as string,
      to_seq as string,
      Number(count),
      root as string,
      instantText(received_at),
    ],
  ],
};
