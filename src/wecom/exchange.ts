import type { z } from 'zod';
import { classOf } from './error-codes';
import { WecomError, WecomMalformed } from './errors';
import { type Answer, createTransport, type HttpCall, type TransportOptions } from './transport';
import type { CallMetrics, Log } from './types';

export interface ExchangeDeps extends TransportOptions {
  log: Log;
  metrics?: CallMetrics | undefined;
}

export type Exchange = ReturnType<typeof createExchange>;

/** One call and what WeCom said: sends it, reads the errcode, counts the outcome. */
export function createExchange({ log, metrics, ...options }: ExchangeDeps) {
  const transport = createTransport(options);

  function accept(api: string, answer: Answer): Answer {
    const { errcode, errmsg } = answer;
    if (errmsg.includes('wrong json format')) log.warn('WeCom read only a part of our JSON', { api });
    if (errcode === 0) return answer;
    if (classOf(errcode) === undefined) log.warn('an errcode that is not in our table', { api, errcode, errmsg });
    throw new WecomError({ errcode, errmsg, api });
  }

  return {
    /** @throws WecomError when errcode is not 0, WecomUnreachable without a usable answer */
    async send(call: HttpCall): Promise<Answer> {
      try {
        const answer = accept(call.path, await transport.send(call));
        metrics?.count(call.path, 'ok');
        return answer;
      } catch (error) {
        metrics?.count(call.path, outcomeOf(error));
        throw error;
      }
    },

    close: transport.close,
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof WecomError) return String(error.errcode);
  return error instanceof WecomMalformed ? 'malformed' : 'unreachable';
}

/** Reads an answer by its schema. @throws WecomMalformed that names the places at fault, never the values */
export function shapeOf<T>(api: string, { body }: Answer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new WecomMalformed(api, faults.join('; '));
}
