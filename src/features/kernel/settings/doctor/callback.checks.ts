import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { WecomAppName } from '../../../../../config';
import { seconds, toUnix } from '../../../../core/clock';
import { createCallbackCrypto } from '../../../../wecom/crypto';
import {
  appNames,
  apps,
  type Check,
  type DoctorDeps,
  type Outcome,
  ok,
  skipped,
  type Words,
  words,
} from './doctor.types';

/** What our own question says, so that it is not taken for WeCom's. */
const ownEcho = 'doctor-';
export const isOwnEcho = (echo: string): boolean => echo.startsWith(ownEcho);

/** WeCom waits a second for this answer (path/90930). */
const patienceMs = seconds(5);
const wecomWaitsMs = seconds(1);

/** Whether WeCom can reach us, and does. */
export const callbackChecks = (deps: DoctorDeps): Check[] => [
  {
    key: 'public_url',
    area: 'callbacks',
    title: words('公网地址', 'Public address'),
    run: async () => publicUrl(deps),
  },
  ...apps.map((app) => receiver(deps, app)),
];

function publicUrl({ address, config }: DoctorDeps): Outcome {
  const url = address.publicUrl;
  if (config.wecom.mode === 'sandbox') return ok('演示企业在本机，不需要公网地址。', 'The demo company lives here.');
  const action = words(
    '请设置环境变量 PUBLIC_URL 为企业微信能访问的 https 地址，并在反向代理上配置证书，然后重启服务。',
    'Set PUBLIC_URL in the environment to an https address WeCom can reach, with a certificate at the proxy, and restart.',
  );
  if (!url) return { level: 'warn', cause: words('PUBLIC_URL 未设置。', 'PUBLIC_URL is not set.'), action };
  if (url.startsWith('https:')) return { ...ok(url, url), copy: [url] };
  return { level: 'warn', cause: words(`${url} 不是 https。`, `${url} is not https.`), action };
}

const menu: Record<WecomAppName, Words> = {
  agent: words(
    '应用管理 → 应用 → 接收消息 → 设置 API 接收',
    'App Management → the app → Receive messages → Set API receiving',
  ),
  contacts: words(
    '管理工具 → 通讯录同步 → 设置接收事件服务器',
    'Management Tools → Contacts Sync → Set the event receiving server',
  ),
  archive: words(
    '管理工具 → 会话内容存档 → 设置接收事件服务器',
    'Management Tools → Conversation Archive → Set the event receiving server',
  ),
};
const whenMissing = { agent: 'warn', contacts: 'warn', archive: 'skipped' } as const;

const receiver = (deps: DoctorDeps, app: WecomAppName): Check => ({
  key: `callback.${app}`,
  area: 'callbacks',
  title: words(`回调：${appNames[app].zh}`, `Callback: ${appNames[app].en}`),
  async run({ signal }) {
    const { wecom } = deps.config;
    const url = `${deps.address.base()}/callbacks/wecom/${app}`;
    const enter = words(
      `请在「${menu[app].zh}」填入此 URL 与同样的 Token、EncodingAESKey 并保存。`,
      `Enter this URL with the same Token and EncodingAESKey under ${menu[app].en}, and save.`,
    );
    const { callbackToken: token, callbackAesKey: aesKey } = deps.live.wecomApp(app);
    if (!token && wecom.mode === 'sandbox')
      return skipped('演示企业在服务进程内。', 'The demo company lives inside the server.');
    if (!token || !aesKey) {
      const cause = words(
        'Token 或 EncodingAESKey 未设置：事件到不了这里。',
        'Token or EncodingAESKey is not set: no events arrive.',
      );
      return { level: whenMissing[app], cause, action: enter, copy: [url] };
    }
    const asked = await askOurselves(url, { token, aesKey, receiveId: deps.live.corpId() }, signal);
    return asked.ok ? used(deps, { app, url, enter, tookMs: asked.tookMs }) : unanswered(deps, url, asked);
  },
});

interface Asked {
  ok: boolean;
  status: number | null;
  tookMs: number;
}

/** The question WeCom asks when somebody saves the address, correctly signed (wecom-platform §6.2). */
async function askOurselves(
  url: string,
  keys: { token: string; aesKey: string; receiveId: string },
  signal: AbortSignal,
): Promise<Asked> {
  const crypto = createCallbackCrypto(keys);
  const echo = `${ownEcho}${randomBytes(8).toString('hex')}`;
  const encrypt = crypto.encrypt(echo);
  const parts = { timestamp: String(toUnix(new Date())), nonce: randomBytes(5).toString('hex'), encrypt };
  const { timestamp, nonce } = parts;
  const query = new URLSearchParams({ msg_signature: crypto.sign(parts), timestamp, nonce, echostr: encrypt });
  const startedAt = performance.now();
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const answer = await request(`${url}?${query}`, { signal: limit });
    const body = await answer.body.text();
    const tookMs = performance.now() - startedAt;
    return { ok: answer.statusCode === 200 && body === echo, status: answer.statusCode, tookMs };
  } catch {
    return { ok: false, status: null, tookMs: performance.now() - startedAt };
  }
}

/** A command beside a server that does not run asks nobody: that is no fault of the settings. */
function unanswered({ address }: DoctorDeps, url: string, { status }: Asked): Outcome {
  if (status !== null) {
    return {
      level: 'fail',
      cause: words(
        `向 ${url} 发出带正确签名的验证请求，应答不对（HTTP ${status}）。`,
        `A correctly signed question to ${url} got a wrong answer (HTTP ${status}).`,
      ),
      action: words(
        '请检查反向代理：路径 /callbacks/ 须原样转发，查询参数不得改动，也不得跳转或要求登录。',
        'Check the proxy: /callbacks/ must be passed on as it is, with its query, without redirects or a sign-in.',
      ),
    };
  }
  return {
    level: address.publicUrl ? 'fail' : 'skipped',
    cause: words(`${url} 无应答。`, `Nobody answers at ${url}.`),
    action: words(
      '请确认服务正在运行，域名解析、证书与防火墙正确，且本服务器能从公网地址访问自己。',
      'See that the server runs, and that DNS, certificate and firewall are right, also from this machine.',
    ),
  };
}

interface Answered {
  app: WecomAppName;
  url: string;
  enter: Words;
  tookMs: number;
}

async function used({ notes, lastReceived }: DoctorDeps, { app, url, enter, tookMs }: Answered): Promise<Outcome> {
  const verified = (await notes.verifiedAt()).get(app);
  const received = (await lastReceived())[app];
  if (!verified && !received) {
    const cause = words(
      '地址可用，但企业微信还没有验证过它，也没有送来过事件。',
      'The address works, but WeCom has neither verified it nor delivered anything yet.',
    );
    return { level: 'warn', cause, action: enter, copy: [url] };
  }
  if (tookMs > wecomWaitsMs) {
    const ms = Math.round(tookMs);
    return {
      level: 'warn',
      cause: words(`应答用了 ${ms} 毫秒，企业微信只等 1 秒。`, `It took ${ms} ms; WeCom waits one second.`),
      action: words('请检查反向代理与服务器负载。', 'Check the proxy and the load of the server.'),
    };
  }
  const at = (received ?? verified)?.toISOString() ?? '';
  return received
    ? ok(`最近事件：${at}`, `Last event: ${at}`)
    : ok(`企业微信于 ${at} 验证过。`, `WeCom verified it at ${at}.`);
}
