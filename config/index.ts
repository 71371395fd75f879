import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { exitCode, messageOf, StartupError } from '../src/core/errors';
import { type PayConfig, payOf } from './pay';
import { aboutSetting, type Environment, environment, type SettingName, settingNames } from './schema';

/** The secret, token and key of one WeCom application. */
export interface WecomApp {
  secret: string | undefined;
  callbackToken: string | undefined;
  callbackAesKey: string | undefined;
}

/** How the conversation archive is reached, beside its secret. */
export type ArchiveConfig = Readonly<{
  sdkPath: string | undefined;
  sdkSha256: string | undefined;
  keysDir: string | undefined;
  processes: number | undefined;
  callsPerMinute: number;
  /** Whether messages are found by an index. */
  searchIndex: Environment['ARCHIVE_SEARCH_INDEX'];
}>;

/** This server as an OpenID Connect provider knows it. */
export type OidcClient = Readonly<{ issuer: string; clientId: string; clientSecret: string }>;

export type Config = Readonly<{
  http: Readonly<{
    host: string;
    port: number;
    publicUrl: string | undefined;
    metricsToken: string | undefined;
    /** As it is written: addresses separated by commas. */
    egressAddresses: string | undefined;
    /** What one caller may ask of this process. */
    requestsPerMinute: Readonly<{ person: number; token: number }>;
  }>;
  role: Environment['ROLE'];
  dataDir: string;
  /** Where signed statements about the audit trail are kept, outside the database. */
  anchorDir: string;
  anchorMailTo: string | undefined;
  databaseUrl: string;
  smtpUrl: string | undefined;
  /** Single sign-on by OpenID Connect; none unless all three are set. */
  oidc: OidcClient | undefined;
  redisUrl: string | undefined;
  s3Url: string | undefined;
  masterKey: string | undefined;
  log: Readonly<{ level: Environment['LOG_LEVEL']; keepDays: number }>;
  keepDays: Readonly<{ inbox: number; jobs: number }>;
  backup: Readonly<{ dir: string; keep: number }>;
  outbound: Readonly<{ allowedHosts: readonly string[] }>;
  reconcileConfirmSeconds: number;
  handover: Readonly<{ lookupSeconds: number; secondPersonFrom: number }>;
  /** In working time. */
  replyTargetMinutes: number;
  alertEscalateMinutes: number;
  keySpreadSeconds: number;
  strictCallbackTime: boolean;
  wecom: Readonly<{
    mode: 'sandbox' | 'live';
    apiBase: string;
    /** Of the JS-SDK, for the sidebar. */
    jsSdkUrls: readonly string[];
    /** Empty: live, and no company is connected yet. */
    corpId: string;
    /** As it is written: `name=content`, separated by commas. */
    verifyFiles: string | undefined;
    agentId: number | undefined;
    apps: Readonly<Record<WecomAppName, WecomApp>>;
    archive: ArchiveConfig;
  }>;
  pay: PayConfig;
  /** Which settings came from the environment, so the console can show them read-only. */
  given: ReadonlySet<SettingName>;
}>;

export type { PayConfig } from './pay';

export type WecomAppName = 'agent' | 'contacts' | 'archive';

export const sandboxCorpId = 'wwsandbox00000001';

/**
 * Reads every setting from `NAME` or the file that `NAME_FILE` names, checks all, and freezes the result.
 * @throws StartupError that lists every fault at once: the key, what was expected, an example; never a value
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const raw: Record<string, string | undefined> = Object.fromEntries(
    settingNames.map((name) => [name, readSetting(env, name, faults)]),
  );
  const parsed = environment.safeParse(raw);
  if (!parsed.success) faults.push(...describeFaults(parsed.error, raw));
  faults.push(...contradictions(raw));
  if (faults.length > 0 || !parsed.success) {
    throw new StartupError(`Settings need attention:\n${faults.map((f) => `  - ${f}`).join('\n')}`, exitCode.settings);
  }
  const given = new Set(settingNames.filter((name) => raw[name] !== undefined));
  return Object.freeze(toConfig(parsed.data, given));
}

function readSetting(env: NodeJS.ProcessEnv, name: SettingName, faults: string[]): string | undefined {
  const file = env[`${name}_FILE`];
  if (!file) return env[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    faults.push(`${name}_FILE: the file it names cannot be read (${messageOf(error).split(',')[0]})`);
    return undefined;
  }
}

function describeFaults(error: z.ZodError, raw: Record<string, unknown>): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]) as SettingName;
    const { example } = aboutSetting(name);
    const expected = 'values' in issue ? `expected one of ${String(issue.values)}` : issue.message;
    return `${name}${raw[name] === undefined ? ' is missing' : ''}: ${expected} (example: ${example})`;
  });
}

/** Settings that are fine alone but not together. */
function contradictions(e: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  for (const app of ['AGENT', 'CONTACTS', 'ARCHIVE'] as const) {
    const token = e[`WECOM_${app}_CALLBACK_TOKEN`];
    const key = e[`WECOM_${app}_CALLBACK_AES_KEY`];
    if (Boolean(token) !== Boolean(key)) {
      const missing = token ? 'AES_KEY' : 'TOKEN';
      faults.push(`WECOM_${app}_CALLBACK_${missing} is missing: a callback needs both its token and its AES key`);
    }
  }
  return [...faults, ...missingBeside(e), ...missingForOidc(e)];
}

