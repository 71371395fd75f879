import { z } from 'zod';
import { faultInS3Url } from '../src/core/s3-url';
import { paySettings } from './pay';
import { aesKey, isAddressList, isIssuer, isScriptList, optional, port, verifyFile, whole } from './shapes';

const listOf = (item: RegExp) => new RegExp(`^${item.source}([\\s,;]+${item.source})*$`);

/** Every setting: its shape, what it is for, and an example. The only list there is; .env.example is printed from it. */
export const environment = z.object({
  PORT: port.default(3000).describe('HTTP port').meta({ example: '3000' }),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on').meta({ example: '127.0.0.1' }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address people and WeCom reach this server at')
    .meta({ example: 'https://scrm.example.com' }),
  EGRESS_ADDRESSES: z
    .string()
    .refine(isAddressList, 'expected IP addresses, separated by commas')
    .optional()
    .describe('Addresses this server calls WeCom from, to be entered as trusted IP (企业可信IP)')
    .meta({ example: '203.0.113.7, 203.0.113.8' }),
  ROLE: z
    .enum(['all', 'web', 'worker', 'scheduler'])
    .default('all')
    .describe('What this process does')
    .meta({ example: 'all' }),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Folder for the database, keys, logs and spool')
    .meta({ example: './data' }),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|mysql:\/\/.+)$/, 'expected sqlite:<file> or mysql://user:pass@host:3306/db')
    .default('sqlite:./data/scrm.db')
    .describe('Database')
    .meta({ example: 'mysql://user:pass@host:3306/db', secret: true }),
  AUDIT_ANCHOR_DIR: optional
    .describe(
      'Folder for the daily signed anchors of the audit trail; DATA_DIR/anchors by default. Best on another disk',
    )
    .meta({ example: '/mnt/witness/anchors' }),
  AUDIT_ANCHOR_MAIL_TO: optional
    .describe('Mail boxes that each anchor is sent to as well, comma between; needs SMTP_URL')
    .meta({ example: 'witness@audit.example.com' }),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis, optional')
    .meta({ example: 'redis://127.0.0.1:6379', secret: true }),
  S3_URL: z
    .string()
    .superRefine((text, { addIssue }) => {
      const message = faultInS3Url(text);
      if (message) addIssue({ code: 'custom', message });
    })
    .optional()
    .describe(
      'Bucket that each anchor of the audit trail is put into as well; / ? # % in the secret as %2F %3F %23 %25. https, to this machine itself http; ?tls=false for http elsewhere, ?style=host where the bucket belongs into the host name',
    )
    .meta({
      example: 's3://KEY:SECRET@s3.eu-central-1.amazonaws.com/scrm-witness/prod?region=eu-central-1',
      secret: true,
    }),
  MASTER_KEY: optional
    .describe('32 bytes in base64 that encrypt stored secrets; made and kept in DATA_DIR when SQLite is used')
    .meta({ example: 'output of: openssl rand -base64 32', secret: true }),
  LOG_LEVEL: z
    .enum(['error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('Least level that is logged')
    .meta({ example: 'info' }),
  LOG_KEEP_DAYS: whole(1, 14).describe('Days that log files are kept').meta({ example: '14' }),
  INBOX_KEEP_DAYS: whole(1, 90)
    .describe('Days that bodies of handled callbacks are kept; their digests are kept for good')
    .meta({ example: '90' }),
  JOBS_KEEP_DAYS: whole(1, 14).describe('Days that finished jobs and runs are kept').meta({ example: '14' }),
  BACKUP_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder for backups; DATA_DIR/backups when empty. Better on another disk, or copied away daily')
    .meta({ example: '/mnt/backups/scrm' }),
  BACKUP_KEEP: whole(1, 14).describe('Backups that are kept there, the newest ones').meta({ example: '14' }),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server; the sender is the user, or from=')
    .meta({ example: 'smtp://user:pass@smtp.example.com:587?from=scrm@example.com', secret: true }),
  OIDC_ISSUER: z
    .string()
    .max(255)
    .refine(isIssuer, 'expected an https address without a query; http only on this machine')
    .optional()
    .describe('Single sign-on by OpenID Connect: the provider, spelt as it calls itself; needs the next two')
    .meta({ example: 'https://id.example.com/realms/company' }),
  OIDC_CLIENT_ID: optional.describe('Id of this server at the provider').meta({ example: 'scrm' }),
  OIDC_CLIENT_SECRET: optional
    .describe('Secret of this server at the provider')
    .meta({ example: 'from the provider', secret: true }),
  OUTBOUND_ALLOWED_HOSTS: z
    .string()
    .regex(/^[^\s/,]+(\s*,\s*[^\s/,]+)*$/, 'expected host or host:port, comma between')
    .optional()
    .describe('Inner hosts that webhooks may call though they are not public; a host alone means ports 80 and 443')
    .meta({ example: 'crm.internal, 10.0.0.5:8080' }),
  METRICS_TOKEN: optional
    .describe('Bearer token that /metrics asks for')
    .meta({ example: 'a long random text', secret: true }),
  REQUESTS_PER_MINUTE: whole(60, 3000)
    .describe('API requests a minute of one account, or of an address without a session, to each process')
    .meta({ example: '3000' }),
  REQUESTS_PER_MINUTE_TOKEN: whole(60, 60_000)
    .describe('API requests a minute of one API token to each process')
    .meta({ example: '60000' }),
  RECONCILE_CONFIRM_SECONDS: whole(0, 600)
    .describe('Seconds after which a second read may confirm a difference')
    .meta({ example: '600' }),
  HANDOVER_LOOKUP_SECONDS: whole(0, 30)
    .describe('Seconds after which a transfer that nobody heard the answer to is looked up at WeCom')
    .meta({ example: '30' }),
  HANDOVER_SECOND_PERSON_FROM: whole(0, 0)
    .describe('External contacts and group chats from which on a handover needs a second person; 0: never')
    .meta({ example: '500' }),
  REPLY_TARGET_MINUTES: whole(1, 30)
    .describe('Minutes of working time within which somebody outside is to be answered')
    .meta({ example: '30' }),
  ALERT_ESCALATE_MINUTES: whole(1, 60)
    .describe(
      'Minutes of working time after which a serious finding that nobody looked at is told one level further up; a critical one after 15 minutes of any time',
    )
    .meta({ example: '60' }),
  KEY_SPREAD_SECONDS: whole(0, 10)
    .describe('Seconds that every process is given to learn of a new data key before it is used')
    .meta({ example: '10' }),
  STRICT_CALLBACK_TIME: z
    .stringbool()
    .default(false)
    .describe('Refuse callbacks whose time stamp is more than 10 minutes off, instead of keeping them as stale')
    .meta({ example: 'false' }),
  WECOM_MODE: z
    .enum(['sandbox', 'live'])
    .optional()
    .describe('sandbox when WECOM_CORP_ID is empty, else live. live without a corp id starts the wizard')
    .meta({ example: 'live' }),
  WECOM_API_BASE: z
    .url({ protocol: /^https?$/ })
    .default('https://qyapi.weixin.qq.com')
    .describe('WeCom API')
    .meta({ example: 'https://qyapi.weixin.qq.com' }),
  WECOM_JSSDK_URLS: z
    .string()
    .refine(isScriptList, 'expected https addresses, separated by commas')
    .default(
      'https://res.wx.qq.com/open/js/jweixin-1.2.0.js,https://open.work.weixin.qq.com/wwopen/js/jwxwork-1.0.0.js',
    )
    .describe('Where the sidebar loads the JS-SDK of WeCom from, in this order')
    .meta({ example: 'https://res.wx.qq.com/open/js/jweixin-1.2.0.js' }),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected letters and digits')
    .optional()
    .describe('Corp id (企业 ID)')
    .meta({ example: 'ww0123456789abcdef' }),
  WECOM_VERIFY_FILES: z
    .string()
    .regex(listOf(verifyFile), 'expected WW_verify_<16 letters or digits>.txt=<content>, separated by commas')
    .optional()
    .describe('Files by which WeCom proves who owns the domain (可信域名归属), served at the root')
    .meta({ example: 'WW_verify_0123456789abcdef.txt=0123456789abcdef' }),
  WECOM_AGENT_ID: z.coerce
    .number()
    .int()
    .optional()
    .describe('Agent id of the self-built app (自建应用)')
    .meta({ example: '1000002' }),
  WECOM_AGENT_SECRET: optional
    .describe('Secret of the self-built app')
    .meta({ example: 'from the app page', secret: true }),
  WECOM_AGENT_CALLBACK_TOKEN: optional
    .describe('Callback token of the self-built app')
    .meta({ example: 'from the app page', secret: true }),
  WECOM_AGENT_CALLBACK_AES_KEY: aesKey
    .describe('Callback EncodingAESKey of the self-built app')
    .meta({ example: '43 letters and digits', secret: true }),
  WECOM_CONTACTS_SECRET: optional
    .describe('Secret of contacts sync (通讯录同步)')
    .meta({ example: 'from 管理工具', secret: true }),
  WECOM_CONTACTS_CALLBACK_TOKEN: optional
    .describe('Callback token of contacts sync')
    .meta({ example: 'from 管理工具', secret: true }),
  WECOM_CONTACTS_CALLBACK_AES_KEY: aesKey
    .describe('Callback EncodingAESKey of contacts sync')
    .meta({ example: '43 letters and digits', secret: true }),
  WECOM_ARCHIVE_SECRET: optional
    .describe('Secret of the conversation archive (会话内容存档)')
    .meta({ example: 'from 管理工具', secret: true }),
  WECOM_ARCHIVE_CALLBACK_TOKEN: optional
    .describe('Callback token of the conversation archive')
    .meta({ example: 'from 管理工具', secret: true }),
  WECOM_ARCHIVE_CALLBACK_AES_KEY: aesKey
    .describe('Callback EncodingAESKey of the conversation archive')
    .meta({ example: '43 letters and digits', secret: true }),
  WECOM_ARCHIVE_SDK_PATH: optional
    .describe("The vendor's shared library for the archive, or a program that speaks in its place")
    .meta({ example: '/opt/wecom/libWeWorkFinanceSdk_C.so' }),
  WECOM_ARCHIVE_SDK_SHA256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'expected 64 hexadecimal digits')
    .optional()
    .describe('SHA-256 of that library: another one is not loaded')
    .meta({ example: 'output of: sha256sum libWeWorkFinanceSdk_C.so' }),
  WECOM_ARCHIVE_KEYS_DIR: optional
    .describe('Folder of private keys for the archive, <publickey_ver>.pem; taken into the encrypted key ring')
    .meta({ example: '/etc/scrm/archive-keys' }),
  WECOM_ARCHIVE_PROCESSES: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('Processes that open messages; one per core by default')
    .meta({ example: '4' }),
  WECOM_ARCHIVE_CALLS_PER_MINUTE: whole(1, 600)
    .describe('Pages of the archive that may be asked for in a minute')
    .meta({ example: '600' }),
  ARCHIVE_SEARCH_INDEX: z
    .enum(['keyed', 'off'])
    .default('keyed')
    .describe('Whether archived messages are found by an index of keyed tokens, or by reading every one of them')
    .meta({ example: 'keyed' }),
  ...paySettings,
});

export type Environment = z.infer<typeof environment>;
export type SettingName = keyof Environment;

/** What is said of a setting beside its type. */
export function aboutSetting(name: SettingName): { about: string; example: string; secret: boolean } {
  const meta = environment.shape[name].meta() ?? {};
  return {
    about: String(meta.description ?? ''),
    example: String(meta.example ?? ''),
    secret: meta.secret === true,
  };
}

export const settingNames = Object.keys(environment.shape) as SettingName[];
