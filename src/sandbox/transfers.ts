import { days, hours } from '../core/clock';
import { externalContactEvent } from './callbacks/events';
import { type Company, nowOf, record } from './company';
import { freshRelation } from './world/people';
import type { ExternalContact, Staff, Transfer, TransferOutcome } from './world/types';

const settleAfter = hours(24) / 1000;
const protectedFor = days(90) / 1000;
const maxTransfers = 2;

export interface TransferRequest {
  handover: Staff;
  takeover: Staff;
  external_userid: string;
  resigned: boolean;
}

/**
 * Starts one transfer, in service or after a resignation; it settles 24 h later.
 * @returns WeCom's errcode for this customer: 0 started, 40096 unknown, 40128 too often, 40129 under way, 40131 not followed
 */
export function requestTransfer(company: Company, request: TransferRequest, origin: 'client' | 'api'): number {
  const { handover, takeover, external_userid, resigned } = request;
  const contact = company.world.contacts.get(external_userid);
  if (!contact) return 40096;
  const refusal = refusalOf(company, request, contact);
  if (refusal !== 0) return refusal;
  const requested_at = nowOf(company);
  company.world.transfers.push({
    serial: company.world.nextSerial(),
    handover,
    takeover,
    contact,
    resigned,
    requested_at,
    takeover_time: requested_at + settleAfter,
    outcome: undefined,
  });
  if (resigned) company.world.removeUnassigned(handover, contact);
  const detail = { takeover_userid: takeover.userid, resigned };
  company.ledger.add({ kind: 'transfer_requested', userid: handover.userid, external_userid, detail }, origin);
  return 0;
}

function refusalOf(company: Company, { handover, resigned }: TransferRequest, contact: ExternalContact): number {
  const earlier = company.world.transfers.filter((transfer) => transfer.contact === contact);
  if (earlier.some((transfer) => transfer.outcome === undefined && transfer.handover === handover)) return 40129;
  if (resigned) {
    return company.world.isUnassigned(handover, contact) ? 0 : 40131;
  }
  const relation = handover.relations.get(contact.external_userid);
  if (!relation || relation.half) return 40131;
  const since = nowOf(company) - protectedFor;
  return earlier.filter((transfer) => !transfer.resigned && transfer.requested_at > since).length < maxTransfers
    ? 0
    : 40128;
}

/** Ends every transfer whose 24 h are over. Called before anything is answered, and whenever the clock is advanced. */
export function settleTransfers(company: Company): void {
  const { world } = company;
  const now = nowOf(company);
  for (let due = world.waitingTransfer(); due && due.takeover_time <= now; due = world.waitingTransfer()) {
    settle(company, due);
  }
}

function settle(company: Company, transfer: Transfer): void {
  transfer.outcome = outcomeOf(company, transfer);
  if (transfer.outcome === 'taken_over') takeOver(company, transfer);
  else fail(company, transfer, transfer.outcome);
}

function fail(company: Company, { handover, takeover, contact, resigned }: Transfer, reason: TransferOutcome): void {
  if (resigned) company.world.addUnassigned(handover, contact);
  const pair = { userid: takeover.userid, external_userid: contact.external_userid };
  const detail = { handover_userid: handover.userid, reason };
  const nodes = externalContactEvent('transfer_fail', { ...pair, fail_reason: reason });
  record(company, { kind: 'transfer_failed', ...pair, detail }, [{ nodes }]);
}

function outcomeOf({ world, random, transferFailureRate }: Company, { takeover, contact }: Transfer): TransferOutcome {
  const planned = world.plannedOutcomes.get(contact.external_userid);
  world.plannedOutcomes.delete(contact.external_userid);
  if (planned) return planned;
  // Whoever left in the meantime cannot take anybody over.
  if (takeover.departed_at !== undefined) return 'customer_limit_exceed';
  if (!random.chance(transferFailureRate)) return 'taken_over';
  return random.chance(0.75) ? 'customer_refused' : 'customer_limit_exceed';
}

/** The old relation ends and the new one begins; their callbacks come in either order. */
function takeOver(company: Company, transfer: Transfer): void {
  const steps = [() => endOld(company, transfer), () => beginNew(company, transfer)];
  if (company.random.chance(0.5)) steps.reverse();
  for (const step of steps) step();
}

function endOld(company: Company, { handover, contact, takeover }: Transfer): void {
  const relation = handover.relations.get(contact.external_userid);
  // Of a leaver nothing is left but the row of unassigned customers, which WeCom takes away without a word.
  company.world.removeUnassigned(handover, contact);
  if (!relation) return;
  company.world.unlink(relation);
  const pair = { userid: handover.userid, external_userid: contact.external_userid };
  const nodes = externalContactEvent('del_external_contact', { ...pair, source: 'DELETE_BY_TRANSFER' });
  const detail = { takeover_userid: takeover.userid };
  record(company, { kind: 'relation_transferred_out', ...pair, detail }, [{ nodes }]);
}

function beginNew(company: Company, { handover, contact, takeover }: Transfer): void {
  if (takeover.relations.has(contact.external_userid)) return;
  const fields = { ...freshRelation(contact, nowOf(company)), add_way: 202, oper_userid: handover.userid };
  company.world.link(takeover, contact, fields);
  const pair = { userid: takeover.userid, external_userid: contact.external_userid };
  const nodes = externalContactEvent('add_external_contact', pair);
  record(company, { kind: 'relation_taken_over', ...pair, detail: { handover_userid: handover.userid } }, [{ nodes }]);
}
