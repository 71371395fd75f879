import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

type Text = string | null;
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

/** Which conversations were asked for, and by what chance, as evidence: who draws until it suits them is seen. */
export const spotCheckStream: EvidenceStream = {
  name: 'spot_check',
  table: 'spot_check',
  columns: [
    ...[
      'userid',
      'conversation_id',
      'how',
      'reason',
      'days',
      'seed',
      'population',
      'through_id',
      'asked_by',
      'asked_at',
    ],
  ],
  forms: [
    (row) => [
      ...[row.userid as Text, row.conversation_id as Text, row.how as Text, row.reason as Text],
      ...[numberOrNull(row.days), row.seed as Text, numberOrNull(row.population), numberOrNull(row.through_id)],
      ...[row.asked_by as Text, instantText(row.asked_at)],
    ],
  ],
};

/** What the devices showed, as evidence. */
export const spotCheckResultStream: EvidenceStream = {
  name: 'spot_check_result',
  table: 'spot_check_result',
  columns: ['spot_check_id', 'outcome', 'missing', 'note', 'actor', 'at'],
  forms: [
    ({ spot_check_id, outcome, missing, note, actor, at }) => [
      ...[Number(spot_check_id), outcome as Text, missing as Text, note as Text, actor as Text, instantText(at)],
    ],
  ],
};
