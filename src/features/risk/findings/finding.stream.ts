import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

type Text = string | null;

/** What was detected, as evidence. */
export const findingStream: EvidenceStream = {
  name: 'finding',
  table: 'finding',
  columns: [
    ...['dedupe_key', 'detector', 'version', 'evidence_level', 'severity', 'userid', 'external_userid', 'chat_id'],
    ...['occurred_at', 'detected_at', 'features', 'evidence'],
  ],
  forms: [
    (row) => [
      ...[row.dedupe_key as Text, row.detector as Text, Number(row.version), row.evidence_level as Text],
      ...[row.severity as Text, row.userid as Text, row.external_userid as Text, row.chat_id as Text],
      ...[instantText(row.occurred_at), instantText(row.detected_at), row.features as Text, row.evidence as Text],
    ],
  ],
};

/** What supports findings, as evidence. */
export const findingSupportStream: EvidenceStream = {
  name: 'finding_support',
  table: 'finding_support',
  columns: ['finding_id', 'source', 'ref', 'hash', 'at'],
  forms: [
    ({ finding_id, source, ref, hash, at }) => [
      ...[Number(finding_id), source as Text, ref as Text, hash as Text, instantText(at)],
    ],
  ],
};

/** What was decided on findings, as evidence. */
export const findingStepStream: EvidenceStream = {
  name: 'finding_step',
  table: 'finding_step',
  columns: ['finding_id', 'state', 'actor', 'at', 'reason', 'comment'],
  forms: [
    ({ finding_id, state, actor, at, reason, comment }) => [
      ...[Number(finding_id), state as Text, actor as Text, instantText(at), reason as Text, comment as Text],
    ],
  ],
};
