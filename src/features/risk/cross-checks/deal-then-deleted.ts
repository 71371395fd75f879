import { hash } from 'node:crypto';
import { days } from '../../../core/clock';
import { instantText, toDate } from '../../../db/database';
import type { Sweep, Swept } from '../detection';
import type { Draft, EvidenceRef } from '../findings';
import type { Pair } from './money-records';
import { type Talk, talkWhere } from './talk';

/** Deletions found lately: messages of before may be opened after they were told. */
const lookedAtMs = days(3);
const talkMs = days(14);
/** One question for a price is everyday. */
const fewest = 2;

interface Deletion extends Pair {
  id: number | string;
  dedupe_key: string;
  version: number;
  occurred_at: unknown;
  features: string;
  evidence: string;
}

/**
 * A deal was spoken of, and then staff deleted the customer (violations §4): it may go on elsewhere. Whom the customer had
 * left before, nobody led away.
 */
export const dealThenDeleted: Sweep = {
  ...{ code: 'FEIDAN', version: 1, every: 30 },
  async sweep({ db }): Promise<Swept> {
    const rows = await db.query<Deletion>(
      `SELECT id, dedupe_key, version, userid, external_userid, occurred_at, features, evidence FROM finding
       WHERE detector = 'CUSTOMER_DELETED_BY_STAFF' AND detected_at >= ?
         AND userid IS NOT NULL AND external_userid IS NOT NULL ORDER BY id`,
      [new Date(db.now().getTime() - lookedAtMs)],
    );
    const drafts: Draft[] = [];
    for (const deletion of rows.filter(wasByStaffFirst)) {
      const { userid, external_userid } = deletion;
      const at = toDate(deletion.occurred_at);
      const sql = `t.kind = 'deal' AND c.userid = ? AND c.external_userid = ? AND t.sent_at BETWEEN ? AND ?`;
      const talks = await talkWhere(db, [sql, userid, external_userid, new Date(at.getTime() - talkMs), at]);
      if (talks.length >= fewest) drafts.push(draftOf(deletion, talks));
    }
    return { drafts, lookedAt: rows.length, unseen: {} };
  },
};

const wasByStaffFirst = ({ features }: Deletion): boolean => JSON.parse(features).deleted_by_external_before !== true;

/** The deletion as a finding was made of it. */
const findingFact = ({ id, dedupe_key, version, occurred_at, evidence }: Deletion): EvidenceRef => {
  const content = [dedupe_key, 'CUSTOMER_DELETED_BY_STAFF', Number(version), instantText(occurred_at), evidence];
  return { source: 'finding', ref: String(id), hash: hash('sha256', JSON.stringify(content)) };
};

const draftOf = (deletion: Deletion, talks: readonly Talk[]): Draft => ({
  key: `deleted:${deletion.id}`,
  ...{ evidenceLevel: 'CIRCUMSTANTIAL', severity: 'medium' },
  ...{ userid: deletion.userid, externalUserid: deletion.external_userid, occurredAt: toDate(deletion.occurred_at) },
  features: { how: 'deal_then_deleted', deal_messages: talks.length },
  evidence: [findingFact(deletion), ...talks.map(({ fact }) => fact)],
});
