import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

type Text = string | null;

/** What reviewers did, as evidence. */
export const reviewStream: EvidenceStream = {
  name: 'archive_review',
  table: 'archive_review_step',
  columns: ['review_id', 'act', 'state', 'actor', 'at', 'comment', 'tags', 'shown'],
  forms: [
    ({ review_id, act, state, actor, at, comment, tags, shown }) => [
      ...[review_id as Text, act as Text, state as Text, actor as Text, instantText(at)],
      ...[comment as Text, tags as Text, shown as Text],
    ],
  ],
};
