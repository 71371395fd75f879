import type { Company } from '../company';
import { escaped } from '../sign-in-page';
import type { Staff } from '../world/types';
import type { clientFaults, entries } from './judge';
import { html } from './look';

const entryNames: Record<(typeof entries)[number], string> = {
  single_chat_tools: '单聊工具栏',
  group_chat_tools: '群聊工具栏',
  contact_profile: '客户资料页',
  chat_attachment: '聊天附件栏',
  normal: '工作台',
};

const faultNames: Record<(typeof clientFaults)[number], string> = {
  domain: '可信域名不符',
  ticket: '票据已过期',
  permission: '应用没有客户联系权限',
  relation: '客户不是该成员的',
};

interface Opened {
  staff: Staff;
  /** Whose sidebar it is. */
  product: string;
  given: URLSearchParams;
}

/** A chat with the sidebar beside it. Its page is shown as WeCom's client would, and what it asks of `wx` is judged. */
export function chatPage({ world }: Company, { staff, product, given }: Opened): string {
  const of = (name: string) => given.get(name) ?? '';
  const about = { userid: staff.userid, external_userid: of('external_userid'), chat_id: of('chat_id') };
  const state = { ...about, entry: of('entry') || 'normal', fault: of('fault') };
  const title =
    world.contacts.get(about.external_userid)?.name ?? world.groupChats.get(about.chat_id)?.name ?? '工作台';
  const hidden = Object.entries(about).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  const back = `/wecom-client?userid=${encodeURIComponent(staff.userid)}`;
  return html(
    `${escaped(title)} · 企业微信客户端（沙箱）`,
    `<div class="client"><div class="chat"><p><a href="${escaped(back)}">${escaped(staff.name)} 的聊天</a></p>
<h1>${escaped(title)}</h1><span class="said">沙箱中的聊天窗口：这里只演示右边的侧边栏。</span>
<form>${hidden.join('')}${choice('entry', '入口', entryNames, state.entry)}${choice('fault', '故障', { '': '无', ...faultNames }, state.fault)}<button>打开</button></form></div>
<iframe title="侧边栏" allow="clipboard-write"></iframe></div><script>${script(state, product)}</script>`,
  );
}

const choice = (name: string, title: string, options: Record<string, string>, chosen: string): string =>
  `<label>${title}<select name="${name}">${Object.entries(options)
    .map(([value, text]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${text}</option>`)
    .join('')}</select></label>`;

/** Under the name this page was opened with, so that cookies are those of one site. */
const script = (state: object, product: string): string => `
const state = ${inScript(state)};
const frame = document.querySelector('iframe');
const page = new URL('/sidebar/', ${inScript(product)});
if (/^(localhost|127\\.0\\.0\\.1)$/.test(page.hostname)) page.hostname = location.hostname;
frame.src = page.href;
addEventListener('message', async ({ source, data, origin }) => {
  if (source !== frame.contentWindow || !data || data.wx !== 'ask') return;
  const body = JSON.stringify({ ...state, method: data.method, params: data.params, url: data.url });
  const answer = await (await fetch('/wecom-client/call', { method: 'POST', body })).json();
  source.postMessage({ wx: 'answer', id: data.id, answer }, origin);
});`;

/** JSON inside a script element: no text in it may end the element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
