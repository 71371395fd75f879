import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { shanghaiDay, sleep } from '../../core/clock';
import type { SandboxClock } from '../clock';
import type { Faults } from '../faults';
import { Arguments, isRecord } from '../http/arguments';
import { Refusal } from '../http/fault';
import { type Bank, BankRefusal, orderView, refundView } from './bank';
import { bankKeys, merchantSettings } from './keys';
import { isOurMerchants, signedHeaders } from './wire';

export interface PayRequest {
  method: string;
  /** With its query. */
  path: string;
  body: string;
}

interface Deps {
  bank: Bank;
  clock: SandboxClock;
  faults: Faults;
  /** Hears of everything that was asked. */
  asked(api: string): void;
}

interface Reply {
  status: number;
  json?: object;
  file?: string;
}

export type PayDesk = ReturnType<typeof createPayDesk>;

/** WeChat Pay's API v3 as far as the product uses it: answers to signed requests, signed themselves. */
export function createPayDesk({ bank, clock, faults, asked }: Deps) {
  /** What was asked, and not whether it was allowed. */
  function perform({ method, path, body }: PayRequest, host: string): Reply {
    const url = new URL(path, 'http://bank');
    const found = routes.find(([verb, pattern]) => verb === method && pattern.test(url.pathname));
    if (!found) throw new BankRefusal(404, 'RESOURCE_NOT_EXISTS');
    const [, pattern, , answer] = found;
    const number = decodeURIComponent(pattern.exec(url.pathname)?.[1] ?? '');
    return answer(bank, { number, query: url.searchParams, host, given: new Arguments(recordIn(body)) });
  }

  function answered(request: PayRequest, { headers: { authorization, host = '' } }: IncomingMessage): Reply {
    try {
      if (!isOurMerchants({ ...request, authorization }, clock)) throw new BankRefusal(401, 'SIGN_ERROR');
      return perform(request, host);
    } catch (error) {
      if (error instanceof Refusal) return { status: 400, json: { code: 'PARAM_ERROR', message: error.message } };
      if (!(error instanceof BankRefusal)) throw error;
      return { status: error.status, json: { code: error.code, message: error.code } };
    }
  }

  function read(request: PayRequest, incoming: IncomingMessage, api: string): Reply {
    if (faults.strikes('busy', api)) return busy;
    const reply = answered(request, incoming);
    if (reply.file === undefined || !faults.strikes('corruptFile', api)) return reply;
    return { ...reply, file: `${reply.file} ` };
  }

  async function spoiled(api: string, response: ServerResponse): Promise<boolean> {
    const wait = faults.delay('slow', api);
    if (wait > 0) await sleep(wait);
    if (faults.strikes('hang', api)) return true;
    if (faults.strikes('reset', api)) response.destroy();
    else if (faults.strikes('httpError', api)) response.writeHead(500).end('oops');
    else return false;
    return true;
  }

  return {
    /** Faults strike before the work is done (`lost`, `busy`) or after it. */
    async handle(incoming: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', body };
      const api = apiOf(request);
      asked(api);
      if (faults.strikes('lost', api)) return void response.destroy();
      const reply = read(request, incoming, api);
      if (await spoiled(api, response)) return;
      send(response, incoming, reply);
    },

    /** Does once more what a program had the bank do. */
    repeat(request: PayRequest): void {
      try {
        perform(request, '');
      } catch (error) {
        if (!(error instanceof BankRefusal)) throw error;
      }
    },
  };

  function send(response: ServerResponse, { headers }: IncomingMessage, { status, json, file }: Reply): void {
    const text = file ?? (json ? JSON.stringify(json) : '');
    const named = [headers['wechatpay-serial'] ?? []].flat().find((serial) => serial in bankKeys);
    const serial = named ?? Object.keys(bankKeys)[0] ?? '';
    const own = signedHeaders(text, { serial, at: clock.now() });
    if (faults.strikes('corruptSignature', 'pay')) own['wechatpay-signature'] = 'A'.repeat(344);
    response.writeHead(status, { ...(file === undefined ? own : {}), 'content-type': 'application/json' }).end(text);
  }
}

