import { Agent, type Dispatcher, request as send } from 'undici';
import { z } from 'zod';
import { seconds } from '../core/clock';
import { messageOf } from '../core/errors';
import { WecomMalformed, WecomUnreachable } from './errors';
import { parseJson } from './json';

export interface TransportOptions {
  baseUrl: string;
  connectMs?: number | undefined;
  /** Longest wait for headers, and between two parts of the body. */
  responseMs?: number | undefined;
  /** Told the Date header of every answer. */
  heard?: ((date: string) => void) | undefined;
}

export interface HttpCall {
  path: string;
  method: 'GET' | 'POST';
  query: Record<string, string | number>;
  body?: object | undefined;
  signal?: AbortSignal | undefined;
}

/** Every answer of WeCom is an object; a missing errcode means 0. */
export type Answer = { errcode: number; errmsg: string; body: Record<string, unknown> };

const maxResponseSize = 32 * 1024 * 1024;
const answer = z.looseObject({ errcode: z.number().int().optional(), errmsg: z.string().optional() });

/** Sends one call and reads its JSON. Knows nothing of tokens, limits or retries. */
export function createTransport({
  baseUrl,
  connectMs = seconds(5),
  responseMs = seconds(15),
  heard,
}: TransportOptions) {
  const dispatcher = new Agent({
    connect: { timeout: connectMs },
    headersTimeout: responseMs,
    bodyTimeout: responseMs,
    maxResponseSize,
  });

  function addressOf({ path, query }: HttpCall): URL {
    const url = new URL(`/cgi-bin/${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }

  async function fetchText(call: HttpCall): Promise<string> {
    const response = await send(addressOf(call), { dispatcher, ...optionsOf(call) });
    const { date } = response.headers;
    if (typeof date === 'string') heard?.(date);
    if (response.statusCode === 200) return response.body.text();
    await response.body.dump();
    throw new WecomUnreachable(call.path, `HTTP ${response.statusCode}`);
  }

  return {
    /** @throws WecomUnreachable without a whole JSON answer; the reason of the signal when it was aborted */
    async send(call: HttpCall): Promise<Answer> {
      const text = await fetchText(call).catch((error: unknown) => {
        call.signal?.throwIfAborted();
        throw error instanceof WecomUnreachable ? error : new WecomUnreachable(call.path, reasonOf(error));
      });
      return read(call.path, text);
    },

    close: (): Promise<void> => dispatcher.close(),
  };
}

type SendOptions = Omit<Dispatcher.RequestOptions, 'origin' | 'path'>;

/** WeCom wants raw UTF-8, not \u escapes (40033): what JSON.stringify writes. */
const optionsOf = ({ method, body, signal }: HttpCall): SendOptions => ({
  method,
  ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } } : {}),
  ...(signal ? { signal } : {}),
});

/** Undici's messages never hold the address, which carries the token. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : '';
  return `${code}${messageOf(error)}`;
}

function read(api: string, text: string): Answer {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw new WecomUnreachable(api, 'the answer is no whole JSON');
  }
  const parsed = answer.safeParse(json);
  if (!parsed.success) throw new WecomMalformed(api, 'the answer is no object with an errcode');
  const { errcode = 0, errmsg = '' } = parsed.data;
  return { errcode, errmsg, body: json as Record<string, unknown> };
}
