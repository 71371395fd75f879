import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso, type ListQuery } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ReviewProfile } from './review.entity';
import { reviewError } from './review.errors';
import type { NewProfile, ProfileView } from './review.schema';

export type ReviewProfiles = ReturnType<typeof createReviewProfiles>;

/** Sampling profiles. A change counts from the next period on: what is committed stays as it was committed. */
export function createReviewProfiles({ db, audit }: { db: Database; audit: Pick<AuditService, 'record'> }) {
  async function find(id: string): Promise<ReviewProfile> {
    const [row] = await db.query<ReviewProfile>('SELECT * FROM archive_review_profile WHERE id = ?', [id]);
    if (!row) throw reviewError('profile_not_found', { id });
    return row;
  }

  const record = (done: string, id: string, { viewer, address }: By, detail: NewProfile): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `archive.review_profile_${done}`, target: `review_profile:${id}` },
      ...{ result: 'ok', address, detail },
    });

  return {
    /** Oldest first. @throws paging.bad_cursor */
    async list({ limit, cursor }: ListQuery): Promise<Page<ProfileView>> {
      const sql = 'SELECT * FROM archive_review_profile WHERE id > ? ORDER BY id LIMIT ?';
      const rows = await db.query<ReviewProfile>(sql, [cursor === undefined ? '' : textIn(cursor), limit + 1]);
      return toPage(rows, limit, ({ id }) => [id], profileView);
    },

    async create(body: NewProfile, by: By): Promise<ProfileView> {
      const [id, at] = [newId(), db.now()];
      const columns = ['id', 'name', 'period', 'rules', 'active', 'version', 'created_by', 'created_at', 'updated_at'];
      const rules = JSON.stringify(body.rules);
      const row = [id, body.name, body.period, rules, body.active, 1, actorOf(by.viewer), at, at];
      await db.transact(async () => {
        await insertRows(db, { table: 'archive_review_profile', columns }, [row]);
        await record('created', id, by, body);
      });
      return profileView(await find(id));
    },

    /** @throws review.profile_not_found, http.stale_version */
    async change(id: string, { version, ...body }: NewProfile & { version: number }, by: By): Promise<ProfileView> {
      await find(id);
      const { name, period, rules, active } = body;
      await db.transact(async () => {
        const sql = `UPDATE archive_review_profile SET name = ?, period = ?, rules = ?, active = ?, updated_at = ?,
          version = version + 1 WHERE id = ? AND version = ?`;
        const values = [name, period, JSON.stringify(rules), active, db.now(), id, version];
        if ((await db.execute(sql, values)) !== 1) throw httpError('stale_version');
        await record('changed', id, by, body);
      });
      return profileView(await find(id));
    },
  };
}

const profileView = ({ id, name, period, version, ...row }: ReviewProfile): ProfileView => ({
  ...{ id, name, period, version, rules: JSON.parse(row.rules), active: Boolean(row.active) },
  ...{ created_at: iso(toDate(row.created_at)), updated_at: iso(toDate(row.updated_at)) },
});
