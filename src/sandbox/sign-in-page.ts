import type { Company } from './company';
import type { Visitor } from './sign-ins';
import type { Staff } from './world/types';

/** What a browser is answered. */
export interface Page {
  status: number;
  headers?: Record<string, string>;
  html: string;
}

/** Inside the client, and on a computer by QR code. */
const silentPath = '/connect/oauth2/authorize';
const paths = new Set([silentPath, '/wwlogin/sso/login']);
const mostShown = 100;

/**
 * WeCom's two sign-in pages. The pretend client knows who holds it; otherwise, instead of asking who holds the phone they let anybody be chosen: with `userid`,
 * `external_userid` or `openid` they send the browser on at once.
 */
export function signInPage(company: Company, url: URL): Page | undefined {
  if (!paths.has(url.pathname)) return undefined;
  const { searchParams: given } = url;
  const target = redirectOf(given.get('redirect_uri'));
  if (!target || given.get('appid') !== company.corpId) return { status: 400, html: 'redirect_uri or appid is wrong' };
  const visitor = visitorIn(given) ?? (url.pathname === silentPath ? holderOf(company) : undefined);
  if (!visitor) return { status: 200, html: chooser(company, url) };
  target.searchParams.set('code', company.signIns.issue(visitor));
  target.searchParams.set('state', given.get('state') ?? '');
  return { status: 302, headers: { location: target.href }, html: '' };
}

function holderOf({ signIns }: Company): Visitor | undefined {
  const userid = signIns.holder();
  return userid === undefined ? undefined : { userid };
}

function redirectOf(text: string | null): URL | undefined {
  const target = text !== null && URL.canParse(text) ? new URL(text) : undefined;
  return target && /^https?:$/.test(target.protocol) ? target : undefined;
}

function visitorIn(given: URLSearchParams): Visitor | undefined {
  const [userid, external, openid] = ['userid', 'external_userid', 'openid'].map((name) => given.get(name));
  if (userid) return { userid };
  if (external) return { openid: openid ?? 'sandbox-openid', external_userid: external };
  return openid ? { openid } : undefined;
}

function chooser({ world }: Company, url: URL): string {
  const wanted = (url.searchParams.get('q') ?? '').toLowerCase();
  const matches = (staff: Staff) => `${staff.name} ${staff.userid}`.toLowerCase().includes(wanted);
  const found = [...world.staff.values()].filter((staff) => staff.departed_at === undefined && matches(staff));
  const links = found.slice(0, mostShown).map((staff) => {
    const next = new URL(url);
    next.searchParams.set('userid', staff.userid);
    const what = staff.leads.length > 0 ? `${staff.position} · 部门负责人` : staff.position;
    return `<li><a href="${escaped(next.pathname + next.search)}">${escaped(staff.name)}</a> ${escaped(what)}</li>`;
  });
  const kept = [...url.searchParams].filter(([name]) => name !== 'q');
  const fields = kept.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>企业微信（沙箱）</title>
<meta name="viewport" content="width=device-width">
<body style="font:16px/1.8 sans-serif;max-width:640px;margin:32px auto;padding:0 16px">
<h1>企业微信（沙箱）</h1><p>选择一位成员，以其身份登录。</p>
<form>${fields.join('')}<input name="q" value="${escaped(wanted)}" placeholder="姓名" aria-label="姓名"> <button>查找</button></form>
<ul>${links.join('')}</ul><p>共 ${found.length} 人，最多显示 ${mostShown} 人。</p></body></html>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
