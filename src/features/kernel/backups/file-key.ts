import { diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { decrypt, encrypt } from '../../../core/vault';
import { BackupFault } from './backup-fault';
import type { BackupHeader } from './header';
import { publicKeyOf, publicText } from './recovery-key';

/** What closes a backup. */
export interface ClosingKeys {
  masterKey: Buffer;
  /** Where there is one, the recovery key opens the backup too. */
  recoveryPublicKey: string | null;
}

/** What opens it: the recovery key when it is given, else the master key. */
export interface OpeningKeys {
  masterKey?: Buffer | undefined;
  recoveryKey?: KeyObject | undefined;
}

type Wraps = Pick<BackupHeader, 'master' | 'recovery'>;

/** The key of one file, wrapped once for each way to open it. */
export function wrapFileKey(fileKey: Buffer, fileId: string, keys: ClosingKeys): Wraps {
  const aad = Buffer.from(fileId);
  return {
    master: {
      fingerprint: fingerprint(keys.masterKey, fileId),
      wrapped: encrypt(masterWrap(keys.masterKey, fileId), fileKey, aad).toString('base64'),
    },
    recovery: keys.recoveryPublicKey === null ? null : wrapForRecovery(fileKey, aad, keys.recoveryPublicKey),
  };
}

function wrapForRecovery(fileKey: Buffer, aad: Buffer, recipient: string): BackupHeader['recovery'] {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const ephemeral = publicText(publicKey);
  const secret = diffieHellman({ privateKey, publicKey: publicKeyOf(recipient) });
  const wrapped = encrypt(recoveryWrap(secret, ephemeral, recipient), fileKey, aad).toString('base64');
  return { public_key: recipient, ephemeral, wrapped };
}

/** @throws BackupFault for a key of something else */
export function unwrapFileKey(file: string, header: BackupHeader, keys: OpeningKeys): Buffer {
  const { masterKey, recoveryKey } = keys;
  if (recoveryKey) return unwrapByRecovery(file, header, recoveryKey);
  const { fingerprint: known, wrapped } = header.master;
  if (!masterKey || fingerprint(masterKey, header.file_id) !== known) {
    throw new BackupFault(
      `${file} was made under another master key. Put that key back (DATA_DIR/master.key or MASTER_KEY), or give the recovery key with --recovery-key.`,
    );
  }
  return opened(file, masterWrap(masterKey, header.file_id), wrapped, header.file_id);
}

function unwrapByRecovery(file: string, { recovery, file_id }: BackupHeader, recoveryKey: KeyObject): Buffer {
  if (recovery === null) {
    throw new BackupFault(`${file} was made before there was a recovery key: only the master key opens it.`);
  }
  const own = publicText(recoveryKey);
  if (own !== recovery.public_key) throw new BackupFault(`${file} was made for another recovery key.`);
  const secret = diffieHellman({ privateKey: recoveryKey, publicKey: publicKeyOf(recovery.ephemeral) });
  return opened(file, recoveryWrap(secret, recovery.ephemeral, own), recovery.wrapped, file_id);
}

function opened(file: string, key: Buffer, wrapped: string, fileId: string): Buffer {
  try {
    return decrypt(key, Buffer.from(wrapped, 'base64'), Buffer.from(fileId));
  } catch (cause) {
    throw new BackupFault(`${file} was changed: its key does not open. Use another backup.`, { cause });
  }
}

const derived = (secret: Buffer, salt: string, about: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, about, 32));

const masterWrap = (masterKey: Buffer, fileId: string): Buffer => derived(masterKey, fileId, 'scrm backup, master key');
const recoveryWrap = (secret: Buffer, ephemeral: string, recipient: string): Buffer =>
  derived(secret, `${ephemeral}.${recipient}`, 'scrm backup, recovery key');

/** Tells a wrong key from a changed file, and nothing of the key. */
const fingerprint = (masterKey: Buffer, fileId: string): string =>
  derived(masterKey, fileId, 'scrm backup, fingerprint').subarray(0, 8).toString('base64');
