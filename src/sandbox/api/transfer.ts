import type { Company } from '../company';
import type { Arguments } from '../http/arguments';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { Refusal } from '../http/fault';
import { requestTransfer } from '../transfers';
import type { Staff, Transfer } from '../world/types';
import { atMost, type Endpoints, mustBeFresh, servingStaff, successor } from './endpoint';

const post = { method: 'POST', apps: ['agent'] } as const;
const resultsPerPage = 1000;

export const transferEndpoints: Endpoints = {
  'externalcontact/transfer_customer': { ...post, answer: (given, company) => request(given, company, false) },
  'externalcontact/resigned/transfer_customer': { ...post, answer: (given, company) => request(given, company, true) },
  'externalcontact/transfer_result': { ...post, answer: (given, company) => results(given, company, false) },
  'externalcontact/resigned/transfer_result': { ...post, answer: (given, company) => results(given, company, true) },
};

/** Errcode 0 of a customer means started, not done: it settles after 24 h. */
function request(given: Arguments, company: Company, resigned: boolean): object {
  const handover = handoverOf(company, given.required('handover_userid'), resigned);
  mustBeFresh(company, handover);
  const takeover = successor(company, given.required('takeover_userid'));
  if (handover === takeover) throw new Refusal(40130, 'handover and takeover are the same', 'argument');
  atMost('transfer_success_msg', given.text('transfer_success_msg'), 200);
  return {
    customer: given.someTexts('external_userid', 100).map((external_userid) => ({
      external_userid,
      errcode: requestTransfer(company, { handover, takeover, external_userid, resigned }, 'api'),
    })),
  };
}

/** @throws Refusal 40097 when a leaver is wanted and the member serves, 40003 for anybody unknown */
function handoverOf(company: Company, userid: string, resigned: boolean): Staff {
  if (!resigned) return servingStaff(company, userid);
  const leaver = company.world.findDeparted(userid);
  if (leaver) return leaver;
  servingStaff(company, userid);
  throw new Refusal(40097, 'handover has not left');
}

function results(given: Arguments, company: Company, resigned: boolean): object {
  const [handover, takeover] = [given.required('handover_userid'), given.required('takeover_userid')];
  const scope = `transfer_result ${JSON.stringify([resigned, handover, takeover])}`;
  const [after = 0] = decodeCursor(scope, given.text('cursor'), 1);
  const rows = company.world.transfers
    .givenBy(handover)
    .filter((transfer) => transfer.resigned === resigned && is(transfer.takeover, takeover));
  const { page, more } = pageAfter(rows, after, resultsPerPage);
  const last = page.at(-1);
  return {
    customer: page.map(resultView),
    next_cursor: more && last ? encodeCursor(scope, [last.serial]) : '',
  };
}

const is = (staff: Staff, userid: string): boolean => staff.userid.toLowerCase() === userid.toLowerCase();

const statuses = { taken_over: 1, customer_refused: 3, customer_limit_exceed: 4 } as const;
const waiting = 2;

/** Status 1 taken over, 2 waiting (then the time is the planned one), 3 refused, 4 the successor is full. */
const resultView = ({ contact, outcome, takeover_time }: Transfer): object => ({
  external_userid: contact.external_userid,
  status: outcome ? statuses[outcome] : waiting,
  takeover_time,
});
