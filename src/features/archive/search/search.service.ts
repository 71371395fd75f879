import { counterIn, encodeCursor, type Page } from '../../../core/paging';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { AuditService } from '../../kernel/audit';
import type {
  ConversationViews,
  FoundMessage,
  Looking,
  MessageReader,
  SearchQuery,
  StoredMessage,
} from '../conversations';
import { filtersOf } from './filters.report';
import { type Candidates, rowsOf, walk } from './finding';
import { createHighlighter, createMatcher, type Highlight, placedTexts } from './matching';
import type { SearchIndex } from './message-index';
import { parseQuery, type SearchTerms } from './query';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  reader: Pick<MessageReader, 'read'>;
  views: Pick<ConversationViews, 'show' | 'withinEach'>;
  index: SearchIndex;
}

type Hit = { id: number; hit: { stored: StoredMessage; highlights: Highlight[] } };

export type MessageSearch = ReturnType<typeof createMessageSearch>;

/**
 * Finds messages inside the viewer's scope. Every hit is looked at in the text itself, and nothing is answered before the
 * row in the audit trail is committed that says who looked for what and saw which messages (S16, A11).
 */
export function createMessageSearch({ db, audit, reader, views, index }: Deps) {
  /** Where hits may be: in the index, or where it does not answer, in every row that the filters leave. */
  async function candidatesFor(terms: SearchTerms | undefined, where: Condition | null): Promise<Candidates> {
    if (!terms || !(await index.isReady())) return rowsOf(db, where);
    return (query) => index.find(terms.wanted, { ...query, where });
  }

  /** By the filters alone: every candidate is a hit. */
  const asTheyAre = async (ids: number[]): Promise<Hit[]> =>
    (await reader.read(ids)).map((stored) => ({ id: stored.id, hit: { stored, highlights: [] } }));

  function confirming(terms: SearchTerms) {
    const isHit = createMatcher(terms);
    const highlight = createHighlighter(terms);
    return async (ids: number[]): Promise<Hit[]> => {
      const [found, more] = await Promise.all([reader.read(ids), index.moreTexts(ids)]);
      return found.flatMap((stored) => {
        const { id, opened } = stored;
        const texts = opened ? placedTexts(opened.message, more.get(id)) : [];
        return isHit(texts) ? [{ id, hit: { stored, highlights: highlight(texts) } }] : [];
      });
    };
  }

  async function newest(): Promise<number> {
    const [row] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM archive_message');
    return Number(row?.id ?? 0);
  }

  /** Only what the terms leave need be opened twice over; a page without terms is just what is shown. */
  const askedAtOnce = (terms: SearchTerms | undefined, limit: number): number =>
    terms ? Math.max(limit + 1, leastAtOnce) : limit + 1;

  return {
    /**
     * One page, newest first. A page may be short of its limit, or empty, and yet lead on: a request looks through no
     * more than it should cost.
     * @throws search.term_too_short, search.only_exclusions, search.too_many_terms, paging.bad_cursor
     */
    async find(query: SearchQuery, { viewer, address }: Looking): Promise<Page<FoundMessage>> {
      const { q, limit, cursor, ...filters } = query;
      const terms = q === undefined ? undefined : parseQuery(q);
      const below = cursor === undefined ? (await newest()) + 1 : counterIn(cursor);
      const where = await filtersOf(db, query, await views.withinEach(viewer, 'm.conversation_id'));
      const { hits, next } = await walk({
        candidates: await candidatesFor(terms, where),
        confirm: terms ? confirming(terms) : asTheyAre,
        ...{ limit, below, atOnce: askedAtOnce(terms, limit) },
        without: await index.windows.outside(dateOf(query.from), dateOf(query.to)),
      });
      const shown = await views.show(hits.map(({ hit }) => hit.stored));
      const messages = hits.map(({ id }) => id);
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'archive.searched', target: 'archive:messages', result: 'ok', address },
        detail: { q, ...filters, count: messages.length, messages },
      });
      const items = shown.map((view, i) => ({ ...view, highlights: hits[i]?.hit.highlights ?? [] }));
      return { items, next_cursor: next === null ? null : encodeCursor([next]) };
    },
  };
}

const leastAtOnce = 50;
const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
