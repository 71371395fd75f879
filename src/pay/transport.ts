import { Agent, type Dispatcher, request } from 'undici';
import { type Clock, seconds, toUnix } from '../core/clock';
import { randomToken } from '../core/ids';
import { signText } from './crypto';
import { PayError, PayUnreachable } from './errors';
import type { Merchant } from './merchant';
import { type MessageHeaders, PayRefused, verifySigned } from './signed';

export interface PayCall {
  /** What it is called in logs and faults: the path holds our numbers. */
  api: string;
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  body?: object;
}

interface Deps {
  apiBase: string;
  merchant: Merchant;
  clock: Clock;
  /** For everything together. */
  patienceMs?: number | undefined;
}

interface Reply {
  status: number;
  headers: MessageHeaders;
  body: Buffer;
}

const maxResponseSize = 1024 * 1024;
/** A bill of a day, some hundred bytes a payment. */
const maxFileSize = 64 * 1024 * 1024;

export type PayTransport = ReturnType<typeof createPayTransport>;

/** Signs what goes out and believes nothing that comes back unless its signature holds. Repeats nothing. */
export function createPayTransport({ apiBase, merchant, clock, patienceMs = seconds(10) }: Deps) {
  const agents = { answer: agentFor(maxResponseSize), file: agentFor(maxFileSize) };

  async function exchange(call: PayCall, kind: keyof typeof agents): Promise<Reply> {
    const text = call.body ? JSON.stringify(call.body) : '';
    const options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'> = {
      method: call.method,
      headers: headersOf(call, text),
      signal: AbortSignal.timeout(patienceMs),
      ...(text ? { body: text } : {}),
    };
    try {
      const answer = await request(new URL(call.path, apiBase), { dispatcher: agents[kind], ...options });
      const body = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, headers: answer.headers, body };
    } catch (error) {
      throw new PayUnreachable(call.api, codeOf(error));
    }
  }

  function headersOf({ method, path }: PayCall, text: string): Record<string, string> {
    const [timestamp, nonce] = [String(toUnix(clock.now())), randomToken(24)];
    const signature = signText(merchant.privateKey, `${method}\n${path}\n${timestamp}\n${nonce}\n${text}\n`);
    const { mchId, serialNo, trusted } = merchant;
    const parts = { mchid: mchId, nonce_str: nonce, signature, timestamp, serial_no: serialNo };
    const [ours = ''] = trusted.keys();
    return {
      authorization: `WECHATPAY2-SHA256-RSA2048 ${Object.entries(parts)
        .map(([name, value]) => `${name}="${value}"`)
        .join(',')}`,
      accept: 'application/json',
      'user-agent': 'wecom-scrm',
      // The answer is signed with the key that is named here.
      'wechatpay-serial': ours,
      ...(text ? { 'content-type': 'application/json' } : {}),
    };
  }

  return {
    /** @returns what the answer holds, undefined where it holds nothing. @throws PayError, PayUnreachable */
    async send(call: PayCall): Promise<unknown> {
      const reply = await exchange(call, 'answer');
      believe(call, reply);
      const json = jsonOf(call, reply.body);
      if (reply.status >= 200 && reply.status < 300) return json;
      throw new PayError(call.api, reply.status, refusalIn(json));
    },

    /** A file, whose hash the caller must compare: WeChat Pay signs none. @throws PayUnreachable */
    async download(call: PayCall): Promise<Buffer> {
      const { status, body } = await exchange(call, 'file');
      if (status !== 200) throw new PayUnreachable(call.api, `HTTP ${status}`);
      return body;
    },

    close: async (): Promise<void> => {
      await Promise.all([agents.answer.destroy(), agents.file.destroy()]);
    },
  };

  function believe(call: PayCall, { status, headers, body }: Reply): void {
    try {
      verifySigned({ headers, body }, merchant.trusted, clock.now());
    } catch (error) {
      if (!(error instanceof PayRefused)) throw error;
      throw new PayUnreachable(call.api, `HTTP ${status}, not believed: ${error.reason}`);
    }
  }
}

const agentFor = (size: number): Agent => new Agent({ connect: { timeout: seconds(5) }, maxResponseSize: size });

/** Undici's messages may quote an address: its code says enough. */
function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  return error instanceof Error && 'code' in error ? String(error.code) : 'the connection broke';
}

function jsonOf({ api }: PayCall, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new PayUnreachable(api, 'the answer is no whole JSON');
  }
}

function refusalIn(json: unknown): string {
  const code = typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'UNKNOWN';
}
