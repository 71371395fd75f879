import { randomInt } from 'node:crypto';
import type { WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const randomText = (length: number): string => Array.from({ length }, () => signs[randomInt(signs.length)]).join('');

const names = {
  agent: ['WECOM_AGENT_CALLBACK_TOKEN', 'WECOM_AGENT_CALLBACK_AES_KEY'],
  contacts: ['WECOM_CONTACTS_CALLBACK_TOKEN', 'WECOM_CONTACTS_CALLBACK_AES_KEY'],
  archive: ['WECOM_ARCHIVE_CALLBACK_TOKEN', 'WECOM_ARCHIVE_CALLBACK_AES_KEY'],
} as const satisfies Record<WecomAppName, readonly SettingName[]>;

/** Token: at most 32 letters and digits; EncodingAESKey: 43 of them (wecom-platform §6.1). */
export function makeCallbackKeys(receiver: WecomAppName) {
  const [tokenName, keyName] = names[receiver];
  const token = randomText(32);
  const aesKey = randomText(43);
  return { token, aesKey, settings: { [tokenName]: token, [keyName]: aesKey } };
}
