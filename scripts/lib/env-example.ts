import { aboutSetting, environment, type SettingName, settingNames } from '../../config/schema';

/** Headings, and the beginning of the names under them. The first that fits wins. */
const groups = [
  ['WeCom: self-built app (自建应用)', /^WECOM_AGENT_/],
  ['WeCom: contacts sync (通讯录同步)', /^WECOM_CONTACTS_/],
  ['WeCom: conversation archive (会话内容存档)', /^WECOM_ARCHIVE_/],
  ['WeCom', /^WECOM_/],
  ['WeChat Pay', /^WECHATPAY_/],
  ['Mail and single sign-on', /^(SMTP|IMAP|OIDC)_/],
  ['Server', /./],
] as const;

const intro = `# Settings of the server, printed from config/schema.ts (npm run env:example): change them there.
# Copy this file to .env and remove the # before what you want to set. Nothing has to be set to try the server:
# without WECOM_CORP_ID it runs on the built-in sandbox company.
# Each NAME may be given as NAME_FILE instead, the path of a file that holds the value. The environment wins over .env.
`;

/** The text of .env.example: every setting, commented out, with what it is for, its default and an example. */
export function envExample(): string {
  const headings = [...groups.map(([heading]) => heading)].sort((a, b) => rank(a) - rank(b));
  const sections = headings
    .map((heading) => [heading, settingNames.filter((name) => headingOf(name) === heading)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([heading, names]) => `# ── ${heading}\n\n${names.map(entry).join('\n')}`);
  return `${intro}\n${sections.join('\n')}`;
}

const rank = (heading: string): number => ['Server', 'WeCom'].indexOf(heading) + 1 || 9;

const headingOf = (name: SettingName): string => groups.find(([, pattern]) => pattern.test(name))?.[0] ?? 'Server';

function entry(name: SettingName): string {
  const { about, example, secret } = aboutSetting(name);
  const usual = defaultOf(name);
  const notes = [
    about,
    usual === undefined ? undefined : `Default: ${usual}`,
    secret ? 'Secret: never shown or logged' : undefined,
  ];
  return `# ${notes.filter((note) => note !== undefined).join('. ')}.\n# ${name}=${example}\n`;
}

const defaultOf = (name: SettingName): string | undefined => {
  const { data } = environment.shape[name].safeParse(undefined);
  return data === undefined ? undefined : String(data);
};
