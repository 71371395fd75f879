import { minutes } from '../../../core/clock';
import { chunksOf, groupBy } from '../../../core/collections';
import { failpoint } from '../../../core/failpoints';
import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { GroupChat, GroupChatApi } from '../../../wecom';
import type { ExternalContactService, Origin } from '../../relations/external-contacts';
import type { GroupChatService } from '../../relations/group-chats';
import { successorsFault } from './advice';
import { isOf, nextAskAt, resultOf } from './answers';
import type { Handover } from './handovers.entity';
import type { Item, Outcome } from './item-rows';
import type { ItemStore } from './items.store';
import type { Lookup } from './lookup';
import { asking, type Hands } from './submission';

interface Deps {
  db: Database;
  groupChatApi: Pick<GroupChatApi, 'get'>;
  items: ItemStore;
  lookup: Pick<Lookup, 'resultsOf' | 'ownedBy'>;
  externalContacts: Pick<ExternalContactService, 'onHandedOver'>;
  groupChats: Pick<GroupChatService, 'mirror' | 'setStatus'>;
}

interface Settled {
  item: Item;
  outcome: Outcome;
}

/** As many at a time as one transaction should hold. */
const perStep = 100;
/** Refusals come one by one: whoever is refused waits so long for others who go to the same second choice. */
const gatherMs = minutes(30);

export const originOf = (handover: Pick<Handover, 'id'>, at: Date): Origin => ({
  source: 'own_write',
  ref: `handover:${handover.id}`,
  at,
});

export type Results = ReturnType<typeof createResults>;

/** Asks WeCom how what it agreed to ended, and records what our asking changed: nobody else tells us (R1). */
export function createResults({ db, groupChatApi, items, lookup, externalContacts, groupChats }: Deps) {
  const waiting = (handover: Handover, all: boolean): Promise<Item[]> => {
    const due: Condition[] = all ? [] : [['i.ask_at <= ?', db.now()]];
    return items.where([["i.handover_id = ? AND i.state = 'waiting'", handover.id], ...due]);
  };

  /** Everybody of a pair is told by the same pages, so whoever waits for the same answer is asked about, too. */
  async function askPair(handover: Handover, due: Item, hands: Hands): Promise<void> {
    const rows = await lookup.resultsOf(due, hands);
    failpoint('handover.results');
    const pair = await items.where([
      ["i.handover_id = ? AND i.state = 'waiting' AND i.kind = 'external_contact'", handover.id],
      ['i.from_staff_id = ? AND i.to_staff_id = ?', due.from_staff_id, due.to_staff_id],
      ['i.resigned = ?', due.resigned],
    ]);
    const now = db.now();
    const rowOf = (item: Item) => [rows.get(item.subject_id)].find((row) => row && isOf(row, item.submitted_at));
    const unfit = await items.unfit(handover.id);
    const { settled, still } = divide(pair, (item) => {
      const outcome = resultOf(item, rowOf(item), now);
      return outcome && withSecond(handover, item, outcome, { unfit, now });
    });
    for (const part of chunksOf(settled, perStep)) await hands.step(() => record(handover, part));
    if (still.length > 0) await hands.step(() => askLater(still, now));
  }

  /** Must run inside a transaction. */
  async function record(handover: Handover, settled: readonly Settled[]): Promise<void> {
    await items.settle(settled);
    const origin = originOf(handover, db.now());
    const arrived = settled.filter(({ outcome }) => outcome.state === 'taken_over').map(({ item }) => item);
    for (const { from_staff_id, subject_id, takeover_at } of arrived) {
      await externalContacts.onHandedOver(from_staff_id, subject_id, takeover_at ?? origin.at, origin);
    }
    await items.awaitCarrying(arrived.map(({ id }) => id));
  }

  async function askLater(still: Item[], now: Date): Promise<void> {
    const alike = groupBy(still, (item) => nextAskAt(now, item.takeover_at).getTime());
    for (const [at, group] of alike)
      await items.askAt(
        group.map(({ id }) => id),
        new Date(at),
      );
  }

  /** Of a group chat the owner tells: there is no result to ask for. */
  async function askGroups(handover: Handover, due: Item[], hands: Hands): Promise<void> {
    const owned = await lookup.ownedBy(due[0]?.to_userid ?? '', hands);
    const still: Item[] = [];
    for (const item of due) {
      hands.signal.throwIfAborted();
      const shown = owned.has(item.subject_id) ? await groupChatApi.get(item.subject_id, asking(hands)) : null;
      if (shown?.owner === item.to_userid) {
        await hands.step(() => recordGroup(handover, item, shown, owned.get(item.subject_id) ?? 0));
      } else still.push(item);
    }
    const now = db.now();
    const given = divide(still, (item) => resultOf(item, undefined, now));
    await hands.step(async () => {
      await items.settle(given.settled);
      await askLater(given.still, now);
    });
  }

  /** Must run inside a transaction. */
  async function recordGroup(handover: Handover, item: Item, shown: GroupChat, status: number): Promise<void> {
    const origin = originOf(handover, db.now());
    await groupChats.mirror(shown, status, origin);
    await items.settle([{ item, outcome: { state: 'taken_over', step: 'taken_over', takeoverAt: origin.at } }]);
  }

  return {
    /** @param all those who are not due as well: somebody wants to know now */
    async ask(handover: Handover, hands: Hands, { all }: { all: boolean }): Promise<void> {
      const due = await waiting(handover, all);
      const [groups, contacts] = [due.filter(isGroup), due.filter((item) => !isGroup(item))];
      const pairs = groupBy(contacts, (item) => `${item.from_staff_id} ${item.to_staff_id} ${item.resigned}`);
      for (const [first] of pairs.values()) {
        hands.signal.throwIfAborted();
        if (first) await askPair(handover, first, hands);
      }
      for (const owned of groupBy(groups, (item) => item.to_staff_id).values()) await askGroups(handover, owned, hands);
      // Nobody is left to wait for.
      if (all) await hands.step(() => items.hurry(handover.id));
    },

    /** Whoever has left meanwhile takes nobody over: the second choice does, or nobody, and WeCom is not asked. */
    async passOver(handover: Handover, hands: Hands): Promise<void> {
      const passed = await items.where([
        ["i.handover_id = ? AND i.state = 'planned' AND t.departed_at IS NOT NULL", handover.id],
      ]);
      if (passed.length === 0) return;
      const unfit = await items.unfit(handover.id);
      const left: Outcome = { state: 'failed', step: 'failed', reason: 'successor_left' };
      const settled = passed.map((item) => ({
        item,
        outcome: (handover.second_candidate ? toSecond(item, unfit) : undefined) ?? left,
      }));
      await hands.step(() => items.settle(settled));
    },

    /** What failed for a reason that lies with the successor goes to the second choice, where the plan says so. */
    async secondChances(handover: Handover, hands: Hands): Promise<void> {
      if (!mayGoOn(handover)) return;
      const failed = await items.where([
        ["i.handover_id = ? AND i.state = 'failed' AND i.second_staff_id IS NOT NULL", handover.id],
      ]);
      const unfit = await items.unfit(handover.id);
      const { settled } = divide(failed, (item) =>
        successorsFault.includes(item.errcode ?? 0) ? toSecond(item, unfit) : undefined,
      );
      if (settled.length > 0) await hands.step(() => items.settle(settled));
    },
  };
}

