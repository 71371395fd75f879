import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { HandoverSubject } from '../../handover/departures';
import type { AuditService } from '../../kernel/audit';
import type { Evidence } from '../../kernel/evidence';
import { createFindingStore } from './findings.store';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  evidence: Pick<Evidence, 'append'>;
  /** How the audit trail names whoever acts for a staff member. */
  actorsOf(staffId: string): Promise<string[]>;
}

interface Reviewed {
  id: number | string;
  detector: string;
  version: unknown;
}

/**
 * Findings somebody took up and did not decide. Nobody is given a case: it is open again for all who may judge it. Whom
 * it is about is not said, as whoever hands over need not be allowed to know.
 */
export function createFindingReviewSubject({ db, audit, evidence, actorsOf }: Deps): HandoverSubject {
  const store = createFindingStore({ db, evidence });
  const reviewing = `SELECT f.id, f.detector, c.version FROM finding_case c JOIN finding f ON f.id = c.finding_id
    WHERE c.state = 'reviewing'`;
  return {
    kind: 'finding_review',

    async of({ id }) {
      const own = await actorsOf(id);
      if (own.length === 0) return [];
      const [among, ...actors] = isIn('c.decided_by', own);
      const rows = await db.query<Reviewed>(`${reviewing} AND ${among} ORDER BY f.id`, actors);
      return rows.map((row) => ({
        ...{ id: String(row.id), title: `${row.detector} ${row.id}`, link: `/findings/${row.id}`, movable: true },
      }));
    },

    async hand(id, _to, { viewer, address }) {
      const [row] = await db.query<Reviewed>(`${reviewing} AND f.id = ?`, [Number(id)]);
      if (!row || !(await store.release(Number(id), Number(row.version)))) return 'left';
      await store.note({ findingId: Number(id), state: 'open', actor: actorOf(viewer) });
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'finding.given_back', target: `finding:${id}`, result: 'ok', address },
        detail: { detector: row.detector },
      });
      return 'moved';
    },
  };
}
