import { createLogger } from 'winston';
import { systemClock } from '../../../../src/core/clock';
import { type Database, toDate } from '../../../../src/db/database';
import { allEntities } from '../../../../src/entities';
import {
  createConversationViews,
  createMessageReader,
  type FoundMessage,
  type SearchQuery,
} from '../../../../src/features/archive/conversations';
import { createMessageSearch, createSearchIndex, type PlacedText } from '../../../../src/features/archive/search';
import { createAuditService } from '../../../../src/features/kernel/audit';
import { createScopes } from '../../../../src/features/kernel/scope';
import type { Viewer } from '../../../../src/http/permissions';
import { archiveAtTest } from '../../../support/archived';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest as vault } from '../../../support/vault';
import { aViewer } from '../../../support/viewers';

export const officer = aViewer(['compliance_officer']);

/** Search over a database of its own. */
export async function searchAtTest({ isKept = true } = {}) {
  const { db, close } = await openTestDatabase(allEntities);
  const reader = createMessageReader({ db, vault });
  const more = new Map<number, PlacedText[]>();
  const index = (kept: boolean) =>
    createSearchIndex({
      ...{ db, vault, reader, isKept: kept, logger: createLogger({ silent: true }) },
      moreTexts: async () => more,
    });
  const audit = createAuditService({
    ...{ db, clock: systemClock },
    evidence: { append: async () => undefined, sealed: async () => new Set() },
  });
  const views = createConversationViews({
    ...{ db, reader, audit, scopes: createScopes(db) },
    media: { of: async () => () => undefined },
  });
  const searchWith = (with_: ReturnType<typeof index>) =>
    createMessageSearch({ db, audit, reader, views, index: with_ });
  const kept = index(isKept);
  const search = searchWith(kept);
  const archive = archiveAtTest({ db, vault, sinks: [kept.sink] });

  async function find(query: Partial<SearchQuery>, viewer: Viewer = officer, limit = 200) {
    return search.find({ limit, ...query }, { viewer, address: '127.0.0.1' });
  }

  return {
    ...{ db, close, more, search, searchWith, archive, find, reader },
    index: kept,
    /** As another process finds the index. */
    freshIndex: () => index(true),
    /** Every hit over all pages. */
    async all(query: Partial<SearchQuery>, viewer: Viewer = officer, limit = 200): Promise<FoundMessage[]> {
      const items: FoundMessage[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await find({ ...query, ...(cursor ? { cursor } : {}) }, viewer, limit);
        items.push(...page.items);
        cursor = page.next_cursor;
      }
      return items;
    },
    async ids(query: Partial<SearchQuery>, viewer: Viewer = officer, limit = 200): Promise<number[]> {
      return (await this.all(query, viewer, limit)).map(({ id }) => Number(id));
    },
  };
}

export const sentAt = async (db: Database, id: number): Promise<Date> => {
  const [row] = await db.query<{ sent_at: unknown }>('SELECT sent_at FROM archive_message WHERE id = ?', [id]);
  return toDate(row?.sent_at);
};
