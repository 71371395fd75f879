import { createCipheriv, createVerify, randomBytes, sign, X509Certificate } from 'node:crypto';
import type { Clock } from '../../core/clock';
import { minutes, toUnix } from '../../core/clock';
import { bankKeys, merchantSettings } from './keys';

/** The headers a message of the bank carries. */
export type SignedHeaders = Record<string, string>;

export interface SigningChoice {
  /** The key to sign with; one that the bank does not have is signed with another. */
  serial: string;
  at: Date;
  nonce?: string | undefined;
}

const [anyKey = ''] = Object.values(bankKeys);

export function signedHeaders(body: string, { serial, at, nonce = newNonce() }: SigningChoice): SignedHeaders {
  const timestamp = String(toUnix(at));
  const text = `${timestamp}\n${nonce}\n${body}\n`;
  return {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': sign('sha256', Buffer.from(text), bankKeys[serial] ?? anyKey).toString('base64'),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

const newNonce = (): string => randomBytes(16).toString('hex');

/** Seals what a notification tells under the merchant's APIv3 key. */
export function sealedResource(plaintext: string, type: 'transaction' | 'refund') {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(merchantSettings.apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(type));
  const bytes = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    original_type: type,
    associated_data: type as string,
    nonce,
    ciphertext: bytes.toString('base64'),
  };
}

const merchantKey = new X509Certificate(merchantSettings.merchantCert).publicKey;
const scheme = 'WECHATPAY2-SHA256-RSA2048 ';

export interface SignedRequest {
  method: string;
  /** With its query. */
  path: string;
  body: string;
  authorization: string | undefined;
}

/** Whether the merchant signed this request, just now. */
export function isOurMerchants({ method, path, body, authorization = '' }: SignedRequest, clock: Clock): boolean {
  if (!authorization.startsWith(scheme)) return false;
  const parts = Object.fromEntries(
    [...authorization.slice(scheme.length).matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (parts.mchid !== merchantSettings.mchId || parts.serial_no !== merchantSettings.serialNo) return false;
  if (Math.abs(clock.now().getTime() - Number(parts.timestamp) * 1000) > minutes(5)) return false;
  const text = `${method}\n${path}\n${parts.timestamp}\n${parts.nonce_str}\n${body}\n`;
  return createVerify('RSA-SHA256')
    .update(text)
    .verify(merchantKey, parts.signature ?? '', 'base64');
}
