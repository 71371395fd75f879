import type { Config } from '../../../../config';
import type { TicketApi, TicketKind } from '../../../wecom';
import { sidebarError } from './sidebar.errors';
import type { Signatures } from './sidebar.schema';
import { asSidebarFault } from './wecom-faults';

export interface SignatureDeps {
  config: { http: Pick<Config['http'], 'publicUrl'>; wecom: Pick<Config['wecom'], 'jsSdkUrls'> };
  wecom: { tickets: Pick<TicketApi, 'sign'> };
  corpId: () => string;
  agentId: () => number | undefined;
}

/** What a page of ours needs to talk to the WeCom client: both identities, each with a signature of its own. */
export function createSignatures({ config, wecom, corpId, agentId }: SignatureDeps) {
  async function sign(kind: TicketKind, url: string) {
    const { nonce, timestamp, signature } = await wecom.tickets.sign(kind, url);
    return { timestamp, nonce_str: nonce, signature };
  }

  return {
    /**
     * @param host as the request names it
     * @throws sidebar.bad_url, foreign_url, no_public_url, not_configured, wecom_refused, wecom_unreachable
     */
    async of(url: string, host: string): Promise<Signatures> {
      assertOurs(url, ownOrigin(config.http.publicUrl, host));
      const [app_id, agent_id] = [corpId(), agentId()];
      if (app_id === '' || agent_id === undefined) throw sidebarError('not_configured');
      const signed = Promise.all([sign('jsapi_corp', url), sign('jsapi_agent', url)]);
      const [corp, agent] = await signed.catch(asSidebarFault);
      return { app_id, agent_id, corp, agent, scripts: [...config.wecom.jsSdkUrls] };
    },
  };
}

/** The configured one, or, on a machine of one's own, the one that was asked: a forged host name signs for nobody. */
function ownOrigin(publicUrl: string | undefined, host: string): string {
  if (publicUrl) return new URL(publicUrl).origin;
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) return new URL(`http://${host}`).origin;
  throw sidebarError('no_public_url');
}

function assertOurs(url: string, expected: string): void {
  const page = URL.canParse(url) && !/[\s\\\p{Cc}]/u.test(url) ? new URL(url) : undefined;
  if (!page || !/^https?:$/.test(page.protocol)) throw sidebarError('bad_url');
  if (page.username || page.password) throw sidebarError('bad_url');
  if (page.origin !== expected) throw sidebarError('foreign_url', { expected, given: page.origin });
}
