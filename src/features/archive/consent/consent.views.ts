import { encodeCursor, type Page, pagingError } from '../../../core/paging';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ScopeService } from '../../kernel/scope';
import type { ArchiveConsent, ArchiveConsentNow } from './consent.entity';
import type { ConsentQuery, ConsentView, HistoryView } from './consent.schema';
import { partyNames } from './names.report';

/** Who agreed to the archive and who did not, inside a viewer's reach. */
export function createConsentViews({ db, scopes }: { db: Database; scopes: ScopeService }) {
  /** Single chats by the member of staff, group chats by who is in them. */
  async function reach(viewer: Viewer): Promise<Condition[]> {
    const scope = await scopes.of(viewer);
    const [single, groups] = [scope.userid('c.userid'), scope.groupChats('g')];
    if (!single || !groups) return [];
    const [own, ...params] = single;
    const [inGroup, ...more] = groups;
    const sql = `(${own} OR c.chat_id IN (SELECT g.chat_id FROM group_chat g WHERE ${inGroup}))`;
    return [[sql, ...params, ...more]];
  }

  return {
    /** By external contact. @throws paging.bad_cursor */
    async list({ limit, cursor, ...filter }: ConsentQuery, viewer: Viewer): Promise<Page<ConsentView>> {
      const { where, params } = allOf([
        ...conditionsOf(filter),
        ...(cursor === undefined ? [] : [afterOf(cursor)]),
        ...(await reach(viewer)),
      ]);
      const rows = await db.query<ArchiveConsentNow>(
        `SELECT c.* FROM archive_consent_now c WHERE ${where}
         ORDER BY c.external_userid, c.userid, c.chat_id LIMIT ?`,
        [...params, limit + 1],
      );
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const namesOf = await partyNames(db, shown);
      return {
        items: shown.map((row) => ({
          ...{ ...answerView(row), ...namesOf(row), checked_at: iso(toDate(row.checked_at)) },
        })),
        next_cursor:
          rows.length > limit && last ? encodeCursor([last.external_userid, last.userid, last.chat_id]) : null,
      };
    },

    /** Every change of one person's consent, newest first, at most 1,000. */
    async history(externalUserid: string, viewer: Viewer): Promise<HistoryView> {
      const { where, params } = allOf([['c.external_userid = ?', externalUserid], ...(await reach(viewer))]);
      const sql = `SELECT c.* FROM archive_consent c WHERE ${where} ORDER BY c.id DESC LIMIT 1000`;
      const rows = await db.query<ArchiveConsent>(sql, params);
      return {
        items: rows.map((row) => ({ ...answerView(row), recorded_at: iso(toDate(row.recorded_at)) })),
        next_cursor: null,
      };
    },
  };
}

const answerView = (row: Omit<ArchiveConsent, 'id' | 'recorded_at'>) => ({
  ...{ userid: row.userid || null, external_userid: row.external_userid, chat_id: row.chat_id || null },
  ...{ status: row.status, changed_at: isoOrNull(toDateOrNull(row.changed_at)), source: row.source },
});

function conditionsOf({
  userid,
  external_userid,
  chat_id,
  state,
}: Omit<ConsentQuery, 'limit' | 'cursor'>): Condition[] {
  return [
    ...(userid === undefined ? [] : [['c.userid = ?', userid] as const]),
    ...(external_userid === undefined ? [] : [['c.external_userid = ?', external_userid] as const]),
    ...(chat_id === undefined ? [] : [['c.chat_id = ?', chat_id] as const]),
    ...(state === undefined ? [] : [['c.status = ?', state] as const]),
  ];
}

/** @throws paging.bad_cursor */
function afterOf(cursor: string): Condition {
  const parts = partsOf(cursor);
  const [external, userid, chat] = parts;
  if (external === undefined || userid === undefined || chat === undefined) throw pagingError('bad_cursor');
  return [
    `(c.external_userid > ? OR (c.external_userid = ? AND (c.userid > ? OR (c.userid = ? AND c.chat_id > ?))))`,
    ...[external, external, userid, userid, chat],
  ];
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts;
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw pagingError('bad_cursor');
}
