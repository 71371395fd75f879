import { z } from 'zod';
import { type Clock, minutes, toUnix } from '../../core/clock';
import { randomToken } from '../../core/ids';
import { jsSdkSignature } from '../crypto';
import type { FetchedToken, TokenStore } from '../token';
import type { CallOptions, WecomClient } from '../types';

/** `jsapi_corp` for `wx.config`, `jsapi_agent` for `wx.agentConfig`; not interchangeable. */
export type TicketKind = 'jsapi_corp' | 'jsapi_agent';

/** What a page hands to the JS-SDK. */
export interface PageSignature {
  nonce: string;
  /** Seconds since 1970. */
  timestamp: number;
  signature: string;
}

const answer = z.object({ ticket: z.string().min(1), expires_in: z.number().positive() });

/** Asks WeCom for a ticket: at most 100 an hour and app, so only the store of tickets calls this. */
export async function fetchTicket(client: WecomClient, kind: TicketKind, options: CallOptions): Promise<FetchedToken> {
  const which =
    kind === 'jsapi_corp' ? { path: 'get_jsapi_ticket' } : { path: 'ticket/get', query: { type: 'agent_config' } };
  const { ticket, expires_in } = await client.call({
    app: 'agent',
    method: 'GET',
    ...which,
    parse: answer,
    ...options,
  });
  return { token: ticket, expiresIn: expires_in };
}

export type TicketApi = ReturnType<typeof createTicketApi>;

/** JS-SDK tickets, kept like access tokens, and the signatures made of them (path/90506). */
export function createTicketApi(store: TokenStore<TicketKind>, clock: Clock) {
  return {
    corp: (): Promise<string> => store.get('jsapi_corp'),
    agent: (): Promise<string> => store.get('jsapi_agent'),

    /**
     * WeCom's client refused what was signed with the ticket, and says so to the page only. A ticket is given out at most
     * 100 times an hour: a young one is taken for good, whatever is said of it.
     */
    distrust: (kind: TicketKind): Promise<void> => store.dropOlder(kind, minutes(10)),

    /** Signs a page address (`#…` is left out). The caller checks that the address is one of ours. */
    async sign(kind: TicketKind, url: string): Promise<PageSignature> {
      const ticket = await store.get(kind);
      const nonce = randomToken(12);
      const timestamp = toUnix(clock.now());
      return { nonce, timestamp, signature: jsSdkSignature({ ticket, nonce, timestamp, url }) };
    },
  };
}
