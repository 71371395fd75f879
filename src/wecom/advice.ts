import { classOf, wrongSecret } from './error-codes';

/** What a person can do about a refusal, in the words of WeCom's admin console. */
export interface Advice {
  zh: string;
  en: string;
}

const secretWrong: Advice = {
  zh: 'Secret 不正确或已被重置，或应用已停用。请在管理后台「应用管理」打开对应应用（通讯录同步、会话内容存档在「管理工具」），查看 Secret 后重新填写。',
  en: 'The Secret is wrong, was reset, or the app is disabled. Open the app under App Management (contacts sync and archive: Management Tools), view the Secret and enter it again.',
};
const corpWrong: Advice = {
  zh: '企业 ID 不正确，或 Secret 属于另一家企业。请在「我的企业 → 企业信息」底部复制企业 ID，并核对 Secret。',
  en: 'The corp id is wrong, or the Secret belongs to another company. Copy the id from the bottom of My Company → Company Information and check the Secret.',
};
const notAllowed: Advice = {
  zh: '此应用没有该接口的权限。请在「客户与上下游 → 客户联系 → API → 可调用接口的应用」中勾选此应用；通讯录成员列表须使用通讯录同步的 Secret。',
  en: 'The app may not call this API. Tick the app under Customers → Customer Contact → API → Apps that may call the API; member lists need the Secret of contacts sync.',
};
const outOfRange: Advice = {
  zh: '成员、部门或标签不在应用的可见范围内。请在「应用管理 → 应用 → 可见范围」中添加该成员或部门。',
  en: 'The member, department or tag is outside the visible range of the app. Add it under App Management → the app → Visible range.',
};
const appDisabled: Advice = {
  zh: '应用已被停用或接口被禁用。请在「应用管理」中启用该应用。',
  en: 'The app is disabled or the API is forbidden for it. Enable the app under App Management.',
};
const wrongAgent: Advice = {
  zh: 'AgentId 与 Secret 不属于同一个应用。请在「应用管理 → 应用」详情页核对 AgentId。',
  en: 'AgentId and Secret are of different apps. Compare the AgentId on the page of the app under App Management.',
};
const domainWrong: Advice = {
  zh: '可信域名未设置、与访问地址不一致或未通过归属校验。请在「应用管理 → 应用 → 网页授权及JS-SDK」中设置与地址完全一致（含端口）的域名。',
  en: 'The trusted domain is missing, differs from the address (port included) or was not proven. Set it under App Management → the app → Web authorisation and JS-SDK.',
};
const archiveOff: Advice = {
  zh: '会话内容存档未开通或已过期。请在「管理工具 → 会话内容存档」中开通或续期。',
  en: 'The conversation archive is not enabled or has expired. Enable or renew it under Management Tools → Conversation Archive.',
};

const advice: Record<number, Advice> = {
  40001: secretWrong,
  41004: secretWrong,
  40013: corpWrong,
  40091: corpWrong,
  41002: corpWrong,
  40056: wrongAgent,
  301002: wrongAgent,
  48001: notAllowed,
  48002: notAllowed,
  48006: {
    zh: '接口权限因长期未使用被收回。请在管理后台「客户联系 → API」中重新开启。',
    en: 'The permission was withdrawn because it was not used for long. Enable it again under Customer Contact → API.',
  },
  48009: {
    zh: '新 IP 不能用通讯录同步 Secret 读取成员详情。请填写自建应用的 Secret，由自建应用读取成员详情。',
    en: 'From a new IP the contacts-sync Secret may not read member details. Enter the Secret of a self-built app, which will read them.',
  },
  50001: domainWrong,
  80001: domainWrong,
  85005: domainWrong,
  50002: outOfRange,
  60011: outOfRange,
  50003: appDisabled,
  50006: appDisabled,
  60031: appDisabled,
  60020: {
    zh: '服务器出口 IP 不在「企业可信IP」中。请在「应用管理 → 应用 → 企业可信IP」中添加服务器的固定出口 IP，约 1 分钟后生效。',
    en: 'The IP of this server is not a trusted IP. Add its fixed egress IP under App Management → the app → Trusted company IP; it works after about a minute.',
  },
  84061: {
    zh: '该成员与该客户之间没有外部联系人关系：客户已被删除，或尚未通过验证。无需处理；若大量出现，请检查应用可见范围与客户联系的使用范围。',
    en: 'There is no relation between this staff member and this external contact: deleted, or not confirmed yet. Nothing to do; if there are many, check the visible range of the app and who may use Customer Contact.',
  },
  301042: {
    zh: '服务器 IP 不在会话内容存档的可信 IP 中。请在「管理工具 → 会话内容存档 → 可信IP地址」中添加。',
    en: 'The IP of this server is not trusted for the archive. Add it under Management Tools → Conversation Archive → Trusted IP addresses.',
  },
  301052: archiveOff,
  301053: archiveOff,
  301007: {
    zh: '企业已解散或被封禁。请登录管理后台查看企业状态。',
    en: 'The company was dissolved or banned. Sign in to the admin console to see its state.',
  },
};

const needsPerson: Advice = {
  zh: '企业微信拒绝了此应用的请求，需要管理员在管理后台检查该应用的权限与状态。',
  en: 'WeCom refused the app: an administrator should check its permissions and state in the admin console.',
};

/** What to click in WeCom's admin console. @returns undefined when a person cannot help */
export function adviceFor(errcode: number): Advice | undefined {
  const needed = classOf(errcode) === 'configuration' || wrongSecret.includes(errcode);
  return advice[errcode] ?? (needed ? needsPerson : undefined);
}
