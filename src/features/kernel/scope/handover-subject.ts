import { type Database, toDateOrNull } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { HandoverSubject } from '../../handover/departures';
import type { AuditService } from '../audit';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

interface Shared {
  id: string;
  object_id: string;
  until: unknown;
  name: string | null;
}

/** External contacts of others that are shared with somebody: they are shared no longer. */
export const createCollaboratorSubject = ({ db, audit }: Deps): HandoverSubject => ({
  kind: 'collaborator',

  async of({ id }) {
    const rows = await db.query<Shared>(
      `SELECT c.id, c.object_id, c.until, e.name FROM collaborator c
       LEFT JOIN external_contact e ON e.external_userid = c.object_id
       WHERE c.staff_id = ? AND c.object_type = 'external_contact' ORDER BY c.id`,
      [id],
    );
    return rows
      .filter(({ until }) => (toDateOrNull(until) ?? db.now()) >= db.now())
      .map((row) => ({
        ...{ id: row.id, title: row.name || row.object_id, movable: true },
        link: `/external-contacts/${encodeURIComponent(row.object_id)}`,
      }));
  },

  async hand(id, _to, { viewer, address }) {
    const [row] = await db.query<Shared>('SELECT object_id FROM collaborator WHERE id = ?', [id]);
    if (!row || (await db.execute('DELETE FROM collaborator WHERE id = ?', [id])) !== 1) return 'left';
    await audit.record({
      ...{ actor: actorOf(viewer), action: 'collaborator.removed', target: `external_contact:${row.object_id}` },
      ...{ result: 'ok', address, detail: { id } },
    });
    return 'ended';
  },
});
