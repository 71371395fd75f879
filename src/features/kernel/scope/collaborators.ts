import type { z } from 'zod';
import { newId } from '../../../core/ids';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { AuditService } from '../audit';
import type { ReportingService } from './reporting.service';
import type { Collaborator } from './scope.entity';
import { fieldFault, scopeError } from './scope.errors';
import type { collaboratorView, NewCollaborator } from './scope.schema';

type View = z.input<typeof collaboratorView>;

/** Who may see, and who may share, an external contact. Both throw when the viewer may not. */
export interface ContactGuard {
  assertVisible(externalUserid: string, viewer: Viewer): Promise<void>;
  assertOwned(externalUserid: string, viewer: Viewer): Promise<void>;
}

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  reporting: Pick<ReportingService, 'staffIdOf'>;
  contacts: ContactGuard;
}

/** The kind of record that can be shared today. */
const type = 'external_contact';

export type CollaboratorService = ReturnType<typeof createCollaborators>;

/** Who sees a record that is not theirs (crm-features §4.6, scope 3). */
export function createCollaborators({ db, audit, reporting, contacts }: Deps) {
  const record = (viewer: Viewer, action: string, id: string, detail: object) =>
    audit.record({ actor: actorOf(viewer), action, target: `${type}:${id}`, result: 'ok', detail });

  async function listOf(id: string): Promise<View[]> {
    const rows = await db.query<Collaborator & { userid: string; staff_name: string | null }>(
      `SELECT c.*, s.userid AS userid, s.name AS staff_name FROM collaborator c JOIN staff s ON s.id = c.staff_id
       WHERE c.object_type = ? AND c.object_id = ? ORDER BY c.id`,
      [type, id],
    );
    return rows.map((row) => ({
      id: row.id,
      userid: row.userid,
      staff_name: row.staff_name,
      level: row.level,
      until: isoOrNull(toDateOrNull(row.until)),
      created_by: row.created_by,
      created_at: iso(toDate(row.created_at)),
    }));
  }

  return {
    async list(externalUserid: string, viewer: Viewer): Promise<View[]> {
      await contacts.assertVisible(externalUserid, viewer);
      return listOf(externalUserid);
    },

    /** Naming somebody again changes level and end. @throws http.validation */
    async add(externalUserid: string, { userid, level, until }: NewCollaborator, viewer: Viewer): Promise<View[]> {
      await contacts.assertOwned(externalUserid, viewer);
      if (until && until <= db.now()) throw fieldFault('until', 'range');
      const staffId = await reporting.staffIdOf(userid);
      await db.transact(async () => {
        await insertRows(
          db,
          {
            table: 'collaborator',
            columns: ['id', 'object_type', 'object_id', 'staff_id', 'level', 'until', 'created_by', 'created_at'],
            onConflict: { keys: ['object_type', 'object_id', 'staff_id'], update: ['level', 'until'] },
          },
          [[newId(), type, externalUserid, staffId, level, until ?? null, actorOf(viewer), db.now()]],
        );
        const detail = { staff_id: staffId, level, until: until ?? null };
        await record(viewer, 'collaborator.added', externalUserid, detail);
      });
      return listOf(externalUserid);
    },

    /** @throws scope.no_collaborator */
    async remove(externalUserid: string, id: string, viewer: Viewer): Promise<void> {
      await contacts.assertOwned(externalUserid, viewer);
      await db.transact(async () => {
        const sql = 'DELETE FROM collaborator WHERE id = ? AND object_type = ? AND object_id = ?';
        if ((await db.execute(sql, [id, type, externalUserid])) !== 1) throw scopeError('no_collaborator');
        await record(viewer, 'collaborator.removed', externalUserid, { id });
      });
    },
  };
}
