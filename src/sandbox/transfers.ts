import { days } from '../core/clock';
import { externalContactEvent } from './callbacks/events';
import { type Company, nowOf, record } from './company';
import { isFull } from './fitness';
import { settleGroupTransfers } from './group-transfers';
import { freshRelation } from './world/people';
import type { ExternalContact, Staff, Transfer, TransferOutcome } from './world/types';

const protectedFor = days(90) / 1000;
const maxTransfers = 2;

export interface TransferRequest {
  handover: Staff;
  takeover: Staff;
  external_userid: string;
  resigned: boolean;
}

/**
 * Starts one transfer, in service or after a resignation; it settles 24 h later, unless the sandbox says otherwise.
 * @returns WeCom's errcode for this customer: 0 started, 40096 unknown, 40099 the successor is full, 40128 too often,
 * 40129 under way, 40131 not followed, 84061 not confirmed yet
 */
export function requestTransfer(company: Company, request: TransferRequest, origin: 'client' | 'api'): number {
  const { handover, takeover, external_userid, resigned } = request;
  const contact = company.world.contacts.get(external_userid);
  if (!contact) return 40096;
  const refusal = refusalOf(company, request, contact);
  if (refusal !== 0) return refusal;
  const requested_at = nowOf(company);
  company.world.transfers.add({
    serial: company.world.nextSerial(),
    handover,
    takeover,
    contact,
    resigned,
    requested_at,
    takeover_time: requested_at + Math.ceil(company.transferDelayMs / 1000),
    outcome: undefined,
  });
  if (resigned) company.world.removeUnassigned(handover, contact);
  const detail = { takeover_userid: takeover.userid, resigned };
  company.ledger.add({ kind: 'transfer_requested', userid: handover.userid, external_userid, detail }, origin);
  return 0;
}

function refusalOf(company: Company, request: TransferRequest, contact: ExternalContact): number {
  const { handover, takeover, resigned } = request;
  const earlier = company.world.transfers.of(contact);
  if (earlier.some((transfer) => transfer.outcome === undefined && transfer.handover === handover)) return 40129;
  const refusal = resigned
    ? inheritanceRefusal(company, handover, contact)
    : serviceRefusal(company, handover, contact);
  if (refusal !== 0) return refusal;
  return isFull(takeover, contact) ? 40099 : 0;
}

const inheritanceRefusal = ({ world }: Company, handover: Staff, contact: ExternalContact): number =>
  world.isUnassigned(handover, contact) ? 0 : 40131;

function serviceRefusal(company: Company, handover: Staff, contact: ExternalContact): number {
  const relation = handover.relations.get(contact.external_userid);
  if (!relation) return 40131;
  if (relation.half) return 84061;
  const since = nowOf(company) - protectedFor;
  const earlier = company.world.transfers.of(contact).filter((one) => !one.resigned && one.requested_at > since);
  return earlier.length < maxTransfers ? 0 : 40128;
}

/**
 * Ends every transfer of customers whose 24 h are over, and what is due of groups. Called before anything is answered,
 * and whenever the clock is advanced.
 */
export function settleTransfers(company: Company): void {
  const { transfers } = company.world;
  const now = nowOf(company);
  for (let due = transfers.waiting(); due && due.takeover_time <= now; due = transfers.waiting()) settle(company, due);
  settleGroupTransfers(company);
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
  // Whoever left or filled up in the meantime cannot take anybody over.
  if (takeover.departed_at !== undefined || isFull(takeover, contact)) return 'customer_limit_exceed';
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
