import { groupBy } from '../../../core/collections';
import { type Page, textIn, toPage } from '../../../core/paging';
import { inChunks } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso, isoOrNull } from '../../../http/schema';
import type { ScopeService } from '../../kernel/scope';
import type { ConversationViews, MessageView } from '../conversations';
import { actorNames, type Names } from './actors';
import type { ArchiveReview, ArchiveReviewStep, ReviewState } from './review.entity';
import { reviewError } from './review.errors';
import type { OpenedReview, ReviewQuery, ReviewView } from './review.schema';

/** A word of a list that a message holds. */
export interface Hit {
  message_id: number;
  list_id: string;
  /** Of the list: the version it had then, and the word's place in it, from 0. */
  version: number;
  word: number;
  /** Where in the message: empty, or the path of the nested item. */
  path: string;
}

/** What the word scanner found. */
export interface Hits {
  /** Above `after` in the order they were found, for the queue. */
  found(after: number, limit: number): Promise<{ id: number; message_id: number }[]>;
  of(messageIds: readonly number[]): Promise<Hit[]>;
}

interface Deps {
  db: Database;
  conversations: Pick<ConversationViews, 'within'>;
  scopes: Pick<ScopeService, 'barred'>;
  hits: Pick<Hits, 'of'>;
  audit: Names;
}

type Row = ArchiveReview & { profile_id: string | null };

const from = `FROM archive_review r JOIN archive_conversation c ON c.id = r.conversation_id
  LEFT JOIN archive_sample a ON a.id = r.sample_id`;

export type ReviewViews = ReturnType<typeof createReviewViews>;

