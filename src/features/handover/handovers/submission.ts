import { seconds, shanghaiDay } from '../../../core/clock';
import { chunksOf, groupBy } from '../../../core/collections';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import { type Database, placeholders } from '../../../db/database';
import type { TransferApi } from '../../../wecom';
import { isErrcode, WecomError, WecomUnreachable } from '../../../wecom/errors';
import { answerOf, groupAnswerOf, tomorrow } from './answers';
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

/** What goes to WeCom in one call. */
interface Batch {
  kind: ItemKind;
  resigned: boolean;
  /** Of external contacts; group chats of several may go together. */
  from: { id: string; userid: string } | null;
  to: { id: string; userid: string };
  items: Item[];
}

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
  lookupMs: number;
}

/** WeCom takes so many to a call (wecom-contacts §14, §15), and of one owner so many group chats a day. */
const perCall = 100;
const groupsPerDay = 300;
const busyMs = seconds(2);
const options = (signal: AbortSignal) => ({ lane: 'bulk', signal }) as const;

export type Submission = ReturnType<typeof createSubmission>;

/**
 * Hands items to WeCom: the intent is written before, the answer after, and what nobody heard the answer to stays
 * unknown until it is looked up (E3).
 */
export function createSubmission({ db, api, items, calls, lookupMs }: Deps) {
  /** As few calls as can be: external contacts by giver and successor, group chats by successor. */
  async function batchesOf(handover: Handover): Promise<Batch[]> {
    const planned = await items.where(
      [
        ["i.handover_id = ? AND i.state = 'planned' AND i.to_staff_id IS NOT NULL", handover.id],
        ['(i.not_before IS NULL OR i.not_before <= ?)', db.now()],
      ],
      { order: 'i.kind, i.to_staff_id, i.from_staff_id, i.id' },
    );
    const today = await withinTheDay(planned);
    const groups = groupBy(today, (item) => {
      const from = item.kind === 'external_contact' ? item.from_staff_id : '';
      return `${item.kind} ${item.to_staff_id} ${from} ${item.departed_at !== null}`;
    });
    return [...groups.values()].flatMap((group) => [...chunksOf(group, perCall)].map(toBatch));
  }

  /** Without the group chats that are too many for their owner today: they wait for tomorrow. */
  async function withinTheDay(planned: Item[]): Promise<Item[]> {
    const groups = planned.filter(({ kind }) => kind === 'group_chat');
    if (groups.length === 0) return planned;
    const left = await leftToday([...new Set(groups.map((item) => item.from_staff_id))]);
    return planned.filter((item) => {
      if (item.kind !== 'group_chat') return true;
      const remaining = left.get(item.from_staff_id) ?? 0;
      left.set(item.from_staff_id, remaining - 1);
      return remaining > 0;
    });
  }

  async function leftToday(owners: string[]): Promise<Map<string, number>> {
    const midnight = new Date(`${shanghaiDay(db.now())}T00:00:00+08:00`);
    const rows = await db.query<{ from_staff_id: string; n: unknown }>(
      `SELECT from_staff_id, COUNT(*) AS n FROM handover_item
       WHERE from_staff_id IN (${placeholders(owners.length)}) AND kind = 'group_chat' AND submitted_at >= ?
         AND state <> 'planned' GROUP BY from_staff_id`,
      [...owners, midnight],
    );
    const used = new Map(rows.map(({ from_staff_id, n }) => [from_staff_id, Number(n)]));
    return new Map(owners.map((owner) => [owner, groupsPerDay - (used.get(owner) ?? 0)]));
  }

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

  async function ask({ message }: Handover, batch: Batch, ids: string[], signal: AbortSignal): Promise<Answer> {
    const { kind, resigned, to } = batch;
    try {
      if (kind === 'group_chat') {
        const failed = await api.groupChats({ chat_ids: ids, to: to.userid, resigned }, options(signal));
        return { kind: 'answered', errcodes: new Map(failed.map(({ chat_id, errcode }) => [chat_id, errcode])) };
      }
      const pair = { from: batch.from?.userid ?? '', to: to.userid, resigned };
      const order = { ...pair, external_userids: ids, message: message ?? undefined };
      const rows = await api.customers(order, options(signal));
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

  return {
    /** Whether something planned may go out now. */
    isDue: async (handover: Handover): Promise<boolean> => (await batchesOf(handover)).length > 0,

    /**
     * Submits what is planned and due.
     * @throws what kept a call from being sent: later is another try
     */
    async submit(handover: Handover, hands: Hands): Promise<void> {
      for (const batch of await batchesOf(handover)) {
        hands.signal.throwIfAborted();
        const call = await hands.step(() => intend(handover, batch));
        if (!call) continue;
        failpoint('handover.intended');
        const ids = call.items.map((item) => item.subject_id);
        const answer = await ask(handover, batch, ids, hands.signal);
        failpoint('handover.asked');
        await hands.step(() => record(call, answer));
        failpoint('handover.recorded');
        if (answer.kind === 'not_sent') throw answer.error;
      }
    },

    /** Tomorrow is another day for the group chats of an owner who has too many. */
    async putOff(handover: Handover, hands: Hands): Promise<void> {
      const planned = await items.where([
        ["i.handover_id = ? AND i.state = 'planned' AND i.kind = 'group_chat'", handover.id],
        ['i.to_staff_id IS NOT NULL AND (i.not_before IS NULL OR i.not_before <= ?)', db.now()],
      ]);
      if (planned.length === 0) return;
      const left = await leftToday([...new Set(planned.map((item) => item.from_staff_id))]);
      const late = planned.filter((item) => (left.get(item.from_staff_id) ?? 0) <= 0);
      const outcome: Outcome = {
        ...{ state: 'planned', step: 'postponed', notBefore: tomorrow(db.now()), detail: { limit: groupsPerDay } },
      };
      if (late.length > 0) await hands.step(() => items.settle(alike(late, outcome)));
    },
  };
}

const alike = (items: readonly Item[], outcome: Outcome) => items.map((item) => ({ item, outcome }));

function toBatch(items: Item[]): Batch {
  const [first] = items as [Item];
  const { kind, from_staff_id, from_userid, to_staff_id, to_userid, departed_at } = first;
  return {
    ...{ kind, items, resigned: departed_at !== null },
    from: kind === 'external_contact' ? { id: from_staff_id, userid: from_userid } : null,
    to: { id: to_staff_id ?? '', userid: to_userid ?? '' },
  };
}

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
