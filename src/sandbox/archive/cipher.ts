import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
} from 'node:crypto';
import { archiveKeys } from './keys';

/**
 * The vendor's way of sealing messages is not public (wecom-archive §3), so the pretend company has one of its own:
 *
 *     key text            32 hexadecimal digits, another one for each message
 *     encrypt_random_key  base64( RSA-2048, PKCS#1 v1.5 filling, of the key text )
 *     encrypt_chat_msg    base64( kind ‖ AES-256-GCM under SHA-256(key text): nonce 12 ‖ tag 16 ‖ ciphertext )
 *
 * `kind` is one byte: 1, or 0xFF for a message that ends whoever opens it, as the vendor's library was seen to do. All of
 * it follows from the msgid: asked for again, WeCom's store gives the same bytes again.
 */
export interface Sealed {
  publickey_ver: number;
  encrypt_random_key: string;
  encrypt_chat_msg: string;
}

const kinds = { plain: 1, poison: 0xff } as const;
const nonceLength = 12;
const tagLength = 16;
const rsaBlock = 256;

export interface Opening {
  msgid: string;
  plain: string;
  publickey_ver: number;
  poison: boolean;
}

export function sealMessage({ msgid, plain, publickey_ver, poison }: Opening): Sealed {
  const key = derive('key', msgid).toString('hex').slice(0, 32);
  const nonce = derive('nonce', msgid).subarray(0, nonceLength);
  const cipher = createCipheriv('aes-256-gcm', bodyKey(key), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const kind = Buffer.of(poison ? kinds.poison : kinds.plain);
  return {
    publickey_ver,
    encrypt_random_key: wrap(publicKeyOf(publickey_ver), key, msgid).toString('base64'),
    encrypt_chat_msg: Buffer.concat([kind, nonce, cipher.getAuthTag(), body]).toString('base64'),
  };
}

/** @returns 'poison' for a message that ends its reader, undefined when the key does not open it */
export function openMessage(key: string, message: string): { plain: string } | 'poison' | undefined {
  const bytes = Buffer.from(message, 'base64');
  if (bytes[0] === kinds.poison) return 'poison';
  const nonce = bytes.subarray(1, 1 + nonceLength);
  const tag = bytes.subarray(1 + nonceLength, 1 + nonceLength + tagLength);
  if (bytes[0] !== kinds.plain || tag.length < tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', bodyKey(key), nonce).setAuthTag(tag);
  try {
    const body = decipher.update(bytes.subarray(1 + nonceLength + tagLength));
    return { plain: Buffer.concat([body, decipher.final()]).toString('utf8') };
  } catch {
    return undefined;
  }
}

const derive = (what: string, msgid: string): Buffer => createHash('sha512').update(`${what} of ${msgid}`).digest();
const bodyKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** PKCS#1 v1.5 by hand: `publicEncrypt` would fill with chance. */
function wrap(key: KeyObject, text: string, msgid: string): Buffer {
  const payload = Buffer.from(text);
  const filling = createCipheriv('aes-256-ctr', derive('filling', msgid).subarray(0, 32), Buffer.alloc(16))
    .update(Buffer.alloc(rsaBlock - 3 - payload.length))
    // A zero would end the filling.
    .map((byte) => byte || 1);
  const block = Buffer.concat([Buffer.of(0, 2), filling, Buffer.of(0), payload]);
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

const publicKeys = new Map<number, KeyObject>();

/** @throws RangeError for a version there is no key of */
function publicKeyOf(version: number): KeyObject {
  const known = publicKeys.get(version);
  if (known) return known;
  const pair = archiveKeys.find((key) => key.version === version);
  if (!pair) throw new RangeError(`No archive key of version ${version}`);
  const key = createPublicKey(pair.privatePem);
  publicKeys.set(version, key);
  return key;
}
