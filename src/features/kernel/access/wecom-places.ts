import type { Config } from '../../../../config';

interface Trip {
  state: string;
  /** Where WeCom sends the browser back to. */
  redirectUri: string;
  /** Whether the browser is WeCom's own, which knows who holds it. */
  inWecom: boolean;
  agentId: number;
}

const real = { silent: 'https://open.weixin.qq.com', byCode: 'https://login.work.weixin.qq.com' };

/** The page of WeCom that says who somebody is (wecom-platform §§7, 8). The sandbox has both on its own host. */
export function wecomPlace({ corpId, mode, apiBase }: Config['wecom'], trip: Trip): string {
  const hosts = mode === 'sandbox' ? { silent: apiBase, byCode: apiBase } : real;
  const common = { appid: corpId, redirect_uri: trip.redirectUri, state: trip.state, agentid: String(trip.agentId) };
  if (trip.inWecom) {
    const query = new URLSearchParams({ ...common, response_type: 'code', scope: 'snsapi_base' });
    return `${hosts.silent}/connect/oauth2/authorize?${query}#wechat_redirect`;
  }
  return `${hosts.byCode}/wwlogin/sso/login?${new URLSearchParams({ login_type: 'CorpApp', ...common })}`;
}
