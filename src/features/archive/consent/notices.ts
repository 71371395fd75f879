import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import { confirmationsOf } from './confirmations.report';
import type { ArchiveNotice } from './consent.entity';
import { noticeError } from './consent.errors';
import type { ConfirmationQuery, ConfirmationView, NewNotice, NoticeView } from './consent.schema';

interface Listed {
  limit: number;
  cursor?: string | undefined;
}

type Row = ArchiveNotice & { mine: unknown; confirmed: unknown };

export type Notices = ReturnType<typeof createNotices>;

/** What staff are told of the archive, and that they have read it: each confirms for themselves alone. */
export function createNotices({ db, audit }: { db: Database; audit: Pick<AuditService, 'record'> }) {
  async function rowsWhere(conditions: readonly Condition[], viewer: Viewer, limit: number): Promise<Row[]> {
    const { where, params } = allOf(conditions);
    return db.query<Row>(
      `SELECT n.*, (SELECT MAX(c.confirmed_at) FROM archive_notice_confirmation c
           WHERE c.notice_id = n.id AND c.staff_id = ?) AS mine,
         (SELECT COUNT(*) FROM archive_notice_confirmation c WHERE c.notice_id = n.id) AS confirmed
       FROM archive_notice n WHERE ${where} ORDER BY n.id DESC LIMIT ?`,
      [viewer.staffId ?? '', ...params, limit],
    );
  }

  async function get(id: string, viewer: Viewer): Promise<NoticeView> {
    const [row] = await rowsWhere([['n.id = ?', id]], viewer, 1);
    if (!row) throw noticeError('not_found', { id });
    return noticeView(row);
  }

  const record = (done: string, id: string, { viewer, address }: By): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `archive.notice_${done}`, target: `notice:${id}`, result: 'ok', address },
    });

  return {
    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor }: Listed, viewer: Viewer): Promise<Page<NoticeView>> {
      const conditions: Condition[] = cursor === undefined ? [] : [['n.id < ?', textIn(cursor)]];
      return toPage(await rowsWhere(conditions, viewer, limit + 1), limit, ({ id }) => [id], noticeView);
    },

    async publish({ title, content }: NewNotice, by: By): Promise<NoticeView> {
      const id = newId();
      await db.transact(async () => {
        const columns = ['id', 'title', 'content', 'published_by', 'published_at'];
        const row = [id, title, content, actorOf(by.viewer), db.now()];
        await insertRows(db, { table: 'archive_notice', columns }, [row]);
        await record('published', id, by);
      });
      return get(id, by.viewer);
    },

    /** Once is enough: the first time counts. @throws notice.not_found, not_staff */
    async confirm(id: string, by: By): Promise<NoticeView> {
      const { viewer } = by;
      const notice = await get(id, viewer);
      if (viewer.kind !== 'account' || viewer.staffId === null) throw noticeError('not_staff');
      if (notice.confirmed_at !== null) return notice;
      await db.transact(async () => {
        const columns = ['notice_id', 'staff_id', 'account', 'confirmed_at'];
        const into = { table: 'archive_notice_confirmation', columns, onConflict: { keys: ['notice_id', 'staff_id'] } };
        await insertRows(db, into, [[id, viewer.staffId, actorOf(viewer), db.now()]]);
        await record('confirmed', id, by);
      });
      return get(id, viewer);
    },

    /** Members of staff, by userid, and when they confirmed. @throws notice.not_found, paging.bad_cursor */
    async confirmations(id: string, query: ConfirmationQuery, viewer: Viewer): Promise<Page<ConfirmationView>> {
      await get(id, viewer);
      return confirmationsOf(db, id, query);
    },
  };
}

const noticeView = ({ id, title, content, published_at, mine, confirmed }: Row): NoticeView => ({
  ...{ id, title, content, published_at: iso(toDate(published_at)) },
  ...{ confirmed_at: isoOrNull(toDateOrNull(mine)), confirmed: Number(confirmed) },
});
