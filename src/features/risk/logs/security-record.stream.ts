import { instantText } from '../../../db/database';
import type { EvidenceStream } from '../../kernel/evidence';

type Text = string | null;

/** Lines of WeCom's logs, as evidence: the digest stands for what they say. */
export const securityRecordStream: EvidenceStream = {
  name: 'security_record',
  table: 'security_record',
  columns: ['digest', 'source', 'occurred_at', 'userid', 'type', 'detail_type', 'fetched_at'],
  forms: [
    ({ digest, source, occurred_at, userid, type, detail_type, fetched_at }) => [
      ...[digest as Text, source as Text, instantText(occurred_at), userid as Text, Number(type)],
      ...[detail_type === null ? null : Number(detail_type), instantText(fetched_at)],
    ],
  ],
};