/** All three or none: half a single sign-on would look like one. */
function missingForOidc(e: Record<string, string | undefined>): string[] {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = names.filter((name) => !e[name]);
  if (missing.length === 0 || missing.length === names.length) return [];
  return missing.map(
    (name) => `${name} is missing: single sign-on needs ${names.join(', ')} (example: ${aboutSetting(name).example})`,
  );
}

/** What another setting demands. */
function missingBeside(e: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (e.DATABASE_URL?.startsWith('mysql:') && !e.MASTER_KEY) {
    faults.push('MASTER_KEY is missing: demanded with MySQL (example: output of: openssl rand -base64 32)');
  }
  if (e.AUDIT_ANCHOR_MAIL_TO && !e.SMTP_URL) {
    faults.push('SMTP_URL is missing: AUDIT_ANCHOR_MAIL_TO needs it (example: smtp://user:pass@smtp.example.com:587)');
  }
  return faults;
}

function toConfig(e: Environment, given: Set<SettingName>): Config {
  const dataDir = resolve(e.DATA_DIR);
  const databaseUrl =
    given.has('DATA_DIR') && !given.has('DATABASE_URL') ? `sqlite:${join(dataDir, 'scrm.db')}` : e.DATABASE_URL;
  const mode = e.WECOM_MODE ?? (e.WECOM_CORP_ID ? 'live' : 'sandbox');
  return {
    http: {
      host: e.HOST,
      port: e.PORT,
      publicUrl: e.PUBLIC_URL?.replace(/\/$/, ''),
      metricsToken: e.METRICS_TOKEN,
      egressAddresses: e.EGRESS_ADDRESSES,
      requestsPerMinute: { person: e.REQUESTS_PER_MINUTE, token: e.REQUESTS_PER_MINUTE_TOKEN },
    },
    role: e.ROLE,
    dataDir,
    anchorDir: e.AUDIT_ANCHOR_DIR ? resolve(e.AUDIT_ANCHOR_DIR) : join(dataDir, 'anchors'),
    anchorMailTo: e.AUDIT_ANCHOR_MAIL_TO,
    databaseUrl,
    smtpUrl: e.SMTP_URL,
    oidc: oidcOf(e),
    redisUrl: e.REDIS_URL,
    s3Url: e.S3_URL,
    masterKey: e.MASTER_KEY,
    log: { level: e.LOG_LEVEL, keepDays: e.LOG_KEEP_DAYS },
    keepDays: { inbox: e.INBOX_KEEP_DAYS, jobs: e.JOBS_KEEP_DAYS },
    backup: { dir: resolve(e.BACKUP_DIR ?? join(dataDir, 'backups')), keep: e.BACKUP_KEEP },
    outbound: { allowedHosts: e.OUTBOUND_ALLOWED_HOSTS?.split(',') ?? [] },
    reconcileConfirmSeconds: e.RECONCILE_CONFIRM_SECONDS,
    handover: { lookupSeconds: e.HANDOVER_LOOKUP_SECONDS, secondPersonFrom: e.HANDOVER_SECOND_PERSON_FROM },
    replyTargetMinutes: e.REPLY_TARGET_MINUTES,
    alertEscalateMinutes: e.ALERT_ESCALATE_MINUTES,
    keySpreadSeconds: e.KEY_SPREAD_SECONDS,
    strictCallbackTime: e.STRICT_CALLBACK_TIME,
    wecom: {
      mode,
      apiBase: e.WECOM_API_BASE.replace(/\/$/, ''),
      jsSdkUrls: e.WECOM_JSSDK_URLS.split(',').map((url) => url.trim()),
      corpId: mode === 'sandbox' ? sandboxCorpId : (e.WECOM_CORP_ID ?? ''),
      verifyFiles: e.WECOM_VERIFY_FILES,
      agentId: e.WECOM_AGENT_ID,
      apps: {
        agent: appOf(e, 'AGENT'),
        contacts: appOf(e, 'CONTACTS'),
        archive: appOf(e, 'ARCHIVE'),
      },
      archive: archiveOf(e),
    },
    pay: payOf(e),
    given,
  };
}

const archiveOf = (e: Environment): ArchiveConfig => ({
  sdkPath: e.WECOM_ARCHIVE_SDK_PATH && resolve(e.WECOM_ARCHIVE_SDK_PATH),
  sdkSha256: e.WECOM_ARCHIVE_SDK_SHA256?.toLowerCase(),
  keysDir: e.WECOM_ARCHIVE_KEYS_DIR && resolve(e.WECOM_ARCHIVE_KEYS_DIR),
  processes: e.WECOM_ARCHIVE_PROCESSES,
  callsPerMinute: e.WECOM_ARCHIVE_CALLS_PER_MINUTE,
  searchIndex: e.ARCHIVE_SEARCH_INDEX,
});

const oidcOf = ({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }: Environment) =>
  issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;

const appOf = (e: Environment, app: 'AGENT' | 'CONTACTS' | 'ARCHIVE'): WecomApp => ({
  secret: e[`WECOM_${app}_SECRET`],
  callbackToken: e[`WECOM_${app}_CALLBACK_TOKEN`],
  callbackAesKey: e[`WECOM_${app}_CALLBACK_AES_KEY`],
});
