import { constants, type KeyObject, privateDecrypt } from 'node:crypto';

/**
 * Opens `encrypt_random_key`: RSA with PKCS#1 v1.5 filling, taken off here because Node 20 refuses that filling
 * (wecom-archive §2.1).
 * @returns undefined when the key does not fit or the text is not what the key seals: one answer for every cause
 */
export function unwrapKey(key: KeyObject, sealed: string): string | undefined {
  let block: Buffer;
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(sealed, 'base64'));
  } catch {
    return undefined;
  }
  const end = block.indexOf(0, 2);
  // 00 02, at least eight bytes that are not zero, 00, and what was sealed.
  if (block[0] !== 0 || block[1] !== 2 || end < 10 || end === block.length - 1) return undefined;
  return block.toString('utf8', end + 1);
}
