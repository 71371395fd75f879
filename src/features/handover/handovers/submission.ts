import { minutes, seconds } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Database } from '../../../db/database';
import type { TransferApi } from '../../../wecom';
import { isErrcode, WecomError, WecomFault, WecomUnreachable } from '../../../wecom/errors';
import { answerOf, groupAnswerOf } from './answers';
import type { Batch, Batches } from './batches';
import type { CallStore } from './calls.store';
import type { Handover, ItemKind } from './handovers.entity';
import type { Item, Outcome } from './item-rows';
import type { ItemStore } from './items.store';

/** In whose name something is done to a handover: a run that a person started, or the watch over all of them. */
export interface Hands {
  readonly signal: AbortSignal;
  /** Writes what was learnt, unless somebody else has taken over. */
  step<T>(work: () => Promise<T>): Promise<T>;
}

/** How WeCom is asked: whoever is told to wait for long gives way to other handovers. */
export const asking = ({ signal }: Pick<Hands, 'signal'>) =>
  ({ lane: 'bulk', signal, patienceMs: minutes(2) }) as const;

/** The intent, and what it is about. */
interface Asked {
  id: number;
  items: Item[];
}

/** What came of asking. `unheard`: perhaps WeCom did it. */
type Answer =
  | { kind: 'answered'; errcodes: ReadonlyMap<string, number> }
  | { kind: 'refused'; errcode: number }
  | { kind: 'unheard'; error: string; isAnswer: boolean }
  | { kind: 'not_sent'; error: unknown };

interface Deps {
  db: Database;
  api: Pick<TransferApi, 'customers' | 'groupChats'>;
  items: ItemStore;
  calls: CallStore;
  batches: Pick<Batches, 'of'>;
  lookupMs: number;
}

const busyMs = seconds(2);

export type Submission = ReturnType<typeof createSubmission>;

/**
 * Hands items to WeCom: the intent is written before, the answer after, and what nobody heard the answer to stays
 * unknown until it is looked up (E3).
 */
