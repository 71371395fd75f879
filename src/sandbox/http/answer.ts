import type { IncomingMessage } from 'node:http';
import { endpoints } from '../api';
import type { Endpoint } from '../api/endpoint';
import type { Company } from '../company';
import type { FaultName, Faults } from '../faults';
import type { SandboxApp } from '../settings';
import { settleTransfers } from '../transfers';
import { Arguments, isRecord } from './arguments';
import { Refusal } from './fault';
import type { Limits } from './limits';
import type { Tokens } from './tokens';

/** What answering takes. */
export interface Desk {
  company: Company;
  tokens: Tokens;
  limits: Limits;
  faults: Faults;
}

/** A call as it came in. */
export interface Call {
  /** The path below /cgi-bin/. */
  api: string;
  method: IncomingMessage['method'];
  query: URLSearchParams;
  body: string;
  /** A fault has spoilt it. */
  struck: boolean;
}

/** WeCom's fields of every answer; those of the API come with them. */
export interface Answer {
  errcode: number;
  errmsg: string;
}

/** Whether a fault strikes now. The call remembers it. */
export function spoils({ faults }: Desk, call: Call, name: FaultName): boolean {
  if (!faults.strikes(name, call.api)) return false;
  call.struck = true;
  return true;
}

const busy = -1;
const notThere = 48002;
const wrongJson = 'Warning: wrong json format. ';

/** The whole answer to a call. Never throws a Refusal: those are answers too, always with HTTP 200. */
export function answerCall(desk: Desk, call: Call): Answer {
  const { ledger } = desk.company;
  try {
    strike(desk, call);
    desk.limits.check(call.api);
    const { fields, warning } = call.api === 'gettoken' ? issueToken(desk, call) : perform(desk, call);
    return { errcode: 0, errmsg: `${warning}ok`, ...fields };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errcode, message, rule } = error;
    if (rule) ledger.violate({ api: call.api, errcode, rule, detail: message });
    return { errcode, errmsg: explained(desk, error) };
  }
}

/** WeCom adds a trace id and the caller's address: nobody may match on the text. */
function explained({ company }: Desk, { errcode, message, address }: Refusal): string {
  const hint = `${Math.floor(company.clock.now().getTime() / 1000)}${company.ledger.violations.length}`;
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return `${message}, hint: [${hint}], from ip: ${address}, ${more}`;
}

/** Faults that WeCom itself would answer with. */
function strike(desk: Desk, call: Call): void {
  const { api } = call;
  if (spoils(desk, call, 'busy')) throw new Refusal(busy, 'system busy');
  refuse(desk, call);
  if (api === 'message/getchatdata' && spoils(desk, call, 'expired')) throw new Refusal(10010, 'data expired');
  if (spoils(desk, call, 'tooConcurrent')) throw new Refusal(45033, 'concurrency out of limit');
  if (spoils(desk, call, 'overLimit')) {
    desk.limits.block(api);
    throw new Refusal(45009, 'api freq out of limit');
  }
}

function refuse({ faults }: Desk, call: Call): void {
  const refusal = call.api === 'gettoken' ? undefined : faults.refusal(call.api);
  if (!refusal) return;
  call.struck = true;
  throw new Refusal(refusal.errcode, 'not allow to access', undefined, refusal.address);
}

interface Fields {
  fields: object;
  warning: string;
}

function issueToken({ tokens, company }: Desk, { query }: Call): Fields {
  const token = tokens.issue(query.get('corpid') ?? '', query.get('corpsecret') ?? '');
  company.ledger.tokenFetches[token.app] += 1;
  return { fields: { access_token: token.text, expires_in: tokens.secondsLeft(token) }, warning: '' };
}

function perform(desk: Desk, call: Call): Fields {
  const app = appOf(desk, call);
  const endpoint = endpoints.get(call.api);
  if (!endpoint) throw new Refusal(notThere, 'api forbidden', 'access');
  admit(endpoint, call, app);
  const { given, warning } = argumentsOf(call);
  return { fields: endpoint.answer(given, desk.company, app), warning };
}

/** Does what an answered call did, without a token, limits and faults. */
export function repeatOrder(company: Company, { api, body }: Pick<Call, 'api' | 'body'>): void {
  settleTransfers(company);
  const endpoint = endpoints.get(api);
  if (endpoint?.method !== 'POST') return;
  try {
    endpoint.answer(new Arguments(parse(body) ?? {}), company, endpoint.apps[0] ?? 'agent');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function appOf(desk: Desk, call: Call): SandboxApp {
  const { tokens } = desk;
  const text = call.query.get('access_token') ?? '';
  const app = tokens.check(text);
  if (!spoils(desk, call, 'tokenExpired')) return app;
  tokens.invalidate(app, { forget: text.charCodeAt(0) % 2 === 0 });
  return tokens.check(text);
}

function admit({ apps, otherwise, method }: Endpoint, call: Call, app: SandboxApp): void {
  if (!apps.includes(app)) throw new Refusal(otherwise ?? notThere, 'api forbidden', 'access');
  // GET where POST is due gets a misleading answer from WeCom, too.
  if (method !== call.method) throw new Refusal(40058, 'invalid parameter', 'argument');
}

/** Bad JSON is answered as if it were empty, with a warning inside errmsg. */
function argumentsOf({ method, query, body }: Call): { given: Arguments; warning: string } {
  if (method === 'GET') return { given: new Arguments(Object.fromEntries(query)), warning: '' };
  const fields = parse(body);
  return { given: new Arguments(fields ?? {}), warning: fields ? '' : wrongJson };
}

function parse(body: string): Record<string, unknown> | undefined {
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
