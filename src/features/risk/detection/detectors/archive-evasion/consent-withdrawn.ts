import { days } from '../../../../../core/clock';
import { toDate } from '../../../../../db/database';
import { type ConsentRow, consentColumns, consentFact, givenAt } from '../../consents';
import type { Ground, Swept } from '../../detector';

const lookedAtMs = days(7);

interface Row extends ConsentRow {
  before_status: string | null;
  before_changed_at: unknown;
  before_recorded_at: unknown;
}

/**
 * Somebody outside had agreed to the archive and then did not, as WeCom told between two polls or in a message. Who never
 * agreed withdraws nothing, and what was told late of an earlier time decides nothing.
 */
export async function consentWithdrawn({ db }: Ground): Promise<Swept> {
  const rows = await db.query<Row>(
    `SELECT ${consentColumns}, p.status AS before_status, p.changed_at AS before_changed_at,
       p.recorded_at AS before_recorded_at
     FROM archive_consent c LEFT JOIN archive_consent p ON p.id = (
       SELECT MAX(b.id) FROM archive_consent b
       WHERE b.external_userid = c.external_userid AND b.userid = c.userid AND b.chat_id = c.chat_id
         AND b.id < c.id AND b.status <> 'unknown')
     WHERE c.status = 'disagreed' AND c.recorded_at >= ? ORDER BY c.id`,
    [new Date(db.now().getTime() - lookedAtMs)],
  );
  return { drafts: rows.filter(wasAgreed).map(draftOf), lookedAt: rows.length, unseen: {} };
}

const wasAgreed = (row: Row): boolean =>
  row.before_status === 'agreed' &&
  givenAt(row) >= givenAt({ changed_at: row.before_changed_at, recorded_at: row.before_recorded_at });

const draftOf = (row: Row) => ({
  key: `consent:${row.id}`,
  ...{ evidenceLevel: 'DERIVED' as const, severity: 'high' as const },
  ...{ userid: row.userid || undefined, externalUserid: row.external_userid, chatId: row.chat_id || undefined },
  occurredAt: givenAt(row),
  features: { how: 'consent_withdrawn', told_by: row.source, agreed_at: toDate(givenBefore(row)).toISOString() },
  evidence: [consentFact(row)],
});

const givenBefore = ({ before_changed_at, before_recorded_at }: Row): unknown =>
  before_changed_at ?? before_recorded_at;
