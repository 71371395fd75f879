import { minutes, sleep } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { DomainEvents } from '../../kernel/events';
import type { Batches } from './batches';
import type { CarryOver } from './carry-over';
import type { Handover } from './handovers.entity';
import type { HandoverStore } from './handovers.store';
import { finalStates } from './item-rows';
import type { ItemStore } from './items.store';
import type { Lookup } from './lookup';
import type { Results } from './results';
import type { Hands, Submission } from './submission';

interface Deps {
  db: Database;
  store: HandoverStore;
  items: ItemStore;
  batches: Pick<Batches, 'putOff'>;
  submission: Submission;
  lookup: Lookup;
  results: Results;
  carryOver: CarryOver;
  events: Pick<DomainEvents, 'publish'>;
}

/** Where WeCom never gives an answer that can be used, others have their turn; it goes on within a minute. */
const mostRounds = 20;
/** So long an answer that nobody heard is waited for; what is looked up later waits for the next minute of all. */
const patienceMs = minutes(2);

export interface Wish {
  /** Ask also about those whose time has not come. */
  askAll: boolean;
}

export type Work = ReturnType<typeof createWork>;

/**
 * Takes a handover as far as it goes now: looks up what nobody heard the answer to, submits what is planned, asks how
 * the rest ended, and sees to what goes along. Whoever is killed in the middle begins again and repeats nothing.
 */
export function createWork({ db, store, items, batches, submission, lookup, results, carryOver, events }: Deps) {
  /** Until nothing planned is left that may go out now, and every call was answered or looked up; or for some rounds. */
  async function submitAll(handover: Handover, hands: Hands): Promise<void> {
    for (let round = 0; round < mostRounds; round += 1) {
      if (await submitRound(handover, hands)) return;
      hands.signal.throwIfAborted();
    }
  }

  /** @returns whether nothing is left to do now */
  async function submitRound(handover: Handover, hands: Hands): Promise<boolean> {
    await lookup.settleUnheard(handover, hands);
    if (await isHeld(handover.id, hands)) return true;
    await results.passOver(handover, hands);
    await submission.submit(handover, hands);
    await results.secondChances(handover, hands);
    const unheard = await lookup.settleUnheard(handover, hands);
    const waitMs = unheard ? unheard.getTime() - db.now().getTime() : Number.POSITIVE_INFINITY;
    const isSoon = waitMs <= patienceMs;
    if (isSoon) await sleep(Math.max(0, waitMs), hands.signal);
    return !isSoon && !(await submission.isDue(handover));
  }

  /** Somebody held it back meanwhile: what came back since, because WeCom did not take it, stays. */
  async function isHeld(id: string, hands: Hands): Promise<boolean> {
    if (((await store.find(id))?.held_at ?? null) === null) return false;
    await hands.step(() => items.holdBack(id));
    return true;
  }

  /** Must run inside a transaction. Ended is what has nothing left on the way. */
  async function conclude(id: string): Promise<void> {
    const handover = await store.find(id);
    const counts = await items.countByState(id);
    const open = Object.entries(counts).some(([state, n]) => n > 0 && !finalStates.some((final) => final === state));
    if (open || handover?.state !== 'under_way') return;
    if (!(await store.change(handover, ['under_way'], { state: 'done', ended_at: db.now() }))) return;
    const { taken_over = 0, refused = 0, over_limit = 0, failed = 0 } = counts;
    const data = { handover_id: id, taken_over, not_taken_over: refused + over_limit + failed };
    await events.publish([{ type: 'handover.ended', occurred_at: db.now(), data }]);
  }

  return async (id: string, hands: Hands, { askAll }: Wish): Promise<void> => {
    const handover = await store.find(id);
    if (!handover || handover.submitted_at === null) return;
    // First, so that all who were refused go to their second choice together.
    await results.ask(handover, hands, { all: askAll });
    await submitAll(handover, hands);
    await batches.putOff(handover, hands);
    // Group chats change hands at once.
    await results.ask(handover, hands, { all: false });
    await carryOver.carryAll(handover, hands);
    await hands.step(() => conclude(id));
  };
}
