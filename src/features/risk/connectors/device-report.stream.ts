import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** What connectors reported, as evidence. */
export const deviceReportStream: EvidenceStream = {
  name: 'device_report',
  table: 'device_report',
  columns: ['connector_id', 'nonce', 'body', 'signature', 'received_at'],
  forms: [
    ({ connector_id, nonce, body, signature, received_at }) => [
      ...[connector_id as string, nonce as string, body as string, signature as string, instantText(received_at)],
    ],
  ],
};
