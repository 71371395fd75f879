import type { FindingService } from '../findings';
import { evasions } from './codes';
import { recordRef, type StoredRecord } from './records.store';

const finder = { code: 'ARCHIVE_EVASION', version: 1 } as const;

/**
 * An administrator touched what the archive, the interception of words or our callbacks stand on (violations §1.3). What
 * is done through the API is not in this log, so nothing of it was done by us.
 */
export const createEvasion = ({ findings }: { findings: Pick<FindingService, 'raise'> }) => ({
  /** Inside a transaction. */
  async judge(rows: readonly StoredRecord[]): Promise<void> {
    const drafts = rows.flatMap((row) => {
      const act = row.source === 'admin_log' ? evasions[row.detail_type ?? 0] : undefined;
      if (act === undefined) return [];
      return [
        {
          key: `admin_log:${row.digest}`,
          evidenceLevel: 'DERIVED' as const,
          severity: 'high' as const,
          ...(row.userid === null ? {} : { userid: row.userid }),
          occurredAt: row.occurred_at,
          features: { act, detail_type: row.detail_type },
          evidence: [recordRef(row)],
        },
      ];
    });
    await findings.raise(finder, drafts);
  },
});
