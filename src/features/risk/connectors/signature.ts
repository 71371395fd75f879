import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** What stands before the 32 bytes of a key of Ed25519 in its SubjectPublicKeyInfo. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

const ed25519Key = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiHead, Buffer.from(base64, 'base64')]), format: 'der', type: 'spki' });

/** Whether `ed25519:<base64>` signs exactly these bytes. */
export function isSigned(bytes: Buffer, header: string, publicKey: string): boolean {
  const [, signature] = /^ed25519:([A-Za-z0-9+/]{86}==)$/.exec(header) ?? [];
  return signature !== undefined && verify(null, bytes, ed25519Key(publicKey), Buffer.from(signature, 'base64'));
}
