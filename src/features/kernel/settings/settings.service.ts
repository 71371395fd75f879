import type { z } from 'zod';
import type { Config, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import { seconds } from '../../../core/clock';
import type { Advice, PlatformApi } from '../../../wecom';
import type { settingsTest, settingsView } from './settings.schema';

type View = z.input<typeof settingsView>;
type TestResult = z.input<typeof settingsTest>;

interface Deps {
  config: Config;
  /** The list of settings and what is said of each; features are handed it, as only the entry points read settings. */
  catalogue: { names: readonly SettingName[]; about(name: SettingName): { about: string; secret: boolean } };
  /** Of this program. */
  version: string;
  wecom: Pick<PlatformApi, 'testSecret'>;
  /** When each receiver was last delivered to. */
  lastReceived: () => Promise<Record<string, Date | null>>;
}

export type SettingsService = ReturnType<typeof createSettingsService>;

const apps: readonly WecomAppName[] = ['agent', 'contacts', 'archive'];
/** Somebody waits in front of the screen. */
const patienceMs = seconds(20);

const unreachable: Advice = {
  zh: '无法连接企业微信接口。请检查服务器的网络、DNS 与防火墙，以及 WECOM_API_BASE。',
  en: 'WeCom cannot be reached. Check the network, DNS and firewall of this server, and WECOM_API_BASE.',
};

/** What is configured, and whether it works. Secrets never leave. */
export function createSettingsService({ config, catalogue, version, wecom, lastReceived }: Deps) {
  const base = config.http.publicUrl ?? localUrl(config);

  function settings(): View['settings'] {
    const values = valuesOf(config);
    return catalogue.names.map((name) => {
      const { about, secret } = catalogue.about(name);
      const value = values[name];
      return { name, about, secret, source: sourceOf(config, name, value), value: secret ? null : textOf(value) };
    });
  }

  async function callbacks(): Promise<View['callbacks']> {
    const last = await lastReceived();
    return apps.map((receiver) => {
      const { callbackToken, callbackAesKey } = config.wecom.apps[receiver];
      return {
        receiver,
        url: `${base}/callbacks/wecom/${receiver}`,
        configured: Boolean(callbackToken && callbackAesKey),
        last_event_at: last[receiver]?.toISOString() ?? null,
      };
    });
  }

  async function testOne(app: WecomAppName): Promise<TestResult['items'][number]> {
    if (!isConfigured(config, app)) return { app, outcome: 'not_configured', errcode: null, advice: null };
    const check = await wecom.testSecret(app, { lane: 'click', signal: AbortSignal.timeout(patienceMs) });
    if (check.ok) return { app, outcome: 'ok', errcode: null, advice: null };
    const advice = check.advice ?? (check.errcode === null ? unreachable : null);
    return { app, outcome: 'failed', errcode: check.errcode, advice };
  }

  return {
    async view(): Promise<View> {
      const { mode, corpId } = config.wecom;
      return { mode, corp_id: corpId, version, settings: settings(), callbacks: await callbacks() };
    },

    /** Tries every application against WeCom, at once, and says what to click where it refuses. */
    test: async (): Promise<TestResult> => ({ items: await Promise.all(apps.map(testOne)) }),
  };
}

type SettingValue = string | number | boolean | undefined;

function valuesOf(config: Config): Record<SettingName, SettingValue> {
  const { http, wecom } = config;
  const { agent, contacts, archive } = wecom.apps;
  return {
    PORT: http.port,
    HOST: http.host,
    PUBLIC_URL: http.publicUrl,
    ROLE: config.role,
    DATA_DIR: config.dataDir,
    DATABASE_URL: config.databaseUrl,
    REDIS_URL: config.redisUrl,
    MASTER_KEY: config.masterKey,
    LOG_LEVEL: config.log.level,
    LOG_KEEP_DAYS: config.log.keepDays,
    INBOX_KEEP_DAYS: config.keepDays.inbox,
    JOBS_KEEP_DAYS: config.keepDays.jobs,
    METRICS_TOKEN: http.metricsToken,
    RECONCILE_CONFIRM_SECONDS: config.reconcileConfirmSeconds,
    STRICT_CALLBACK_TIME: config.strictCallbackTime,
    WECOM_MODE: wecom.mode,
    WECOM_API_BASE: wecom.apiBase,
    WECOM_CORP_ID: wecom.corpId,
    WECOM_AGENT_ID: wecom.agentId,
    WECOM_AGENT_SECRET: agent.secret,
    WECOM_AGENT_CALLBACK_TOKEN: agent.callbackToken,
    WECOM_AGENT_CALLBACK_AES_KEY: agent.callbackAesKey,
    WECOM_CONTACTS_SECRET: contacts.secret,
    WECOM_CONTACTS_CALLBACK_TOKEN: contacts.callbackToken,
    WECOM_CONTACTS_CALLBACK_AES_KEY: contacts.callbackAesKey,
    WECOM_ARCHIVE_SECRET: archive.secret,
    WECOM_ARCHIVE_CALLBACK_TOKEN: archive.callbackToken,
    WECOM_ARCHIVE_CALLBACK_AES_KEY: archive.callbackAesKey,
  };
}

const textOf = (value: SettingValue): string | null => (value === undefined ? null : String(value));

function sourceOf({ given }: Config, name: SettingName, value: SettingValue): 'environment' | 'default' | 'unset' {
  if (given.has(name)) return 'environment';
  return value === undefined ? 'unset' : 'default';
}

const isConfigured = ({ wecom }: Config, app: WecomAppName): boolean =>
  wecom.apps[app].secret !== undefined && (app !== 'agent' || wecom.agentId !== undefined);

/** Where this machine reaches the server when nobody said where others do. */
function localUrl({ http: { host, port } }: Config): string {
  const open = host === '0.0.0.0' || host === '::';
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${open ? 'localhost' : name}:${port}`;
}