const busy: Reply = { status: 500, json: { code: 'SYSTEM_ERROR', message: 'busy' } };

interface Asked {
  number: string;
  query: URLSearchParams;
  given: Arguments;
  host: string;
}

type Answer = (bank: Bank, asked: Asked) => Reply;

const order =
  (kind: 'native' | 'jsapi'): Answer =>
  (bank, { given }) => {
    const amount = given.nested('amount');
    const openid = given.nested('payer').text('openid');
    if (kind === 'jsapi' && !openid) throw new BankRefusal(400, 'PARAM_ERROR');
    if (given.text('mchid') !== merchantSettings.mchId) throw new BankRefusal(400, 'MCH_NOT_EXISTS');
    const { prepay } = bank.order({
      kind,
      out_trade_no: given.required('out_trade_no'),
      description: given.required('description'),
      total: amount.whole('total', 0),
      expires_at: new Date(given.required('time_expire')),
      notify_url: given.required('notify_url'),
      ...(openid ? { openid } : {}),
    });
    const json =
      kind === 'native' ? { code_url: `weixin://wxpay/bizpayurl?pr=${prepay}` } : { prepay_id: `wx${prepay}` };
    return { status: 200, json };
  };

const refund: Answer = (bank, { given }) => {
  const amount = given.nested('amount');
  const done = bank.refund({
    out_trade_no: given.required('out_trade_no'),
    out_refund_no: given.required('out_refund_no'),
    ...{ amount: amount.whole('refund', 0), total: amount.whole('total', 0) },
    notify_url: given.required('notify_url'),
  });
  return { status: 200, json: refundView(done, 'PROCESSING') };
};

const billFile = (bank: Bank, day: string): string => {
  const paid = [...bank.orders.values()].filter(({ paid_at }) => paid_at && shanghaiDay(paid_at) === day);
  const rows = paid.map((one) => [one.transaction_id, one.out_trade_no, one.state, (one.total / 100).toFixed(2)]);
  const lines = rows.map((row) => row.map((value) => `\`${value}`).join(','));
  return `${['微信订单号,商户订单号,交易状态,订单金额', ...lines].join('\r\n')}\r\n`;
};

const bill: Answer = (bank, { query, host }) => {
  const day = query.get('bill_date') ?? '';
  const hash_value = createHash('sha1').update(billFile(bank, day)).digest('hex');
  const download_url = `http://${host}/v3/billdownload/file?token=${day}`;
  return { status: 200, json: { hash_type: 'SHA1', hash_value, download_url } };
};

const routes: readonly (readonly [string, RegExp, string, Answer])[] = [
  ['POST', /^\/v3\/pay\/transactions\/native$/, 'pay/native', order('native')],
  ['POST', /^\/v3\/pay\/transactions\/jsapi$/, 'pay/jsapi', order('jsapi')],
  [
    'GET',
    /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/,
    'pay/query',
    (bank, asked) => ({ status: 200, json: orderView(bank.find(asked.number)) }),
  ],
  [
    'POST',
    /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/,
    'pay/close',
    (bank, asked) => {
      bank.close(asked.number);
      return { status: 204 };
    },
  ],
  ['POST', /^\/v3\/refund\/domestic\/refunds$/, 'pay/refund', refund],
  [
    'GET',
    /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/,
    'pay/refund_query',
    (bank, asked) => ({ status: 200, json: refundView(bank.findRefund(asked.number), 'SUCCESS') }),
  ],
  ['GET', /^\/v3\/bill\/tradebill$/, 'pay/bill', bill],
  [
    'GET',
    /^\/v3\/billdownload\/file$/,
    'pay/bill_file',
    (bank, { query }) => ({ status: 200, file: billFile(bank, query.get('token') ?? '') }),
  ],
];

const apiOf = ({ method, path }: PayRequest): string => {
  const { pathname } = new URL(path, 'http://bank');
  return routes.find(([verb, pattern]) => verb === method && pattern.test(pathname))?.[2] ?? 'pay/unknown';
};

function recordIn(body: string): Record<string, unknown> {
  if (body === '') return {};
  const value: unknown = JSON.parse(body);
  return isRecord(value) ? value : {};
}
