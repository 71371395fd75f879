import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { sha256 } from '../../../core/ids';
import { BackupFault } from './backup-fault';

const prefix = 'scrm-recovery-1.';
/** What stands before the 32 bytes of an X25519 key in PKCS #8 and in SPKI (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spki = Buffer.from('302a300506032b656e032100', 'hex');
const keyBytes = 32;
const checkBytes = 4;

/** Opens backups without the master key. Its public half, which only closes them, is all that this program keeps. */
export interface RecoveryKey {
  /** To be printed once: 32 bytes and a checksum. */
  text: string;
  publicKey: string;
}

export function createRecoveryKey(): RecoveryKey {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const bytes = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-keyBytes);
  const text = Buffer.concat([bytes, checksum(bytes)]).toString('base64');
  return { text: `${prefix}${text}`, publicKey: publicText(publicKey) };
}

/** @throws BackupFault when it was mistyped */
export function parseRecoveryKey(text: string): KeyObject {
  const given = text.trim();
  const bytes = Buffer.from(given.slice(prefix.length), 'base64');
  const key = bytes.subarray(0, keyBytes);
  const whole = bytes.length === keyBytes + checkBytes && checksum(key).equals(bytes.subarray(keyBytes));
  if (!given.startsWith(prefix) || !whole) {
    throw new BackupFault('This is not a recovery key, or a letter of it is wrong: its checksum does not fit.');
  }
  return createPrivateKey({ key: Buffer.concat([pkcs8, key]), format: 'der', type: 'pkcs8' });
}

export const publicText = (key: KeyObject): string =>
  (key.type === 'private' ? createPublicKey(key) : key)
    .export({ format: 'der', type: 'spki' })
    .subarray(-keyBytes)
    .toString('base64');

export const publicKeyOf = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([spki, Buffer.from(text, 'base64')]), format: 'der', type: 'spki' });

const checksum = (bytes: Buffer): Buffer => Buffer.from(sha256(bytes), 'hex').subarray(0, checkBytes);
