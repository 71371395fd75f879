import type { Clock } from '../../../core/clock';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { HandoverSubject } from '../../handover/departures';
import type { AuditService } from '../audit';
import { createApprovalStore } from './approvals.store';

interface Deps {
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
}

/** What somebody asked a second person for, and nobody else may carry out: it ends with them. */
export function createApprovalSubject({ db, clock, audit }: Deps): HandoverSubject {
  const store = createApprovalStore(db);
  return {
    kind: 'approval',

    async of({ id }) {
      const rows = await db.query<{ id: string; action: string }>(
        `SELECT id, action FROM approval
         WHERE requester_staff_id = ? AND state IN ('pending', 'approved') AND expires_at > ? ORDER BY id`,
        [id, clock.now()],
      );
      return rows.map((row) => ({ id: row.id, title: row.action, link: '/approvals', movable: true }));
    },

    async hand(id, _to, { viewer, address }) {
      if (!(await store.move(id, 'withdraw', clock.now()))) return 'left';
      const row = { actor: actorOf(viewer), action: 'approval.withdrawn', target: `approval:${id}`, address };
      await audit.record({ ...row, result: 'ok' });
      return 'ended';
    },
  };
}
