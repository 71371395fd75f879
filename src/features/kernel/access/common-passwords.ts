/** What people choose who work with this, and long runs of keys: the leaked list was gathered elsewhere. */
const ownWords: ReadonlySet<string> = new Set([
  'administrator',
  'admin',
  'root',
  'letmeinplease',
  'changemenow',
  'welcometo',
  'iloveyouforever',
  'woaininimama',
  'woaiwojia',
  'qwertyuiopasdf',
  'asdfghjklasdf',
  'zxcvbnmasdfghjkl',
  '1qaz2wsx3edc',
  '1q2w3e4r5t6y',
  'q1w2e3r4t5y6',
  'abc',
  'abcdef',
  'abcdefghijkl',
  'aa',
  'a',
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789012345',
  '1234567890123456',
  '123123123123',
  '123456123456',
  '123456789123',
  '123456abcdef',
  'abc123abc123',
  'abcd1234abcd',
  '987654321098',
  '110110110110',
  'qiyeweixin',
  'scrm',
  'company',
  'wecom',
  'wechat',
  'weixin',
  'scrmscrm',
]);

/** 49,000 leaked passwords in lower case. Read when the first password is set, which most processes never do: 15 MB. */
const leakedPasswords = async (): Promise<readonly string[]> =>
  (await import('@zxcvbn-ts/language-common')).dictionary['passwords-common'];

const addedAtTheEnd = /[\d\p{P}\p{S}\s]+$/u;
/** Two shorter ones say little about what they make together. */
const shortestHalf = 4;

/**
 * Whether a password in lower case is one of those that are tried first, alone or two joined, also with digits and signs
 * behind it. Few lists hold long passwords: what people make long they make of these.
 */
export async function isCommon(password: string): Promise<boolean> {
  const known = new Set(await leakedPasswords());
  const isKnown = (text: string): boolean => ownWords.has(text) || known.has(text);
  const isJoined = (text: string): boolean => {
    for (let cut = shortestHalf; cut <= text.length - shortestHalf; cut += 1) {
      if (isKnown(text.slice(0, cut)) && isKnown(text.slice(cut))) return true;
    }
    return false;
  };
  const tried = [password, password.replace(addedAtTheEnd, '')].filter((one) => one !== '');
  return tried.some((one) => isKnown(one) || isJoined(one));
}
