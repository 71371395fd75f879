import { days, hours, minutes, shanghaiDay } from '../../../core/clock';
import type { TransferResult } from '../../../wecom';
import { classOf } from '../../../wecom/error-codes';
import type { Item, Outcome } from './item-rows';

/** WeCom carries a transfer out so long after it was asked. */
export const effectMs = hours(24);
/** Nobody waits longer than this past the time at which it should have taken effect, or for what WeCom refuses to tell. */
export const givenUpMs = days(7);
const againMs = minutes(1);
const mostTries = 5;

/** It is under way already: by us, which a look at the results shows, or by somebody else. */
export const underWay: readonly number[] = [40100, 40129];
/** Owner unchanged, or inherited already: nothing is left to do. */
const done: readonly number[] = [90504, 90508];
const beingInherited = 90507;
const overLimit = 45009;

/** When the day of WeCom's limits is over. */
export const tomorrow = (now: Date): Date =>
  new Date(`${shanghaiDay(new Date(now.getTime() + days(1)))}T00:05:00+08:00`);

/**
 * When to ask next how a transfer ended: seldom at first, for somebody may decline at any time; often around the time it
 * takes effect; then ever less.
 */
export function nextAskAt(now: Date, takeoverAt: Date | null): Date {
  if (takeoverAt === null) return new Date(now.getTime() + minutes(10));
  const left = takeoverAt.getTime() - now.getTime();
  if (left > hours(1)) return new Date(Math.min(now.getTime() + hours(6), takeoverAt.getTime() - minutes(30)));
  if (left > -hours(2)) return new Date(now.getTime() + minutes(10));
  return new Date(now.getTime() + (left > -days(1) ? hours(1) : hours(6)));
}

/** WeCom agreed: it waits. */
export function accepted(now: Date, { detail, effect = effectMs }: { detail?: object; effect?: number } = {}): Outcome {
  const takeoverAt = new Date(now.getTime() + effect);
  return { state: 'waiting', step: 'accepted', counts: true, takeoverAt, askAt: nextAskAt(now, takeoverAt), detail };
}

/** What WeCom said of one external contact when asked to hand it over. */
export function answerOf(item: Item, errcode: number | undefined, now: Date): Outcome {
  if (errcode === 0) return accepted(now);
  if (errcode === undefined) return { state: 'unknown', step: 'unheard' };
  if (underWay.includes(errcode)) return { state: 'unknown', step: 'unheard', errcode };
  return refusal(item, errcode, now);
}

/** What WeCom said of one group chat. In service it is done at once, after a resignation it may take a while. */
export function groupAnswerOf(item: Item, errcode: number | undefined, now: Date): Outcome {
  if (errcode === undefined || done.includes(errcode) || errcode === beingInherited) {
    return { ...accepted(now, { effect: 0 }), errcode, askAt: now };
  }
  // Of one owner WeCom takes 300 a day: somebody else has given some today.
  if (errcode === overLimit) return { state: 'planned', step: 'postponed', errcode, notBefore: tomorrow(now) };
  return refusal(item, errcode, now);
}

/** A no that may be a yes later is asked again, a few times. */
function refusal(item: Item, errcode: number, now: Date): Outcome {
  const mayPass = ['retry', 'wait'].includes(classOf(errcode) ?? 'retry');
  if (!mayPass) return { state: 'failed', step: 'not_accepted', errcode, counts: true };
  if (item.attempt + 1 >= mostTries)
    return { state: 'failed', step: 'failed', errcode, reason: 'kept_failing', counts: true };
  return { state: 'planned', step: 'postponed', errcode, notBefore: new Date(now.getTime() + againMs), counts: true };
}

/** What is not found again and again is asked for ever more seldom, and given up some day. */
const mostLookups = 12;

/** WeCom knows nothing of it: it may go out once more. */
export function notFound(item: Item, now: Date): Outcome {
  if (item.attempt + 1 >= mostLookups) return { state: 'failed', step: 'failed', reason: 'kept_failing', counts: true };
  const pause = item.attempt < 3 ? 0 : Math.min(minutes(1) * 2 ** (item.attempt - 3), hours(1));
  const notBefore = pause === 0 ? undefined : new Date(now.getTime() + pause);
  return { state: 'planned', step: 'not_found', counts: true, notBefore };
}

/** How far the clocks of WeCom and ours may be apart. */
const skewMs = minutes(2);

/** Whether a row of the results is about this very submission, and not about one of before. */
export const isOf = ({ takeover_at }: TransferResult, submittedAt: Date | null): boolean =>
  takeover_at === null || submittedAt === null || takeover_at.getTime() >= submittedAt.getTime() - skewMs;

/** What the results make of one who waits. @returns undefined while nothing has changed but the time */
export function resultOf(item: Item, row: TransferResult | undefined, now: Date): Outcome | undefined {
  const takeoverAt = row?.takeover_at ?? item.takeover_at;
  if (row?.status === 'taken_over') return { state: 'taken_over', step: 'taken_over', takeoverAt };
  // As WeCom spells it: by this the row is known again, should the same be tried once more.
  if (row?.status === 'refused') return { state: 'refused', step: 'refused', takeoverAt: row.takeover_at };
  if (row?.status === 'over_limit') return { state: 'over_limit', step: 'over_limit', takeoverAt: row.takeover_at };
  const expected = item.takeover_at ?? now;
  if (now.getTime() - expected.getTime() < givenUpMs) return undefined;
  return { state: 'failed', step: 'failed', reason: 'no_result' };
}