export function createSubmission({ db, api, items, calls, batches, lookupMs }: Deps) {
  /** Must run inside a transaction. @returns undefined when none of them is left to submit */
  async function intend(handover: Handover, batch: Batch): Promise<Asked | undefined> {
    const taken = await items.active(batch.items.map(({ pair_key }) => pair_key));
    const elsewhere = batch.items.filter(({ pair_key }) => taken.has(pair_key));
    const outcome = { state: 'failed', step: 'failed', reason: 'in_another_handover' } as const;
    await items.settle(alike(elsewhere, outcome));
    const free = batch.items.filter(({ pair_key }) => !taken.has(pair_key));
    if (free.length === 0) return undefined;
    const id = await calls.intend({
      ...{ handover_id: handover.id, kind: batch.kind, resigned: batch.resigned, items: free.length },
      ...{ from_staff_id: batch.from?.id ?? null, to_staff_id: batch.to.id },
      look_at: new Date(db.now().getTime() + lookupMs),
    });
    const submitted = await items.submit(
      free.map((item) => item.id),
      { id, toStaffId: batch.to.id, resigned: batch.resigned },
    );
    // Somebody cancelled or assigned some of them just now: those that are left are read again.
    const still: Item[] =
      submitted === free.length
        ? free.map((item) => ({ ...item, state: 'submitted', resigned: batch.resigned }))
        : await items.where([['i.call_id = ?', id]]);
    await items.addSteps(still, { state: 'submitted', step: 'submitted' }, { callId: id });
    if (still.length > 0) return { id, items: still };
    await calls.end(id, 'answered');
    return undefined;
  }

  async function ask({ message }: Handover, batch: Batch, ids: string[], hands: Hands): Promise<Answer> {
    const { kind, resigned, to } = batch;
    // What is not sent can still be held back, so it does not wait where nobody sees it.
    const options = { ...asking(hands), patienceMs: 0 };
    try {
      if (kind === 'group_chat') {
        const failed = await api.groupChats({ chat_ids: ids, to: to.userid, resigned }, options);
        return { kind: 'answered', errcodes: new Map(failed.map(({ chat_id, errcode }) => [chat_id, errcode])) };
      }
      const pair = { from: batch.from?.userid ?? '', to: to.userid, resigned };
      const order = { ...pair, external_userids: ids, message: message ?? undefined };
      const rows = await api.customers(order, options);
      return { kind: 'answered', errcodes: new Map(rows.map((row) => [row.external_userid, row.errcode])) };
    } catch (error) {
      return faultOf(error);
    }
  }

  /** Must run inside a transaction. */
  async function record(call: Asked, answer: Answer): Promise<void> {
    if (answer.kind === 'answered' || answer.kind === 'refused') return recordAnswer(call, answer);
    const cause = { callId: call.id };
    if (answer.kind === 'not_sent') {
      await calls.end(call.id, 'answered', { error: messageOf(answer.error) });
      return items.settle(alike(call.items, { state: 'planned', step: 'postponed' }), cause);
    }
    // What was answered is done or not in a moment; what was not may still be on its way.
    const lookAt = new Date(db.now().getTime() + (answer.isAnswer ? Math.min(busyMs, lookupMs) : lookupMs));
    await calls.lose(call.id, lookAt, answer.error);
    return items.settle(alike(call.items, { state: 'unknown', step: 'unheard' }), cause);
  }

  async function recordAnswer(call: Asked, answer: Answer & { kind: 'answered' | 'refused' }): Promise<void> {
    const now = db.now();
    const errcodeOf = (id: string) => (answer.kind === 'refused' ? answer.errcode : answer.errcodes.get(id));
    const settled = call.items.map((item) => {
      const said = item.kind === 'group_chat' ? groupAnswerOf : answerOf;
      return { item, outcome: said(item, errcodeOf(item.subject_id), now) };
    });
    await items.settle(settled, { callId: call.id });
    const isOpen = settled.some(({ outcome }) => outcome.state === 'unknown');
    if (isOpen) return calls.lose(call.id, now, 'WeCom says that some are under way, or says nothing of them');
    await calls.end(call.id, 'answered', answer.kind === 'refused' ? { errcode: answer.errcode } : {});
  }

  /** @returns when WeCom takes what is of this kind again; undefined when it took it */
  async function send(handover: Handover, batch: Batch, hands: Hands): Promise<Date | undefined> {
    const call = await hands.step(() => intend(handover, batch));
    if (!call) return undefined;
    failpoint('handover.intended');
    const ids = call.items.map((item) => item.subject_id);
    const answer = await ask(handover, batch, ids, hands);
    failpoint('handover.asked');
    await hands.step(() => record(call, answer));
    failpoint('handover.recorded');
    if (answer.kind !== 'not_sent') return undefined;
    const { error } = answer;
    if (!(error instanceof WecomFault) || error.retryAfterMs === undefined) throw error;
    return new Date(db.now().getTime() + error.retryAfterMs);
  }

  return {
    /** Whether something planned may go out now. */
    isDue: async (handover: Handover): Promise<boolean> => (await batches.of(handover)).length > 0,

    /**
     * Submits what is planned and due. Where WeCom asks to wait, all of that kind is put off until then.
     * @throws what else kept a call from being sent: later is another try
     */
    async submit(handover: Handover, hands: Hands): Promise<void> {
      const blocked = new Set<ItemKind>();
      for (const batch of await batches.of(handover)) {
        hands.signal.throwIfAborted();
        const until = blocked.has(batch.kind) ? undefined : await send(handover, batch, hands);
        if (until === undefined) continue;
        await hands.step(() => items.putOff(handover.id, batch.kind, until));
        blocked.add(batch.kind);
      }
    },
  };
}

const alike = (items: readonly Item[], outcome: Outcome) => items.map((item) => ({ item, outcome }));

/** -1 says that WeCom is busy, not that it did nothing. An open circuit and a full budget send nothing. */
function faultOf(error: unknown): Answer {
  if (error instanceof WecomUnreachable) {
    if (error.retryAfterMs !== undefined) return { kind: 'not_sent', error };
    return { kind: 'unheard', error: messageOf(error), isAnswer: false };
  }
  if (!(error instanceof WecomError)) return { kind: 'unheard', error: messageOf(error), isAnswer: false };
  if (error.class === 'permanent' || error.class === 'noop') return { kind: 'refused', errcode: error.errcode };
  if (error.class === 'retry' && !isErrcode(error, [45033]))
    return { kind: 'unheard', error: messageOf(error), isAnswer: true };
  return { kind: 'not_sent', error };
}
