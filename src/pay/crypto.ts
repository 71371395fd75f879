import { createDecipheriv, type KeyObject, sign, verify } from 'node:crypto';

/** RSA-SHA256, base64. */
export const signText = (key: KeyObject, text: string): string =>
  sign('sha256', Buffer.from(text), key).toString('base64');

const base64 = /^[A-Za-z0-9+/]{40,1400}={0,2}$/;

/** False also for what is no signature at all. */
export const isSignedBy = (key: KeyObject, signed: Buffer, signature: string): boolean =>
  base64.test(signature) && verify('sha256', signed, key, Buffer.from(signature, 'base64'));

/** What a notification carries under the APIv3 key. */
export interface SealedResource {
  nonce: string;
  /** May be empty. */
  associated_data: string;
  /** Base64 of ciphertext and tag. */
  ciphertext: string;
}

const tagBytes = 16;

/** AES-256-GCM. `final` is what compares the tag. @throws Error when anything differs from what was sealed */
export function openResource(key: KeyObject, { nonce, associated_data, ciphertext }: SealedResource): string {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < tagBytes) throw new Error('the ciphertext is too short');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce), { authTagLength: tagBytes })
    .setAAD(Buffer.from(associated_data))
    .setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
}
