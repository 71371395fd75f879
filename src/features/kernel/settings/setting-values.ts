import type { Config, WecomApp, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';

export type SettingValue = string | number | boolean | undefined;

/** What may be set in the console. The rest is needed before the database is open. */
const settableNames = [
  'WECOM_CORP_ID',
  'WECOM_VERIFY_FILES',
  'EGRESS_ADDRESSES',
  'WECOM_AGENT_ID',
  'WECOM_AGENT_SECRET',
  'WECOM_AGENT_CALLBACK_TOKEN',
  'WECOM_AGENT_CALLBACK_AES_KEY',
  'WECOM_CONTACTS_SECRET',
  'WECOM_CONTACTS_CALLBACK_TOKEN',
  'WECOM_CONTACTS_CALLBACK_AES_KEY',
  'WECOM_ARCHIVE_SECRET',
  'WECOM_ARCHIVE_CALLBACK_TOKEN',
  'WECOM_ARCHIVE_CALLBACK_AES_KEY',
] as const satisfies readonly SettingName[];
export type SettableName = (typeof settableNames)[number];

export const isSettable = (name: string): name is SettableName => settableNames.some((known) => known === name);

const prefixes = { agent: 'WECOM_AGENT', contacts: 'WECOM_CONTACTS', archive: 'WECOM_ARCHIVE' } as const;

const apps = ['agent', 'contacts', 'archive'] as const;

/** The applications whose tokens are made from this setting. */
export const appsWithTokensOf = (setting: SettableName): readonly WecomAppName[] =>
  setting === 'WECOM_CORP_ID' ? apps : apps.filter((app) => setting === `${prefixes[app]}_SECRET`);

/** The files of `WECOM_VERIFY_FILES` by their name. */
export const verifyFilesIn = (text: string | undefined): ReadonlyMap<string, string> =>
  new Map(partsOf(text).map((part) => part.split('=', 2) as [string, string]));

/** What is separated by commas, semicolons (as in WeCom's console) or blanks. */
export const partsOf = (text: string | undefined): string[] => (text ?? '').split(/[\s,;]+/).filter(Boolean);

/** The settings, with `values` in place of what the console may set. */
export function withValues(config: Config, values: ReadonlyMap<SettableName, string>): Config {
  const { http, wecom } = config;
  const agentId = values.get('WECOM_AGENT_ID');
  const appOf = (name: WecomAppName): WecomApp => {
    const { secret, callbackToken, callbackAesKey } = wecom.apps[name];
    const prefix = prefixes[name];
    return {
      secret: values.get(`${prefix}_SECRET`) ?? secret,
      callbackToken: values.get(`${prefix}_CALLBACK_TOKEN`) ?? callbackToken,
      callbackAesKey: values.get(`${prefix}_CALLBACK_AES_KEY`) ?? callbackAesKey,
    };
  };
  return {
    ...config,
    http: { ...http, egressAddresses: values.get('EGRESS_ADDRESSES') ?? http.egressAddresses },
    wecom: {
      ...wecom,
      corpId: values.get('WECOM_CORP_ID') ?? wecom.corpId,
      verifyFiles: values.get('WECOM_VERIFY_FILES') ?? wecom.verifyFiles,
      agentId: agentId === undefined ? wecom.agentId : Number(agentId),
      apps: { agent: appOf('agent'), contacts: appOf('contacts'), archive: appOf('archive') },
    },
  };
}

/** Every setting under its name. */
export function valuesOf(config: Config): Record<SettingName, SettingValue> {
  const { http, wecom } = config;
  const { agent, contacts, archive } = wecom.apps;
  return {
    PORT: http.port,
    HOST: http.host,
    PUBLIC_URL: http.publicUrl,
    EGRESS_ADDRESSES: http.egressAddresses,
    ROLE: config.role,
    DATA_DIR: config.dataDir,
    DATABASE_URL: config.databaseUrl,
    AUDIT_ANCHOR_DIR: config.anchorDir,
    AUDIT_ANCHOR_MAIL_TO: config.anchorMailTo,
    SMTP_URL: config.smtpUrl,
    OIDC_ISSUER: config.oidc?.issuer,
    OIDC_CLIENT_ID: config.oidc?.clientId,
    OIDC_CLIENT_SECRET: config.oidc?.clientSecret,
    REDIS_URL: config.redisUrl,
    S3_URL: config.s3Url,
    MASTER_KEY: config.masterKey,
    LOG_LEVEL: config.log.level,
    LOG_KEEP_DAYS: config.log.keepDays,
    INBOX_KEEP_DAYS: config.keepDays.inbox,
    JOBS_KEEP_DAYS: config.keepDays.jobs,
    BACKUP_DIR: config.backup.dir,
    BACKUP_KEEP: config.backup.keep,
    OUTBOUND_ALLOWED_HOSTS: config.outbound.allowedHosts.join(',') || undefined,
    METRICS_TOKEN: http.metricsToken,
    REQUESTS_PER_MINUTE: http.requestsPerMinute.person,
    REQUESTS_PER_MINUTE_TOKEN: http.requestsPerMinute.token,
    RECONCILE_CONFIRM_SECONDS: config.reconcileConfirmSeconds,
    HANDOVER_LOOKUP_SECONDS: config.handover.lookupSeconds,
    HANDOVER_SECOND_PERSON_FROM: config.handover.secondPersonFrom,
    REPLY_TARGET_MINUTES: config.replyTargetMinutes,
    ALERT_ESCALATE_MINUTES: config.alertEscalateMinutes,
    KEY_SPREAD_SECONDS: config.keySpreadSeconds,
    STRICT_CALLBACK_TIME: config.strictCallbackTime,
    WECOM_MODE: wecom.mode,
    WECOM_API_BASE: wecom.apiBase,
    WECOM_JSSDK_URLS: wecom.jsSdkUrls.join(','),
    WECOM_CORP_ID: wecom.corpId || undefined,
    WECOM_VERIFY_FILES: wecom.verifyFiles,
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
    WECOM_ARCHIVE_SDK_PATH: wecom.archive.sdkPath,
    WECOM_ARCHIVE_SDK_SHA256: wecom.archive.sdkSha256,
    WECOM_ARCHIVE_KEYS_DIR: wecom.archive.keysDir,
    WECOM_ARCHIVE_PROCESSES: wecom.archive.processes,
    WECOM_ARCHIVE_CALLS_PER_MINUTE: wecom.archive.callsPerMinute,
    ARCHIVE_SEARCH_INDEX: wecom.archive.searchIndex,
    ...payValues(config.pay),
  };
}

const payValues = (pay: Config['pay']) => ({
  WECHATPAY_MCH_ID: pay.mchId,
  WECHATPAY_APP_ID: pay.appId,
  WECHATPAY_SERIAL_NO: pay.serialNo,
  WECHATPAY_PRIVATE_KEY: pay.privateKey,
  WECHATPAY_MERCHANT_CERT: pay.merchantCert,
  WECHATPAY_PLATFORM_CERT: pay.platformCert,
  WECHATPAY_API_V3_KEY: pay.apiV3Key,
  WECHATPAY_PUBLIC_KEY_ID: pay.publicKeyId,
  WECHATPAY_PUBLIC_KEY: pay.publicKey,
  WECHATPAY_API_BASE: pay.apiBase,
});
