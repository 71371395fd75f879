import type { WecomAppName } from '../../../../../config';
import type { SecretCheck } from '../../../../wecom';
import { appNames, apps, type Check, type DoctorDeps, type Outcome, ok, skipped, words } from './doctor.types';

/** Errcodes that mean: this machine's address is not on a list (60020 for an app, 301042 for the archive). */
const notTrusted = [60020, 301042];

const isUntrusted = (check: SecretCheck | undefined): boolean =>
  check !== undefined && !check.ok && check.errcode !== null && notTrusted.includes(check.errcode);

/** Whether WeCom answers each application, and from this address. */
export const wecomChecks = (deps: DoctorDeps): Check[] => [
  { key: 'company', area: 'settings', title: words('接入的企业', 'Connected company'), run: async () => company(deps) },
  ...apps.map((app) => connection(deps, app)),
  trustedAddress(deps),
];

function company({ live, config }: DoctorDeps): Outcome {
  if (config.wecom.mode === 'sandbox') return ok('演示企业（沙箱）', 'The demo company (sandbox)');
  if (live.isConnected()) return ok(`已连接 ${live.corpId()}`, `Connected to ${live.corpId()}`);
  return {
    level: 'fail',
    cause: words('尚未连接企业。', 'No company is connected yet.'),
    action: words(
      '请用首次设置向导填写企业 ID 与自建应用（控制台 → 首次设置）。',
      'Use the wizard (console → First set-up) to enter the corp id and the self-built app.',
    ),
  };
}

const settingsAt: Record<WecomAppName, { zh: string; en: string }> = {
  agent: {
    zh: '请在「应用管理 → 应用 → 自建」打开应用，复制 AgentId 与 Secret，填入 WECOM_AGENT_ID、WECOM_AGENT_SECRET。',
    en: 'Open the app under App Management → Apps → Self-built, copy AgentId and Secret into WECOM_AGENT_ID and WECOM_AGENT_SECRET.',
  },
  contacts: {
    zh: '请在「管理工具 → 通讯录同步」查看 Secret，填入 WECOM_CONTACTS_SECRET。没有它，离职与部门变动只能靠对账发现。',
    en: 'View the Secret under Management Tools → Contacts Sync and enter it as WECOM_CONTACTS_SECRET. Without it departures are found by reconciliation only.',
  },
  archive: {
    zh: '如已购买会话内容存档，请在「管理工具 → 会话内容存档」查看 Secret，填入 WECOM_ARCHIVE_SECRET。',
    en: 'If you have the conversation archive, view its Secret under Management Tools → Conversation Archive and enter it as WECOM_ARCHIVE_SECRET.',
  },
};
const whenMissing = { agent: 'fail', contacts: 'warn', archive: 'skipped' } as const;

const connection = ({ config }: DoctorDeps, app: WecomAppName): Check => ({
  key: `connection.${app}`,
  area: app === 'archive' ? 'archive' : 'wecom',
  title: words(`连接：${appNames[app].zh}`, `Connection: ${appNames[app].en}`),
  async run(round) {
    const check = await round.secret(app);
    if (!check && config.wecom.mode === 'sandbox') {
      // A command beside the server cannot reach it.
      return skipped('演示企业在服务进程内。', 'The demo company lives inside the server.');
    }
    if (!check) {
      const cause = words('未填写 Secret（或 AgentId）。', 'The Secret (or AgentId) is not set.');
      return { level: whenMissing[app], cause, action: settingsAt[app] };
    }
    return check.ok ? ok('企业微信接受此 Secret。', 'WeCom accepts this Secret.') : refused(check);
  },
});

/** What WeCom, or the way to it, said no to. */
export function refused(check: Extract<SecretCheck, { ok: false }>): Outcome {
  const { errcode, advice, address } = check;
  if (errcode === null) {
    return {
      level: 'fail',
      errcode,
      cause: words(
        '无法连接企业微信接口，或其应答无法读取。',
        'WeCom cannot be reached, or its answer cannot be read.',
      ),
      action: words(
        '请检查服务器的网络、DNS 与防火墙，以及 WECOM_API_BASE。',
        'Check the network, DNS and firewall of this server, and WECOM_API_BASE.',
      ),
    };
  }
  return {
    level: 'fail',
    errcode,
    cause: words(`企业微信拒绝：错误码 ${errcode}。`, `WeCom refuses: errcode ${errcode}.`),
    action: advice,
    copy: address && isUntrusted(check) ? [address] : [],
  };
}

const trustedAddress = ({ notes, live }: DoctorDeps): Check => ({
  key: 'trusted_ip',
  area: 'wecom',
  title: words('企业可信 IP', 'Trusted IP'),
  async run(round) {
    const found = await Promise.all(apps.map(round.secret));
    const untrusted = found.find(isUntrusted);
    if (untrusted && !untrusted.ok) {
      if (untrusted.address) await notes.noteEgress(untrusted.address);
      return refused(untrusted);
    }
    const [agent] = found;
    if (!agent?.ok) return skipped('请先修复自建应用的连接。', 'Repair the connection of the self-built app first.');
    const written = live.egressAddresses();
    return { ...ok('企业微信接受来自本服务器的请求。', 'WeCom accepts calls from this server.'), copy: written };
  },
});
