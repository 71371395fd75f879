import { days, shanghaiDay, toUnix } from '../core/clock';
import { type Company, nowOf } from './company';
import { setOwner } from './control/groups';
import { rememberShown } from './control/support';
import { hasGoneStale } from './fitness';
import type { GroupTransfer, Staff } from './world/types';

const protectedFor = days(90) / 1000;
const maxTransfers = 2;
const maxPerDay = 300;

export interface GroupTransferRequest {
  chat_id: string;
  takeover: Staff;
  resigned: boolean;
}

/**
 * Gives one group to a new owner: in service at once, after a resignation when the company's delay is over. Gives no
 * callback, as everything done through the API.
 * @returns WeCom's errcode for this group: 0 done or begun, 40128 too often, 40205 the owner left or signed in too long
 * ago, 90500 the owner has not left, 90501 no customer group, 90502 the owner has left, 90504 is the owner already,
 * 90507 being inherited, 90508 inherited. What WeCom says beyond 300 groups a day is not documented: 45009 here
 */
export function requestGroupTransfer(company: Company, { chat_id, takeover, resigned }: GroupTransferRequest): number {
  const { world, groupTransferDelayMs } = company;
  const chat = world.groupChats.get(chat_id);
  const handover = chat && (world.findStaff(chat.owner) ?? world.findDeparted(chat.owner));
  if (!handover || chat.dismissed) return 90501;
  const refusal = refusalOf(company, { chat, handover, takeover, resigned });
  if (refusal !== 0) return refusal;
  const requested_at = nowOf(company);
  const takeover_time = requested_at + (resigned ? Math.ceil(groupTransferDelayMs / 1000) : 0);
  const transfer: GroupTransfer = {
    ...{ chat, handover, takeover, resigned },
    ...{ requested_at, takeover_time, outcome: undefined },
  };
  world.groupTransfers.add(transfer);
  if (resigned) chat.status = 2;
  if (takeover_time === requested_at) settle(company, transfer);
  return 0;
}

type Wanted = Pick<GroupTransfer, 'chat' | 'handover' | 'takeover' | 'resigned'>;

function refusalOf(company: Company, wanted: Wanted): number {
  if (wanted.handover === wanted.takeover) return 90504;
  const refusal = wanted.resigned ? inheritanceRefusal(wanted) : serviceRefusal(company, wanted);
  if (refusal !== 0) return refusal;
  if (hasGoneStale(company, wanted.handover)) return 40205;
  return givenToday(company, wanted.handover) < maxPerDay ? 0 : 45009;
}

function inheritanceRefusal({ chat, handover }: Wanted): number {
  if (chat.status === 2) return 90507;
  if (chat.status === 3) return 90508;
  return handover.departed_at === undefined ? 90500 : 0;
}

function serviceRefusal(company: Company, { chat, handover }: Wanted): number {
  if (handover.departed_at !== undefined) return 90502;
  const since = nowOf(company) - protectedFor;
  const earlier = company.world.groupTransfers.of(chat).filter((one) => !one.resigned && one.requested_at > since);
  return earlier.length < maxTransfers ? 0 : 40128;
}

function givenToday({ world, clock }: Company, owner: Staff): number {
  const midnight = toUnix(new Date(`${shanghaiDay(clock.now())}T00:00:00+08:00`));
  return world.groupTransfers.givenBy(owner.userid).filter(({ requested_at }) => requested_at >= midnight).length;
}

/** Ends every inheritance whose time has come. */
export function settleGroupTransfers(company: Company): void {
  const { groupTransfers } = company.world;
  const now = nowOf(company);
  for (let due = groupTransfers.waiting(); due && due.takeover_time <= now; due = groupTransfers.waiting()) {
    settle(company, due);
  }
}

/** A group that was dissolved, or whose heir left, in the meantime is inherited by nobody. */
function settle(company: Company, transfer: GroupTransfer): void {
  const { chat, handover, takeover, resigned } = transfer;
  transfer.outcome = chat.dismissed || takeover.departed_at !== undefined ? 'lapsed' : 'taken_over';
  if (transfer.outcome === 'lapsed') {
    chat.status = 1;
    return;
  }
  rememberShown(company, chat);
  setOwner(company, chat, takeover.userid);
  if (resigned) chat.status = 3;
  const detail = { from: handover.userid, owner: takeover.userid, resigned };
  company.ledger.add({ kind: 'group_transferred', chat_id: chat.chat_id, detail }, 'api');
}
