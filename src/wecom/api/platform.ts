import { z } from 'zod';
import { messageOf } from '../../core/errors';
import { type Advice, adviceFor } from '../advice';
import { WecomError, WecomNotConfigured } from '../errors';
import type { TokenStore } from '../token';
import type { CallOptions, WecomAppName, WecomClient } from '../types';
import { list, listAnswer } from './shape';

/** Whether an application's secret works from here. */
export type SecretCheck =
  | { ok: true }
  | { ok: false; errcode: number | null; message: string; advice: Advice | undefined };

const ipList = listAnswer('ip_list', { ip_list: list(z.string()) });

interface PlatformDeps {
  client: WecomClient;
  tokens: Pick<TokenStore<WecomAppName>, 'reset'>;
  agentId: () => number | undefined;
}

export type PlatformApi = ReturnType<typeof createPlatformApi>;

/** Addresses of the platform, and the test of settings. */
export function createPlatformApi({ client, tokens, agentId }: PlatformDeps) {
  const ips = async (path: string, options: CallOptions): Promise<string[]> =>
    (await client.call({ app: 'agent', method: 'GET', path, parse: ipList, ...options })).ip_list;

  /** One harmless call per application that fails when the secret, the permission or the trusted IP is wrong. */
  function probe(app: WecomAppName) {
    const parse = z.unknown();
    if (app === 'contacts') return { app, method: 'POST', path: 'user/list_id', body: { limit: 1 }, parse } as const;
    if (app === 'archive')
      return { app, method: 'POST', path: 'msgaudit/get_permit_user_list', body: {}, parse } as const;
    const agentid = agentId();
    if (agentid === undefined) throw new WecomNotConfigured(app);
    return { app, method: 'GET', path: 'agent/get', query: { agentid }, parse } as const;
  }

  return {
    /** Where callbacks come from: single addresses or CIDR. Refresh daily; old and new ranges overlap for a while. */
    callbackIps: (options: CallOptions) => ips('getcallbackip', options),
    /** Where our calls go, for the firewall. */
    apiDomainIps: (options: CallOptions) => ips('get_api_domain_ip', options),

    /** Tries the settings of one application against WeCom, with a fresh token. Never throws for a fault of WeCom. */
    async testSecret(app: WecomAppName, options: CallOptions): Promise<SecretCheck> {
      try {
        await tokens.reset(app);
        await client.call({ ...probe(app), ...options });
        return { ok: true };
      } catch (error) {
        const errcode = error instanceof WecomError ? error.errcode : null;
        const advice = errcode === null ? undefined : adviceFor(errcode);
        return { ok: false, errcode, message: messageOf(error), advice };
      }
    },
  };
}
