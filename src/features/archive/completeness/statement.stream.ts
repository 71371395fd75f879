import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** The statements of the days as evidence. Their roots cover the poll ledger, the gaps and the contradictions. */
export const statementStream: EvidenceStream = {
  name: 'archive_statement',
  table: 'archive_statement',
  columns: ['day', 'body', 'closed_at'],
  forms: [({ day, body, closed_at }) => [day as string, body as string, instantText(closed_at)]],
};
