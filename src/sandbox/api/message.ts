import { createHash } from 'node:crypto';
import { hours } from '../../core/clock';
import type { Company } from '../company';
import { badArgument, Refusal } from '../http/fault';
import type { Endpoint, Endpoints } from './endpoint';

const agentOnly = { method: 'GET', apps: ['agent'] } as const;
const anybody = { method: 'GET', apps: ['agent', 'contacts', 'archive'] } as const;

/** Kept in the ledger instead of being shown to anybody. */
const send: Endpoint = {
  method: 'POST',
  apps: ['agent'],
  answer(given, company) {
    if (given.whole('agentid', 0) !== company.agentId) throw new Refusal(301002, 'wrong agentid', 'argument');
    const msgtype = given.required('msgtype');
    const wanted = given.text('touser').split('|').filter(Boolean);
    if (wanted.length > 1000) throw badArgument('touser takes at most 1000 members');
    const [known, unknown] = sort(company, wanted);
    if (known.length === 0) throw new Refusal(81013, 'no valid receiver');
    const { ledger, clock, random } = company;
    ledger.messages.push({ at: clock.now(), touser: known, msgtype, body: given.nested(msgtype).all() });
    // WeCom gives userids back in lower case, whatever the case they were sent in.
    return {
      msgid: random.id('', 40),
      ...(unknown.length > 0 ? { invaliduser: unknown.join('|').toLowerCase() } : {}),
    };
  },
};

function sort({ world }: Company, wanted: readonly string[]): [known: string[], unknown: string[]] {
  if (wanted[0] === '@all') return [[...world.staff.values()].map(({ userid }) => userid), []];
  return [wanted.filter((userid) => world.findStaff(userid)), wanted.filter((userid) => !world.findStaff(userid))];
}

const periodOf = (company: Company): number => Math.floor(company.clock.now().getTime() / hours(2));

/** The ticket of these two hours of the sandbox clock. */
export const ticketOf = (company: Company, kind: 'corp' | 'agent'): string =>
  createHash('sha512')
    .update(`${company.corpId} ${kind} ${periodOf(company)}`)
    .digest('base64url');

function ticket(company: Company, kind: 'corp' | 'agent'): object {
  const left = (periodOf(company) + 1) * hours(2) - company.clock.now().getTime();
  return { ticket: ticketOf(company, kind), expires_in: Math.ceil(left / 1000) };
}

const agentTicket: Endpoint = {
  ...agentOnly,
  answer(given, company) {
    if (given.text('type') !== 'agent_config') throw badArgument('type is not agent_config');
    return ticket(company, 'agent');
  },
};

/** Who sees the app (可见范围). */
const rangeView = ({ world: { visibleRange } }: Company): object => ({
  allow_userinfos: { user: visibleRange.userids.map((userid) => ({ userid })) },
  allow_partys: { partyid: visibleRange.departments },
  allow_tags: { tagid: [] },
});

const local = { ip_list: ['127.0.0.1'] };

export const messageEndpoints: Endpoints = {
  'message/send': send,
  get_jsapi_ticket: { ...agentOnly, answer: (_, company) => ticket(company, 'corp') },
  'ticket/get': agentTicket,
  'agent/get': {
    ...agentOnly,
    answer(given, company) {
      if (given.whole('agentid', 0) !== company.agentId) throw new Refusal(301002, 'wrong agentid', 'argument');
      return { agentid: company.agentId, name: 'SCRM', close: 0, ...rangeView(company) };
    },
  },
  getcallbackip: { ...anybody, answer: () => local },
  get_api_domain_ip: { ...anybody, answer: () => local },
};
