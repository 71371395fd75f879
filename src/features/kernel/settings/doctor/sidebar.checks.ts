import { days } from '../../../../core/clock';
import { type Check, type DoctorDeps, type Outcome, ok, type Words, words } from './doctor.types';

/** What an administrator can repair, by what the sidebars say; the rest is the affair of whoever sits before it. */
const repairs: Readonly<Record<string, Words>> = {
  wrong_domain: words(
    '请在「应用管理 → 应用 → 网页授权及 JS-SDK」中填写并验证本服务器的域名（与 PUBLIC_URL 一致，含端口）。',
    'Enter and prove the domain of this server (that of PUBLIC_URL, port included) under App Management → the app → Web authorisation and JS-SDK.',
  ),
  bad_signature: words(
    '请核对企业 ID 与自建应用的 AgentId、Secret，并确认服务器时间准确。',
    'Check the corp id, and AgentId and Secret of the self-built app, and that the clock of the server is right.',
  ),
  no_permission: words(
    '请在「客户与上下游 → 客户联系 → API → 可调用接口的应用」中加入自建应用，并把成员加入客户联系的使用范围。',
    'Add the self-built app under Customers → Customer contact → API → Apps that may call, and the members to those who may use customer contact.',
  ),
};

const causes: Readonly<Record<string, Words>> = {
  wrong_domain: words('可信域名不符', 'the trusted domain is another one'),
  bad_signature: words('签名或票据无效', 'signature or ticket is not valid'),
  no_permission: words('应用没有权限', 'the app lacks a permission'),
};

/** What the sidebars of the last day failed at: only a client of WeCom sees whether its settings are right. */
export const sidebarChecks = ({ db, sidebar }: DoctorDeps): Check[] => [
  {
    key: 'sidebar',
    area: 'wecom',
    title: words('聊天侧边栏', 'Chat sidebar'),
    async run() {
      const failed = await sidebar.since(new Date(db.now().getTime() - days(1)));
      const found = failed.filter(({ code }) => code in repairs);
      return found[0]
        ? judged(found, found[0].code)
        : ok('最近 24 小时没有成员报告配置问题。', 'Nobody reported a fault of the settings within 24 hours.');
    },
  },
];

function judged(found: { step: string; code: string }[], first: string): Outcome {
  const named = [...new Set(found.map(({ code }) => code))].flatMap((code) => causes[code] ?? []);
  return {
    level: 'warn',
    cause: words(
      `最近 24 小时有成员打不开侧边栏：${named.map(({ zh }) => zh).join('、')}。`,
      `Members could not open the sidebar within 24 hours: ${named.map(({ en }) => en).join(', ')}.`,
    ),
    action: repairs[first],
    copy: found.map(({ step, code }) => `${step}: ${code}`),
  };
}
