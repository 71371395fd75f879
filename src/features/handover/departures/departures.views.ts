import { groupBy } from '../../../core/collections';
import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { DepartureView } from './departures.schema';
import type { Leaver } from './departures.store';
import { inventories } from './inventory.report';
import { lastMove } from './movable';
import type { Subjects } from './subjects';

interface Deps {
  db: Pick<Database, 'query'>;
  audit: Pick<AuditService, 'names'>;
  subjects: Pick<Subjects, 'of'>;
}

/** Departures as the API shows them, with what is still theirs. */
export function createDepartureViews({ db, audit, subjects }: Deps) {
  async function departmentsOf(staffIds: readonly string[]) {
    const [among, ...ids] = isIn('p.staff_id', staffIds);
    const rows = await db.query<{ staff_id: string; id: unknown; name: string | null }>(
      `SELECT p.staff_id, d.id, d.name FROM staff_department p JOIN department d ON d.id = p.department_id
       WHERE ${among} ORDER BY d.id`,
      ids,
    );
    return groupBy(rows, ({ staff_id }) => staff_id);
  }

  return {
    async of(leavers: readonly Leaver[]): Promise<(leaver: Leaver) => DepartureView> {
      const staffIds = [...new Set(leavers.map(({ staff_id }) => staff_id))];
      const held = await inventories(db, staffIds);
      const departments = await departmentsOf(staffIds);
      const names = await audit.names(leavers.map(({ created_by }) => created_by));
      const open = leavers.filter(({ open_key }) => open_key !== null);
      const theirs = new Map<string, number>();
      for (const { staff_id, userid } of open) {
        theirs.set(staff_id, (await subjects.of({ id: staff_id, userid })).length);
      }
      return (leaver) => ({
        ...{ id: leaver.id, userid: leaver.userid, name: leaver.name, position: leaver.position },
        avatar: leaver.avatar,
        departments: (departments.get(leaver.staff_id) ?? []).map(({ id, name }) => ({ id: Number(id), name })),
        ...{ state: leaver.state, last_day: leaver.last_day, noticed_by: leaver.noticed_by, note: leaver.note },
        departed_at: isoOrNull(leaver.departed_at),
        movable_until: isoOrNull(leaver.departed_at && lastMove(leaver.departed_at)),
        created_by: { actor: leaver.created_by, name: names.get(leaver.created_by) ?? null },
        ...{ created_at: iso(leaver.created_at), updated_at: iso(leaver.updated_at), version: leaver.version },
        counts: { ...held(leaver.staff_id), subjects: theirs.get(leaver.staff_id) ?? 0 },
      });
    },
  };
}
