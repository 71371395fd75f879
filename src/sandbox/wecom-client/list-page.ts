import type { Company } from '../company';
import { escaped } from '../sign-in-page';
import type { Staff } from '../world/types';
import { html } from './look';

const mostShown = 100;

/** The members; of one of them, who they talk with. */
export function listPage(company: Company, given: URLSearchParams): string {
  const staff = company.world.findStaff(given.get('userid') ?? '');
  return staff ? chatsOf(company, staff) : members(company, given.get('q') ?? '');
}

function members({ world }: Company, wanted: string): string {
  const matches = ({ name, userid }: Staff) => `${name} ${userid}`.toLowerCase().includes(wanted.toLowerCase());
  const serving = [...world.staff.values()].filter((staff) => staff.follower && staff.departed_at === undefined);
  const rows = serving.filter(matches).map(
    ({ userid, name, position, relations }) =>
      `<li><a href="?userid=${encodeURIComponent(userid)}">${escaped(name)}</a>
       <span>${escaped(position)} · ${relations.size} 位客户</span></li>`,
  );
  return html(
    '企业微信客户端（沙箱）',
    `<main><h1>企业微信客户端（沙箱）</h1><p>选择一位成员，打开其聊天中的侧边栏。</p>
<form><label>姓名<input name="q" value="${escaped(wanted)}"></label><button>查找</button></form>
<ul>${rows.slice(0, mostShown).join('')}</ul></main>`,
  );
}

function chatsOf({ world }: Company, { userid, name, relations }: Staff): string {
  const link = (title: string, more: Record<string, string>) =>
    `<li><span>${escaped(title)}</span><a href="/wecom-client/chat?${escaped(String(new URLSearchParams({ userid, ...more })))}">打开侧边栏</a></li>`;
  const people = [...relations.values()].map(({ contact, remark }) =>
    link(remark ? `${remark}（${contact.name}）` : contact.name, {
      entry: 'single_chat_tools',
      external_userid: contact.external_userid,
    }),
  );
  const groups = [...world.groupChats.values()].filter(({ dismissed, members }) => !dismissed && members.has(userid));
  const chats = groups.map((chat) => link(chat.name, { entry: 'group_chat_tools', chat_id: chat.chat_id }));
  return html(
    `${escaped(name)} 的聊天（沙箱）`,
    `<main><p><a href="/wecom-client">全部成员</a></p><h1>${escaped(name)} 的聊天</h1>
<h2>客户</h2><ul>${people.slice(0, mostShown).join('')}</ul><h2>客户群</h2><ul>${chats.slice(0, mostShown).join('')}</ul></main>`,
  );
}