/** Items as a viewer sees them: those in their reach which concern neither them nor anybody above them. */
export function createReviewViews({ db, conversations, scopes, hits, audit }: Deps) {
  async function visibleTo(viewer: Viewer): Promise<Condition[]> {
    const limit = await conversations.within(viewer, 'c');
    return [concernsNone('r', await scopes.barred(viewer)), ...(limit ? [limit] : [])];
  }

  async function show(rows: Row[]): Promise<ReviewView[]> {
    const subjects = await inChunks(
      rows.map(({ id }) => id),
      (chunk) =>
        db.query<{ review_id: string; userid: string }>(
          `SELECT review_id, userid FROM archive_review_subject
           WHERE review_id IN (${placeholders(chunk.length)}) ORDER BY userid`,
          chunk,
        ),
    );
    const of = groupBy(subjects, ({ review_id }) => review_id);
    const who = await actorNames(
      audit,
      rows.flatMap(({ assignee, created_by, decided_by }) => [assignee, created_by, decided_by]),
    );
    return rows.map((row) => ({
      ...{ id: row.id, queue: row.queue, state: row.state, profile_id: row.profile_id, rechecks: row.rechecks },
      ...{ message_id: String(row.message_id), conversation_id: row.conversation_id },
      subjects: (of.get(row.id) ?? []).map(({ userid }) => userid),
      assignee: row.assignee === null ? null : who(row.assignee),
      claimed_at: isoOrNull(toDateOrNull(row.claimed_at)),
      ...{ reason: row.reason, tags: JSON.parse(row.tags), created_by: who(row.created_by) },
      ...{ created_at: iso(toDate(row.created_at)), due_at: iso(toDate(row.due_at)) },
      overdue: !isFinal(row.state) && toDate(row.due_at) < db.now(),
      decided_by: row.decided_by === null ? null : who(row.decided_by),
      decided_at: isoOrNull(toDateOrNull(row.decided_at)),
    }));
  }

  async function rowsWhere(conditions: readonly Condition[], limit = 1): Promise<Row[]> {
    const { where, params } = allOf(conditions);
    const sql = `SELECT r.*, a.profile_id ${from} WHERE ${where} ORDER BY r.id DESC LIMIT ?`;
    return db.query<Row>(sql, [...params, limit]);
  }

  async function known(id: string, viewer: Viewer): Promise<Row> {
    const [row] = await rowsWhere([['r.id = ?', id], ...(await visibleTo(viewer))]);
    if (!row) throw reviewError('not_found', { id });
    return row;
  }

  async function stepsOf(id: string): Promise<OpenedReview['steps']> {
    const sql = 'SELECT * FROM archive_review_step WHERE review_id = ? ORDER BY id';
    const rows = await db.query<ArchiveReviewStep>(sql, [id]);
    const who = await actorNames(
      audit,
      rows.map(({ actor }) => actor),
    );
    return rows.map(({ act, state, actor, at, comment, tags, shown }) => ({
      ...{ act, state, by: who(actor), at: iso(toDate(at)), comment },
      ...{ tags: JSON.parse(tags ?? '[]'), shown: JSON.parse(shown ?? '[]') },
    }));
  }

  /** Those who judged it before, and those who judged what it looks at again. */
  async function judgesOf({ id, rechecks }: Pick<ArchiveReview, 'id' | 'rechecks'>): Promise<Set<string>> {
    const rows = await db.query<{ actor: string }>(
      `SELECT DISTINCT actor FROM archive_review_step WHERE review_id IN (?, ?) AND act IN ('decided', 'escalated')`,
      [id, rechecks ?? id],
    );
    return new Set(rows.map(({ actor }) => actor));
  }

  return {
    /** @throws review.not_found, also for one that is none of the viewer's business */
    known,

    get: async (id: string, viewer: Viewer): Promise<ReviewView> => one(await show([await known(id, viewer)])),

    /** To whoever added it, though they may not be the one to look at it. */
    getAdded: async (id: string): Promise<ReviewView> => one(await show(await rowsWhere([['r.id = ?', id]]))),

    async opened(item: ArchiveReview, messages: MessageView[]): Promise<OpenedReview> {
      const found = await hits.of(messages.map(({ id }) => Number(id)));
      return {
        ...one(await show(await rowsWhere([['r.id = ?', item.id]]))),
        ...{ steps: await stepsOf(item.id), messages },
        hits: found.map((hit) => ({ ...hit, message_id: String(hit.message_id) })),
      };
    },

    /** Newest first. @throws paging.bad_cursor */
    async list(query: ReviewQuery, viewer: Viewer): Promise<Page<ReviewView>> {
      const rows = await rowsWhere([...conditionsOf(query, viewer), ...(await visibleTo(viewer))], query.limit + 1);
      const { items, next_cursor } = toPage(
        rows,
        query.limit,
        ({ id }) => [id],
        (row) => row,
      );
      return { items: await show(items), next_cursor };
    },

    /** The second line and what was escalated are for others than those who judged; a question may go on with anybody. */
    async needsAnother(item: ArchiveReview, actor: string): Promise<boolean> {
      if (item.state !== 'escalated' && item.queue !== 'second_line') return false;
      return (await judgesOf(item)).has(actor);
    },

    /** The state a claimed item was claimed from. */
    async stateBefore(id: string): Promise<ReviewState> {
      const [row] = await db.query<{ state: ReviewState }>(
        `SELECT state FROM archive_review_step WHERE review_id = ? AND act IN ('decided', 'escalated')
         ORDER BY id DESC LIMIT 1`,
        [id],
      );
      return row?.state ?? 'unreviewed';
    },

    /** @throws review.not_found */
    async newestIn(conversationId: string): Promise<number> {
      const sql = 'SELECT last_message_id AS id FROM archive_conversation WHERE id = ?';
      return Number(one(await db.query<{ id: unknown }>(sql, [conversationId])).id);
    },

    /** @throws review.not_found */
    async conversationOf(messageId: number): Promise<string> {
      const sql = 'SELECT conversation_id AS id FROM archive_message WHERE id = ?';
      return one(await db.query<{ id: string }>(sql, [messageId])).id;
    },
  };
}

/** Items (`alias`) that concern none of them. */
const concernsNone = (alias: string, userids: readonly string[]): Condition =>
  userids.length === 0
    ? ['1 = 1']
    : [
        `NOT EXISTS (SELECT 1 FROM archive_review_subject x
           WHERE x.review_id = ${alias}.id AND x.userid IN (${placeholders(userids.length)}))`,
        ...userids,
      ];

const isFinal = (state: ReviewState): boolean => state === 'clean' || state === 'violation';

function one<T>([first]: readonly T[]): T {
  if (first === undefined) throw reviewError('not_found');
  return first;
}

function conditionsOf({ cursor, queue, state, assignee, ...more }: ReviewQuery, viewer: Viewer): Condition[] {
  const mine = assignee === 'me' ? actorOf(viewer) : assignee;
  return [
    ...(cursor === undefined ? [] : [['r.id < ?', textIn(cursor)] as const]),
    ...(queue === undefined ? [] : [['r.queue = ?', queue] as const]),
    ...(state === undefined ? [] : [['r.state = ?', state] as const]),
    ...(mine === undefined ? [] : [['r.assignee = ?', mine] as const]),
    ...(more.profile_id === undefined ? [] : [['a.profile_id = ?', more.profile_id] as const]),
    ...(more.userid === undefined
      ? []
      : [['r.id IN (SELECT u.review_id FROM archive_review_subject u WHERE u.userid = ?)', more.userid] as const]),
  ];
}
