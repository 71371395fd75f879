import type { Mirror } from '../mirror';
import type { variables as zh } from '../zh-CN/variables';

export const variables: Mirror<typeof zh> = {
  PORT: 'HTTP port',
  HOST: 'Address to listen on',
  PUBLIC_URL: 'Address people and WeCom reach this server at',
  EGRESS_ADDRESSES: 'Addresses this server calls WeCom from, to be entered as trusted IP (企业可信IP)',
  ROLE: 'What this process does',
  DATA_DIR: 'Folder for the database, keys, logs and spool',
  DATABASE_URL: 'Database',
  AUDIT_ANCHOR_DIR:
    'Folder for the daily signed anchors of the audit trail; DATA_DIR/anchors by default. Best on another disk',
  AUDIT_ANCHOR_MAIL_TO: 'Mail boxes that each anchor is sent to as well, comma between; needs SMTP_URL',
  REDIS_URL: 'Redis, optional',
  S3_URL:
    'Bucket that each anchor of the audit trail is put into as well; / ? # % in the secret as %2F %3F %23 %25. https, to this machine itself http; ?tls=false for http elsewhere, ?style=host where the bucket belongs into the host name',
  MASTER_KEY: '32 bytes in base64 that encrypt stored secrets; made and kept in DATA_DIR when SQLite is used',
  LOG_LEVEL: 'Least level that is logged',
  LOG_KEEP_DAYS: 'Days that log files are kept',
  INBOX_KEEP_DAYS: 'Days that bodies of handled callbacks are kept; their digests are kept for good',
  JOBS_KEEP_DAYS: 'Days that finished jobs and runs are kept',
  BACKUP_DIR: 'Folder for backups; DATA_DIR/backups when empty. Better on another disk, or copied away daily',
  BACKUP_KEEP: 'Backups that are kept there, the newest ones',
  SMTP_URL: 'Mail server; the sender is the user, or from=',
  OIDC_ISSUER: 'Single sign-on by OpenID Connect: the provider, spelt as it calls itself; needs the next two',
  OIDC_CLIENT_ID: 'Id of this server at the provider',
  OIDC_CLIENT_SECRET: 'Secret of this server at the provider',
  OUTBOUND_ALLOWED_HOSTS:
    'Inner hosts that webhooks may call though they are not public; a host alone means ports 80 and 443',
  METRICS_TOKEN: 'Bearer token that /metrics asks for',
  REQUESTS_PER_MINUTE: 'API requests a minute of one account, or of an address without a session, to each process',
  REQUESTS_PER_MINUTE_TOKEN: 'API requests a minute of one API token to each process',
  RECONCILE_CONFIRM_SECONDS: 'Seconds after which a second read may confirm a difference',
  HANDOVER_LOOKUP_SECONDS: 'Seconds after which a transfer that nobody heard the answer to is looked up at WeCom',
  HANDOVER_SECOND_PERSON_FROM:
    'External contacts and group chats from which on a handover needs a second person; 0: never',
  REPLY_TARGET_MINUTES: 'Minutes of working time within which somebody outside is to be answered',
  ALERT_ESCALATE_MINUTES:
    'Minutes of working time after which a serious finding that nobody looked at is told one level further up; a critical one after 15 minutes of any time',
  KEY_SPREAD_SECONDS: 'Seconds that every process is given to learn of a new data key before it is used',
  STRICT_CALLBACK_TIME:
    'Refuse callbacks whose time stamp is more than 10 minutes off, instead of keeping them as stale',
  WECOM_MODE: 'sandbox when WECOM_CORP_ID is empty, else live. live without a corp id starts the wizard',
  WECOM_API_BASE: 'WeCom API',
  WECOM_JSSDK_URLS: 'Where the sidebar loads the JS-SDK of WeCom from, in this order',
  WECOM_CORP_ID: 'Corp id (企业 ID)',
  WECOM_VERIFY_FILES: 'Files by which WeCom proves who owns the domain (可信域名归属), served at the root',
  WECOM_AGENT_ID: 'Agent id of the self-built app (自建应用)',
  WECOM_AGENT_SECRET: 'Secret of the self-built app',
  WECOM_AGENT_CALLBACK_TOKEN: 'Callback token of the self-built app',
  WECOM_AGENT_CALLBACK_AES_KEY: 'Callback EncodingAESKey of the self-built app',
  WECOM_CONTACTS_SECRET: 'Secret of contacts sync (通讯录同步)',
  WECOM_CONTACTS_CALLBACK_TOKEN: 'Callback token of contacts sync',
  WECOM_CONTACTS_CALLBACK_AES_KEY: 'Callback EncodingAESKey of contacts sync',
  WECOM_ARCHIVE_SECRET: 'Secret of the conversation archive (会话内容存档)',
  WECOM_ARCHIVE_CALLBACK_TOKEN: 'Callback token of the conversation archive',
  WECOM_ARCHIVE_CALLBACK_AES_KEY: 'Callback EncodingAESKey of the conversation archive',
  WECOM_ARCHIVE_SDK_PATH: "The vendor's shared library for the archive, or a program that speaks in its place",
  WECOM_ARCHIVE_SDK_SHA256: 'SHA-256 of that library: another one is not loaded',
  WECOM_ARCHIVE_KEYS_DIR:
    'Folder of private keys for the archive, <publickey_ver>.pem; taken into the encrypted key ring',
  WECOM_ARCHIVE_PROCESSES: 'Processes that open messages; one per core by default',
  WECOM_ARCHIVE_CALLS_PER_MINUTE: 'Pages of the archive that may be asked for in a minute',
  ARCHIVE_SEARCH_INDEX:
    'Whether archived messages are found by an index of keyed tokens, or by reading every one of them',
};
