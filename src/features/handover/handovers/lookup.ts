import { hours } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { Database } from '../../../db/database';
import { type GroupChatApi, pages, type TransferApi, type TransferPair, type TransferResult } from '../../../wecom';
import { WecomError } from '../../../wecom/errors';
import { accepted, givenUpMs, isOf, nextAskAt, notFound, underWay } from './answers';
import type { CallStore } from './calls.store';
import type { Handover, HandoverCall } from './handovers.entity';
import type { Item, Outcome } from './item-rows';
import type { ItemStore } from './items.store';
import { asking, type Hands } from './submission';

interface Deps {
  db: Database;
  api: Pick<TransferApi, 'results'>;
  groupChats: Pick<GroupChatApi, 'list'>;
  items: ItemStore;
  calls: CallStore;
  lookupMs: number;
}

/** Where WeCom refuses to tell of one pair, the others go on. */
const againMs = hours(1);
const refusedFor = (error: unknown): undefined => {
  if (error instanceof WecomError && error.permanent) return undefined;
  throw error;
};

const orNone = async <V>(found: Promise<Map<string, V>>): Promise<Map<string, V>> =>
  (await found.catch(refusedFor)) ?? new Map();

/** Of a list of group chats by owner: being inherited. */
const inheriting = 2;

export type Lookup = ReturnType<typeof createLookup>;