/** Those of whom there is something to say, and the others. */
function divide(items: readonly Item[], say: (item: Item) => Outcome | undefined) {
  const said = items.map((item) => ({ item, outcome: say(item) }));
  return {
    settled: said.flatMap(({ item, outcome }): Settled[] => (outcome ? [{ item, outcome }] : [])),
    still: said.flatMap(({ item, outcome }) => (outcome ? [] : [item])),
  };
}

const isGroup = ({ kind }: Item): boolean => kind === 'group_chat';

/** What somebody held back goes to nobody else. */
const mayGoOn = ({ second_candidate, held_at }: Handover): boolean => second_candidate && held_at === null;

/** Refused, or the successor is full: the second choice may have more luck. */
function withSecond(
  handover: Handover,
  item: Item,
  outcome: Outcome,
  { unfit, now }: { unfit: ReadonlySet<string>; now: Date },
): Outcome {
  const isOver = outcome.state === 'refused' || outcome.state === 'over_limit';
  const second = isOver && mayGoOn(handover) ? toSecond(item, unfit, outcome.step) : undefined;
  return second ? { ...second, notBefore: new Date(now.getTime() + gatherMs) } : outcome;
}

/** @param unfit whom WeCom did not accept as a successor */
function toSecond(item: Item, unfit: ReadonlySet<string>, after?: string): Outcome | undefined {
  const { second_staff_id: second } = item;
  if (second === null || second === item.to_staff_id || unfit.has(second)) return undefined;
  const detail = {
    ...{ from: item.to_userid, ...(after ? { after } : {}) },
    ...(item.errcode ? { errcode: item.errcode } : {}),
  };
  return { state: 'planned', step: 'second_candidate', to: second, detail };
}
