import { createHash } from 'node:crypto';
import { ticketOf } from '../api/message';
import type { Company } from '../company';
import type { Arguments } from '../http/arguments';

/** What can be wrong with a company's settings, to be tried. */
export const clientFaults = ['domain', 'ticket', 'permission', 'relation'] as const;

export const entries = [
  'single_chat_tools',
  'group_chat_tools',
  'contact_profile',
  'chat_attachment',
  'normal',
] as const;

interface Registered {
  method: 'config' | 'agentConfig';
  identity: string;
  kind: 'corp' | 'agent';
}

const corp: Registered = { method: 'config', identity: 'appId', kind: 'corp' };
const agent: Registered = { method: 'agentConfig', identity: 'corpid', kind: 'agent' };

/** Answers as WeCom's client does, in its own words. `product` is whose domain is trusted. */
export function judge(company: Company, given: Arguments, product: string | undefined): object {
  const method = given.text('method');
  if (method === 'config') return register(company, given, { ...corp, product });
  if (method === 'agentConfig') return register(company, given, { ...agent, product });
  const ask = asks[method];
  return ask ? ask(company, given) : { err_msg: `${method}:fail, the permission value is offline verifying` };
}

const signed = (ticket: string, url: string, params: Arguments): string =>
  createHash('sha1')
    .update(
      `jsapi_ticket=${ticket}&noncestr=${params.text('nonceStr')}&timestamp=${params.whole('timestamp', 0)}&url=${url}`,
    )
    .digest('hex');

/** The domain first, then whose app it is, then the signature. */
function register(
  company: Company,
  given: Arguments,
  { method, identity, kind, product }: Registered & { product: string | undefined },
): object {
  const [url, params, fault] = [given.text('url'), given.nested('params'), given.text('fault')];
  if (fault === 'domain' || !isTrusted(url, product)) {
    return { errMsg: `${method}:fail, invalid url domain`, errCode: 80001 };
  }
  const isOurs = params.text(identity) === company.corpId;
  if (!isOurs || (kind === 'agent' && Number(params.text('agentid')) !== company.agentId)) {
    return { errMsg: `${method}:fail, invalid corpid or agentid`, errCode: 40013 };
  }
  const ticket = fault === 'ticket' ? 'a ticket that is over' : ticketOf(company, kind);
  if (signed(ticket, url, params) !== params.text('signature')) {
    return { errMsg: `${method}:fail, invalid signature`, errCode: 40093 };
  }
  return { errMsg: `${method}:ok` };
}

/** By port: this machine has several names. */
const isTrusted = (url: string, product: string | undefined): boolean =>
  product !== undefined && URL.canParse(url) && new URL(url).port === new URL(product).port;

const asks: Record<string, (company: Company, given: Arguments) => object> = {
  getContext: (_, given) => ({ err_msg: 'getContext:ok', entry: given.text('entry'), shareTicket: '' }),

  getCurExternalContact({ world }, given) {
    const at = given.text('entry');
    if (given.text('fault') === 'permission') return { err_msg: 'getCurExternalContact:fail, no permission' };
    if (at !== 'single_chat_tools' && at !== 'contact_profile') {
      return { err_msg: 'getCurExternalContact:fail, without context of external contact' };
    }
    const staff = world.findStaff(given.text('userid'));
    const strangers = () => [...world.contacts.keys()].find((id) => !staff?.relations.has(id));
    const userId = given.text('fault') === 'relation' ? strangers() : given.text('external_userid');
    return { err_msg: 'getCurExternalContact:ok', userId };
  },

  getCurExternalChat(_, given) {
    if (given.text('fault') === 'permission') return { err_msg: 'getCurExternalChat:fail, no permission' };
    if (given.text('entry') !== 'group_chat_tools') return { err_msg: 'getCurExternalChat:fail, without context' };
    return { err_msg: 'getCurExternalChat:ok', chatId: given.text('chat_id') };
  },
};