/** Finds out what became of calls whose answer nobody heard. Nothing is asked for a second time before that (E3). */
export function createLookup({ db, api, groupChats, items, calls, lookupMs }: Deps) {
  async function rowsOf(pair: TransferPair, hands: Hands): Promise<TransferResult[]> {
    const rows: TransferResult[] = [];
    for await (const page of pages((cursor) => api.results(pair, cursor, asking(hands)))) rows.push(...page.items);
    return rows;
  }

  /** What WeCom holds of one pair, the newest row of each external contact. */
  async function resultsOf(item: Item, hands: Hands): Promise<Map<string, TransferResult>> {
    const pair = { from: item.from_userid, to: item.to_userid ?? '', resigned: item.resigned ?? false };
    const rows = await rowsOf(pair, hands);
    const byTime = rows.sort((a, b) => Number(a.takeover_at ?? 0) - Number(b.takeover_at ?? 0));
    return new Map(byTime.map((row) => [row.external_userid, row]));
  }

  /** Group chats of an owner, with how far their inheriting is. */
  async function ownedBy(userid: string, hands: Hands): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const query = { owner_userids: [userid] };
    for await (const page of pages((cursor) => groupChats.list({ ...query, cursor }, asking(hands)))) {
      for (const { chat_id, status } of page.items) found.set(chat_id, status);
    }
    return found;
  }

  async function contactsFound(asked: Item[], hands: Hands) {
    const [first] = asked;
    const rows = first ? await resultsOf(first, hands) : new Map<string, TransferResult>();
    const now = db.now();
    const tried = await items.triedBefore(asked);
    return asked.map((item) => {
      const row = rows.get(item.subject_id);
      const isPast = row !== undefined && tried.has(item.id) && isKnown(row, item);
      return { item, outcome: foundOf(item, isPast ? undefined : row, now) };
    });
  }

  async function groupsFound(asked: Item[], hands: Hands) {
    const now = db.now();
    const taken = await ownedBy(asked[0]?.to_userid ?? '', hands);
    const left = new Map<string, number>();
    for (const owner of new Set(asked.map((item) => item.from_userid))) {
      for (const [chatId, status] of await ownedBy(owner, hands)) left.set(chatId, status);
    }
    return asked.map((item) => {
      const isDone = taken.has(item.subject_id) || left.get(item.subject_id) === inheriting;
      const outcome: Outcome = isDone
        ? { ...accepted(now, { effect: 0 }), step: 'found', askAt: now }
        : notFound(item, now);
      return { item, outcome };
    });
  }

  async function settle(call: HandoverCall, hands: Hands): Promise<void> {
    const asked = await items.where([['i.call_id = ?', call.id], ["i.state IN ('submitted', 'unknown')"]]);
    if (asked.length === 0) return hands.step(() => calls.end(call.id, 'looked_up'));
    const found = await (call.kind === 'group_chat' ? groupsFound : contactsFound)(asked, hands).catch(refusedFor);
    failpoint('handover.found');
    await hands.step(async () => {
      if (found === undefined) return putOff(call, asked);
      await items.settle(found, { callId: call.id });
      await calls.end(call.id, 'looked_up', call.error === null ? {} : { error: call.error });
    });
  }

  /** WeCom refuses to tell: it is asked again for some days, and then a person has to look. Must run inside a transaction. */
  async function putOff(call: HandoverCall, asked: Item[]): Promise<void> {
    const now = db.now();
    const error = 'WeCom refuses to tell what became of it';
    if (now.getTime() - call.sent_at.getTime() < givenUpMs) {
      return calls.lose(call.id, new Date(now.getTime() + againMs), error);
    }
    const outcome: Outcome = { state: 'failed', step: 'failed', reason: 'no_result', counts: true };
    await items.settle(
      asked.map((item) => ({ item, outcome })),
      { callId: call.id },
    );
    await calls.end(call.id, 'looked_up', { error });
  }

  return {
    /** Nothing of a pair that WeCom refuses to tell of. */
    resultsOf: (item: Item, hands: Hands) => orNone(resultsOf(item, hands)),
    ownedBy: (userid: string, hands: Hands) => orNone(ownedBy(userid, hands)),

    /**
     * Looks up what is due. What a process that died had begun to ask is due as well, once it can have arrived.
     * @returns when the next is due; undefined when no call is unheard
     */
    async settleUnheard(handover: Handover, hands: Hands): Promise<Date | undefined> {
      for (const call of await calls.unheard(handover.id)) {
        hands.signal.throwIfAborted();
        if (call.state === 'intended') await hands.step(() => lose(call));
        if (call.look_at <= db.now()) await settle(call, hands);
      }
      const left = (await calls.unheard(handover.id)).map(({ look_at }) => look_at.getTime());
      return left.length > 0 ? new Date(Math.min(...left)) : undefined;
    },
  };

  async function lose(call: HandoverCall): Promise<void> {
    const asked = await items.where([['i.call_id = ?', call.id], ["i.state = 'submitted'"]]);
    await calls.lose(call.id, new Date(call.sent_at.getTime() + lookupMs), 'the process ended before the answer came');
    await items.settle(
      asked.map((item) => ({ item, outcome: { state: 'unknown', step: 'unheard' } })),
      { callId: call.id },
    );
  }
}

/** What WeCom says is what it said the last time, when the same successor was refused: it knows nothing newer. */
const isKnown = ({ status, takeover_at }: TransferResult, item: Item): boolean =>
  (status === 'refused' || status === 'over_limit') && takeover_at?.getTime() === item.takeover_at?.getTime();

/** Of one whose answer nobody heard. Told that it is under way, and not by us: somebody else began it. */
function foundOf(item: Item, row: TransferResult | undefined, now: Date): Outcome {
  if (!row || row.status === 'no_record' || !isOf(row, item.submitted_at)) {
    const isElsewhere = item.errcode !== null && underWay.includes(item.errcode);
    if (isElsewhere) return { state: 'failed', step: 'not_accepted', errcode: item.errcode ?? undefined, counts: true };
    return notFound(item, now);
  }
  const waiting = accepted(now);
  const takeoverAt = row.takeover_at ?? waiting.takeoverAt ?? null;
  // What has ended already is asked about at once, and recorded like all that ends.
  const askAt = row.status === 'waiting' ? nextAskAt(now, takeoverAt) : now;
  return { ...waiting, step: 'found', takeoverAt, askAt };
}
