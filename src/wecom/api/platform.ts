import { z } from 'zod';
import { messageOf } from '../../core/errors';
import { type Advice, adviceFor } from '../advice';
import { callerAddress, WecomError, WecomNotConfigured } from '../errors';
import type { TokenStore } from '../token';
import type { CallOptions, WecomAppName, WecomCall, WecomClient } from '../types';
import { list, listAnswer, text } from './shape';

/** Whether an application's secret works from here. */
export type SecretCheck =
  | { ok: true }
  | {
      ok: false;
      errcode: number | null;
      message: string;
      advice: Advice | undefined;
      /** The address we asked from, where WeCom names it. */
      address: string | null;
    };

/** Who sees the self-built app (可见范围), and what it is called. */
export interface AppRange {
  name: string;
  userids: string[];
  departmentIds: number[];
  tagIds: number[];
}

/** What the self-built app must be allowed to read. */
export const capabilities = ['directory', 'customers', 'groups', 'tags'] as const;
export type Capability = (typeof capabilities)[number];

const agentAnswer = z
  .object({
    name: text,
    allow_userinfos: z.object({ user: list(z.object({ userid: z.string() })) }).optional(),
    allow_partys: z.object({ partyid: list(z.number().int()) }).optional(),
    allow_tags: z.object({ tagid: list(z.number().int()) }).optional(),
  })
  .transform(
    ({ name, allow_userinfos, allow_partys, allow_tags }): AppRange => ({
      name,
      userids: allow_userinfos?.user.map(({ userid }) => userid) ?? [],
      departmentIds: allow_partys?.partyid ?? [],
      tagIds: allow_tags?.tagid ?? [],
    }),
  );
const permitted = listAnswer('ids', { ids: list(z.string()) });
const departmentIds = listAnswer('department', { department: list(z.object({ id: z.number().int() })) });
const anything = z.unknown();

const ipList = listAnswer('ip_list', { ip_list: list(z.string()) });

interface PlatformDeps {
  client: WecomClient;
  tokens: Pick<TokenStore<WecomAppName>, 'reset'>;
  agentId: () => number | undefined;
  clockSkewMs: () => number | undefined;
}

export type PlatformApi = ReturnType<typeof createPlatformApi>;

/** Addresses of the platform, and the test of settings. */
export function createPlatformApi({ client, tokens, agentId, clockSkewMs }: PlatformDeps) {
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

  /** Never throws for a fault of WeCom. */
  async function checked(work: () => Promise<unknown>): Promise<SecretCheck> {
    try {
      await work();
      return { ok: true };
    } catch (error) {
      const refusal = error instanceof WecomError ? error : undefined;
      const advice = refusal && adviceFor(refusal.errcode);
      const address = refusal ? callerAddress(refusal) : null;
      return { ok: false, errcode: refusal?.errcode ?? null, message: messageOf(error), advice, address };
    }
  }

  const asAgent = <T>(call: Pick<WecomCall<T>, 'method' | 'path' | 'query' | 'body' | 'parse'>, options: CallOptions) =>
    client.call({ app: 'agent', ...call, ...options });

  /** Details of members, which need more than the list of departments. */
  async function readDirectory(options: CallOptions): Promise<void> {
    const { department } = await asAgent({ method: 'GET', path: 'department/list', parse: departmentIds }, options);
    const query = { department_id: department[0]?.id ?? 1 };
    await asAgent({ method: 'GET', path: 'user/list', query, parse: anything }, options);
  }

  const reads: Record<Capability, (options: CallOptions) => Promise<unknown>> = {
    directory: readDirectory,
    customers: (options) =>
      asAgent({ method: 'GET', path: 'externalcontact/get_follow_user_list', parse: anything }, options),
    groups: (options) => {
      const body = { status_filter: 0, limit: 1 };
      return asAgent({ method: 'POST', path: 'externalcontact/groupchat/list', body, parse: anything }, options);
    },
    tags: (options) =>
      asAgent({ method: 'POST', path: 'externalcontact/get_corp_tag_list', body: {}, parse: anything }, options),
  };

  return {
    /** Where callbacks come from: single addresses or CIDR. Refresh daily; old and new ranges overlap for a while. */
    callbackIps: (options: CallOptions) => ips('getcallbackip', options),
    /** Where our calls go, for the firewall. */
    apiDomainIps: (options: CallOptions) => ips('get_api_domain_ip', options),

    clockSkewMs,

    /** Tries the settings of one application against WeCom, with a fresh token. Never throws for a fault of WeCom. */
    testSecret: (app: WecomAppName, options: CallOptions): Promise<SecretCheck> =>
      checked(async () => {
        await tokens.reset(app);
        await client.call({ ...probe(app), ...options });
      }),

    /** One harmless read of what the self-built app must be allowed to. Never throws for a fault of WeCom. */
    testCapability: (capability: Capability, options: CallOptions): Promise<SecretCheck> =>
      checked(() => reads[capability](options)),

    /** The visible range of the self-built app. @throws WecomNotConfigured without an agent id; as `client.call` */
    async appRange(options: CallOptions): Promise<AppRange> {
      const agentid = agentId();
      if (agentid === undefined) throw new WecomNotConfigured('agent');
      return asAgent({ method: 'GET', path: 'agent/get', query: { agentid }, parse: agentAnswer }, options);
    },

    /** How many members the conversation archive covers. @throws as `client.call` */
    archivedMembers: async (options: CallOptions): Promise<number> => {
      const call = { app: 'archive', method: 'POST', path: 'msgaudit/get_permit_user_list', body: {} } as const;
      return (await client.call({ ...call, parse: permitted, ...options })).ids.length;
    },
  };
}
