import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

/** Who was told of a finding that nobody looked at, as evidence. */
export const findingEscalationStream: EvidenceStream = {
  name: 'finding_escalation',
  table: 'finding_escalation',
  columns: ['finding_id', 'level', 'at', 'told', 'is_last'],
  forms: [
    ({ finding_id, level, at, told, is_last }) => [
      ...[Number(finding_id), Number(level), instantText(at), told as string, Number(is_last)],
    ],
  ],
};
