import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { CallbackRefused } from './errors';

/** What the signature of a callback covers, besides the token. */
export interface SignedParts {
  timestamp: string;
  nonce: string;
  encrypt: string;
}

export interface CallbackCryptoOptions {
  token: string;
  /** EncodingAESKey: 43 letters and digits, base64 without its `=`. */
  aesKey: string;
  /** The corp id, for a self-built app. */
  receiveId: string;
}

export type CallbackCrypto = ReturnType<typeof createCallbackCrypto>;

const algorithm = 'aes-256-cbc';
/** WeCom pads to 32 bytes, twice AES's own block: Node's padding does not know that (path/90968). */
const block = 32;
const randomBytesAhead = 16;
const headerBytes = randomBytesAhead + 4;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** `msg_signature`: sha1 over the sorted, joined strings, lower-case hex. */
const callbackSignature = (token: string, { timestamp, nonce, encrypt }: SignedParts): string =>
  createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');

/** Compares in constant time; anything but 40 hex digits is simply wrong. */
export function verifySignature(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The signature a page needs for the JS-SDK (path/90506): fixed order, nothing encoded, no `#…`. */
export function jsSdkSignature(page: { ticket: string; nonce: string; timestamp: number; url: string }): string {
  const [url] = page.url.split('#', 1);
  const signed = `jsapi_ticket=${page.ticket}&noncestr=${page.nonce}&timestamp=${page.timestamp}&url=${url}`;
  return createHash('sha1').update(signed).digest('hex');
}

/**
 * Signs, checks, encrypts and decrypts the callbacks of one receiver (path/90968).
 * Whatever is wrong with a callback, the error is CallbackRefused and says nothing to the sender.
 */
export function createCallbackCrypto({ token, aesKey, receiveId }: CallbackCryptoOptions) {
  const cipher = parseAesKey(aesKey);
  const receiver = Buffer.from(receiveId);
  return {
    /** The `msg_signature` that belongs to these parts. */
    sign: (parts: SignedParts): string => callbackSignature(token, parts),

    /** @throws CallbackRefused when the signature is not ours */
    verify({ signature, ...parts }: SignedParts & { signature: string }): void {
      if (!verifySignature(callbackSignature(token, parts), signature)) throw new CallbackRefused('signature');
    },

    /** @returns the plaintext. @throws CallbackRefused for anything that was not encrypted for this receiver */
    decrypt(encrypt: string): string {
      const plain = unpad(decipher(cipher, encrypt));
      if (plain.length < headerBytes) throw new CallbackRefused('too short');
      const end = headerBytes + plain.readUInt32BE(randomBytesAhead);
      if (end > plain.length) throw new CallbackRefused('length');
      if (!plain.subarray(end).equals(receiver)) throw new CallbackRefused('receiver');
      return plain.toString('utf8', headerBytes, end);
    },

    /** As WeCom does it: 16 random bytes, length, message, receiver, padded, in base64. */
    encrypt(plaintext: string): string {
      const message = Buffer.from(plaintext);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      const plain = pad(Buffer.concat([randomBytes(randomBytesAhead), length, message, receiver]));
      const aes = createCipheriv(algorithm, cipher.key, cipher.iv).setAutoPadding(false);
      return Buffer.concat([aes.update(plain), aes.final()]).toString('base64');
    },
  };
}

interface CipherKey {
  key: KeyObject;
  iv: Buffer;
}

/** A 43rd character with stray low bits is not canonical base64, but WeCom hands such keys out. */
function parseAesKey(aesKey: string): CipherKey {
  const bytes = Buffer.from(`${aesKey}=`, 'base64');
  if (aesKey.length !== 43 || bytes.length !== 32) {
    throw new TypeError('an EncodingAESKey has 43 letters and digits');
  }
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) };
}

function decipher({ key, iv }: CipherKey, encrypt: string): Buffer {
  // Buffer.from ignores what is not base64, so a cut or dirty text must be refused first.
  if (encrypt.length % 4 !== 0 || !base64.test(encrypt)) throw new CallbackRefused('base64');
  const sealed = Buffer.from(encrypt, 'base64');
  if (sealed.length % block !== 0) throw new CallbackRefused('block length');
  const aes = createDecipheriv(algorithm, key, iv).setAutoPadding(false);
  return Buffer.concat([aes.update(sealed), aes.final()]);
}

function pad(plain: Buffer): Buffer {
  const count = block - (plain.length % block);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}

function unpad(plain: Buffer): Buffer {
  const count = plain.at(-1) ?? 0;
  if (count < 1 || count > block) throw new CallbackRefused('padding');
  const end = plain.length - count;
  if (plain.subarray(end).some((byte) => byte !== count)) throw new CallbackRefused('padding');
  return plain.subarray(0, end);
}
