import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ConversationViews } from '../conversations';
import type { ArchiveReview, ReviewState } from './review.entity';
import { reviewError } from './review.errors';
import type { DecisionBody, NewReview, OpenedReview, ReviewView } from './review.schema';
import type { ReviewStore, Step } from './review.store';
import type { ReviewViews } from './reviews.views';
import type { Recheck } from './second-line';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  store: ReviewStore;
  views: ReviewViews;
  conversations: Pick<ConversationViews, 'get' | 'messages'>;
  recheck: Recheck;
}

/** Somebody may take it: nobody has it, or it waits for another's judgement. */
const claimable: readonly ReviewState[] = ['unreviewed', 'question', 'escalated'];

export type Reviews = ReturnType<typeof createReviews>;

/** What reviewers do with an item. Each act, its evidence and its audit row are one transaction (A14, A1). */
export function createReviews({ db, audit, store, views, conversations, recheck }: Deps) {
  const record = (act: Step['act'], item: Pick<ArchiveReview, 'id'>, { viewer, address }: By, detail: object) =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `archive.review_${act}`, target: `review:${item.id}`, result: 'ok' },
      ...{ address, detail },
    });

  /** The item in the hands of the viewer. @throws review.not_found, not_yours, wrong_state */
  async function inHand(id: string, viewer: Viewer): Promise<ArchiveReview> {
    const item = await views.known(id, viewer);
    if (item.state !== 'claimed') throw reviewError('wrong_state', { state: item.state });
    if (item.assignee !== actorOf(viewer)) throw reviewError('not_yours');
    return item;
  }

  interface Judgement {
    act: 'decided' | 'escalated';
    to: ReviewState;
    comment: string | undefined;
    tags: string[];
  }

  async function judge(id: string, { act, to, comment, tags }: Judgement, by: By): Promise<ReviewView> {
    const actor = actorOf(by.viewer);
    const item = await inHand(id, by.viewer);
    await db.transact(async () => {
      const set = { tags: JSON.stringify(tags), decided_by: actor, decided_at: db.now(), assignee: null };
      if (!(await store.move(id, { from: ['claimed'], to, set, where: ['assignee = ?', actor] }))) {
        throw reviewError('wrong_state');
      }
      await store.note({ review_id: id, act, state: to, actor, comment, tags });
      const { message_id, conversation_id } = item;
      await record(act, item, by, { outcome: to, message_id: Number(message_id), conversation_id, tags });
      if (to === 'clean') await recheck(item);
    });
    return views.get(id, by.viewer);
  }

  /** What the body names, which the viewer must see. @throws conversation.not_found, message_not_found */
  async function targetOf(body: NewReview, viewer: Viewer): Promise<number> {
    if ('conversation_id' in body) {
      await conversations.get(body.conversation_id, viewer);
      return views.newestIn(body.conversation_id);
    }
    const messageId = Number(body.message_id);
    await conversations.get(await views.conversationOf(messageId), viewer);
    return messageId;
  }

  return {
    /** @throws conversation.not_found, conversation.message_not_found */
    async add(body: NewReview, by: By): Promise<ReviewView> {
      const messageId = await targetOf(body, by.viewer);
      const actor = actorOf(by.viewer);
      const origin = `manual:${messageId}:${actor}:${db.now().getTime()}`;
      const id = await db.transact(async () => {
        const item = { origin, queue: 'manual' as const, messageId, reason: body.reason, by: actor };
        const [added] = await store.add([item]);
        if (added === undefined) throw reviewError('not_found');
        await store.note({ review_id: added, act: 'added', state: 'unreviewed', actor, comment: body.reason });
        await record('added', { id: added }, by, { message_id: messageId });
        return added;
      });
      return views.getAdded(id);
    },

    /**
     * The item with what stands around its message. That it was shown, and what of it, is committed before the answer.
     * @throws review.not_found
     */
    async open(id: string, { context }: { context: number }, by: By): Promise<OpenedReview> {
      const item = await views.known(id, by.viewer);
      const around = { around: String(item.message_id), order: 'asc' as const, limit: context };
      const { items } = await conversations.messages(item.conversation_id, around, by);
      const shown = items.map((message) => message.id);
      await db.transact(async () => {
        const actor = actorOf(by.viewer);
        await store.note({ review_id: id, act: 'opened', state: item.state, actor, shown });
        await record('opened', item, by, { messages: shown });
      });
      return views.opened(item, items);
    },

    /** Of two who claim at once one gets it. @throws review.not_found, wrong_state, second_person */
    async claim(id: string, by: By): Promise<ReviewView> {
      const item = await views.known(id, by.viewer);
      const actor = actorOf(by.viewer);
      if (!claimable.includes(item.state)) throw reviewError('wrong_state', { state: item.state });
      if (await views.needsAnother(item, actor)) throw reviewError('second_person');
      await db.transact(async () => {
        const set = { assignee: actor, claimed_at: db.now() };
        if (!(await store.move(id, { from: [item.state], to: 'claimed', set }))) throw reviewError('wrong_state');
        await store.note({ review_id: id, act: 'claimed', state: 'claimed', actor });
        await record('claimed', item, by, {});
      });
      return views.get(id, by.viewer);
    },

    /** Back to where it was claimed from. @throws review.not_found, not_yours, wrong_state */
    async release(id: string, { comment }: { comment?: string | undefined }, by: By): Promise<ReviewView> {
      const item = await inHand(id, by.viewer);
      const actor = actorOf(by.viewer);
      const to = await views.stateBefore(id);
      await db.transact(async () => {
        const set = { assignee: null, claimed_at: null };
        if (!(await store.move(id, { from: ['claimed'], to, set, where: ['assignee = ?', actor] }))) {
          throw reviewError('wrong_state');
        }
        await store.note({ review_id: id, act: 'released', state: to, actor, comment });
        await record('released', item, by, {});
      });
      return views.get(id, by.viewer);
    },

    /** @throws review.not_found, not_yours, wrong_state, comment_needed */
    async decide(id: string, { outcome, comment, tags }: DecisionBody, by: By): Promise<ReviewView> {
      if (outcome !== 'clean' && comment === undefined) throw reviewError('comment_needed');
      return judge(id, { act: 'decided', to: outcome, comment, tags }, by);
    },

    /** Hands it on to somebody else. @throws review.not_found, not_yours, wrong_state */
    escalate: (id: string, { comment, tags }: { comment: string; tags: string[] }, by: By): Promise<ReviewView> =>
      judge(id, { act: 'escalated', to: 'escalated', comment, tags }, by),
  };
}
