import { days } from '../../../core/clock';
import { newId } from '../../../core/ids';
import { maskPersonal } from '../../../core/mask';
import { inChunks, insertRows } from '../../../db/bulk';
import type { Condition } from '../../../db/conditions';
import { type Database, placeholders, type Value } from '../../../db/database';
import type { Evidence } from '../../kernel/evidence';
import { subjectsOf } from './population.report';
import { type ArchiveReview, ArchiveReviewStep, type ReviewState } from './review.entity';
import { reviewStream } from './review.stream';

/** How long an item may wait before it counts as late. */
const dueAfter = days(7);

interface NewItem {
  origin: string;
  queue: ArchiveReview['queue'];
  messageId: number;
  sampleId?: string;
  rechecks?: string;
  reason?: string;
  by: string;
}

export interface Step {
  review_id: string;
  act: 'added' | 'claimed' | 'released' | 'opened' | 'decided' | 'escalated';
  state: ReviewState;
  actor: string;
  comment?: string | undefined;
  tags?: readonly string[];
  shown?: readonly string[];
}

interface Move {
  from: readonly ReviewState[];
  to: ReviewState;
  set: Partial<Pick<ArchiveReview, 'assignee' | 'claimed_at' | 'tags' | 'decided_by' | 'decided_at'>>;
  /** What must hold beside the state. */
  where?: Condition;
}

const itemColumns = [
  ...['id', 'origin', 'queue', 'sample_id', 'rechecks', 'message_id', 'conversation_id', 'state', 'reason', 'tags'],
  ...['created_by', 'created_at', 'due_at'],
];

export type ReviewStore = ReturnType<typeof createReviewStore>;

/** The rows of items and of what was done with them. Everything that writes is called inside a transaction. */
export function createReviewStore({ db, evidence }: { db: Database; evidence: Pick<Evidence, 'append'> }) {
  return {
    find: (id: string): Promise<ArchiveReview | undefined> =>
      db.query<ArchiveReview>('SELECT * FROM archive_review WHERE id = ?', [id]).then(([row]) => row),

    /** Those that are not there yet, as unreviewed; a message nobody has is left out. @returns their ids */
    async add(items: readonly NewItem[]): Promise<string[]> {
      const found = await subjectsOf(db, [...new Set(items.map(({ messageId }) => messageId))]);
      const subjects = new Map(found.map((one) => [one.message_id, one]));
      const known = await originsAmong(db, items);
      const at = db.now();
      const due = new Date(at.getTime() + dueAfter);
      const rows = items.flatMap((item) => {
        const subject = subjects.get(item.messageId);
        return subject && !known.has(item.origin) ? [{ ...subject, item, id: newId() }] : [];
      });
      await insertRows(
        db,
        { table: 'archive_review', columns: itemColumns },
        rows.map(({ id, item, conversation_id }) => [
          ...[id, item.origin, item.queue, item.sampleId ?? null, item.rechecks ?? null, item.messageId],
          ...[conversation_id, 'unreviewed', item.reason ? maskPersonal(item.reason).slice(0, 255) : null, '[]'],
          ...[item.by, at, due],
        ]),
      );
      const named = rows.flatMap(({ id, userids }) => userids.map((userid) => [id, userid]));
      await insertRows(db, { table: 'archive_review_subject', columns: ['review_id', 'userid'] }, named);
      return rows.map(({ id }) => id);
    },

    /** Evidence: the row and its place in the chain. */
    async note({ review_id, act, state, actor, comment, tags, shown }: Step): Promise<void> {
      const { identifiers } = await db.em.getRepository(ArchiveReviewStep).insert({
        ...{ review_id, act, state, actor, at: db.now() },
        comment: comment === undefined ? null : maskPersonal(comment).slice(0, 500),
        tags: tags ? JSON.stringify(tags) : null,
        shown: shown ? JSON.stringify(shown) : null,
      });
      await evidence.append(reviewStream.name, [Number(identifiers[0]?.id)]);
    },

    /** One conditional UPDATE: of two at the same time one happens. @returns false when it does not stand there */
    async move(id: string, { from, to, set, where = ['1 = 1'] }: Move): Promise<boolean> {
      const columns = Object.keys(set);
      const [also, ...params] = where;
      const sql = `UPDATE archive_review SET ${['state', ...columns].map((column) => `${column} = ?`).join(', ')}
        WHERE id = ? AND state IN (${placeholders(from.length)}) AND ${also}`;
      return (await db.execute(sql, [to, ...(Object.values(set) as Value[]), id, ...from, ...params])) === 1;
    },
  };
}

async function originsAmong(db: Database, items: readonly NewItem[]): Promise<Set<string>> {
  const rows = await inChunks(
    items.map(({ origin }) => origin),
    (chunk) =>
      db.query<{ origin: string }>(
        `SELECT origin FROM archive_review WHERE origin IN (${placeholders(chunk.length)})`,
        chunk,
      ),
  );
  return new Set(rows.map(({ origin }) => origin));
}
