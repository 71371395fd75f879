import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../evidence';

type Text = string | null;

/** The trail as evidence. A new column comes with a new form; the old ones stay for the rows sealed with them. */
export const auditStream: EvidenceStream = {
  name: 'audit',
  table: 'audit_event',
  columns: ['at', 'actor', 'action', 'target', 'result', 'reason', 'address', 'detail'],
  forms: [
    ({ at, actor, action, target, result, reason, address, detail }) => [
      instantText(at),
      actor as Text,
      action as Text,
      target as Text,
      result as Text,
      reason as Text,
      address as Text,
      detail as Text,
    ],
  ],
};
