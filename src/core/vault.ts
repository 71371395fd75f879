import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { exitCode, StartupError } from './errors';
import { freshBytes } from './random';

/** Where a sealed value stands. It is bound into the ciphertext, so a value moved elsewhere does not open. */
export interface Place {
  table: string;
  column: string;
  id: string;
}

/** A data key as stored: wrapped by the master key. */
export interface WrappedKey {
  version: number;
  wrapped: string;
  /** Nothing is sealed with it before, so that every process knows it by then; null: at once. */
  active_from?: Date | null;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Parses `MASTER_KEY`. @throws StartupError for anything but 32 bytes of base64 that look random (S14) */
export function parseMasterKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) {
    throw new StartupError(
      'MASTER_KEY must be 32 bytes in base64. Make one with: openssl rand -base64 32',
      exitCode.settings,
    );
  }
  if (new Set(key).size < 8) {
    throw new StartupError(
      'MASTER_KEY is a sample, not a key. Make one with: openssl rand -base64 32',
      exitCode.settings,
    );
  }
  return key;
}

/** A fresh data key of the given version, wrapped for storage. */
export const createDataKey = (masterKey: Buffer, corpId: string, version: number): WrappedKey =>
  wrapDataKey(masterKey, corpId, { version, key: randomBytes(32) });

/** A data key as it is used. It never leaves the process, except inside an encrypted backup. */
export interface BareKey {
  version: number;
  key: Buffer;
}

export function wrapDataKey(masterKey: Buffer, corpId: string, { version, key }: BareKey): WrappedKey {
  return { version, wrapped: encrypt(masterKey, key, keyAad(corpId, version)).toString('base64') };
}

/** The key of the blind index. It seals nothing, so it is never rotated: what it made would be found no more. */
const indexVersion = 0;

/** The keys of a new deployment: one to find by, one to seal with. */
export const firstKeys = (masterKey: Buffer, corpId: string): WrappedKey[] =>
  [indexVersion, 1].map((version) => createDataKey(masterKey, corpId, version));

/**
 * Envelope encryption (S13): AES-256-GCM under a data key that the master key wraps.
 * Sealed text is `v<key version>.<base64 of iv, ciphertext, tag>`; the AAD is corp, table, column and id.
 */
export class Vault {
  readonly #keys = new Map<number, Buffer>();
  #current = 0;

  /** @throws StartupError when the master key is not the one the data keys were wrapped with */
  constructor(
    private readonly masterKey: Buffer,
    /** The corp id; a name of its own where the database is older than its company. */
    readonly boundTo: string,
    stored: WrappedKey[],
  ) {
    this.adopt(stored, new Date());
  }

  /** The version that seals. */
  get current(): number {
    return this.#current;
  }

  /**
   * Takes in the keys as they are stored now, and seals with the newest whose time has come. Those once known stay.
   * @throws StartupError when a new one was wrapped with another master key
   */
  adopt(stored: WrappedKey[], now: Date): void {
    for (const key of stored) {
      if (!this.#keys.has(key.version)) this.#keys.set(key.version, unwrapDataKey(this.masterKey, this.boundTo, key));
    }
    const active = stored.filter(({ active_from }) => !active_from || active_from <= now);
    this.#current = Math.max(this.#current, ...active.map(({ version }) => version));
  }

  seal(plaintext: string | Buffer, place: Place): string {
    const sealed = encrypt(this.#key(this.#current), Buffer.from(plaintext), this.#aad(place));
    return `v${this.#current}.${sealed.toString('base64')}`;
  }

  /** @throws Error when the value was edited, moved, or sealed under an unknown key */
  open(sealed: string, place: Place): string {
    const dot = sealed.indexOf('.');
    const version = Number(sealed.slice(1, dot));
    return decrypt(this.#key(version), Buffer.from(sealed.slice(dot + 1), 'base64'), this.#aad(place)).toString();
  }

  /** Under a key that is not a data key, such as that of one person. */
  sealUnder(key: Buffer, plaintext: string, place: Place): string {
    return encrypt(key, Buffer.from(plaintext), this.#aad(place)).toString('base64');
  }

  /** @throws Error when the value was edited, moved, or sealed under another key */
  openUnder(key: Buffer, sealed: string, place: Place): string {
    return decrypt(key, Buffer.from(sealed, 'base64'), this.#aad(place)).toString();
  }

  /** Keyed hash by which a value is found without being readable (S15): equal values of one kind, equal hashes. */
  fingerprint(kind: string, value: string): string {
    return createHmac('sha256', this.#key(indexVersion)).update(`${kind}\n${value}`).digest('base64url');
  }

  /** The key of an index of its own kind: whoever makes many keyed hashes makes them with it. Never rotated. */
  indexKey(kind: string): KeyObject {
    return createSecretKey(createHmac('sha256', this.#key(indexVersion)).update(`index key\n${kind}`).digest());
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version);
    if (!key) throw new Error(`no data key of version ${version}`);
    return key;
  }

  #aad({ table, column, id }: Place): Buffer {
    return Buffer.from(JSON.stringify([this.boundTo, table, column, id]));
  }
}

/** Whether a stored text is sealed: columns that once held plain text hold both until all of it is sealed. */
export const isSealed = (text: string): boolean => /^v\d+\.[A-Za-z0-9+/]/.test(text);

const keyAad = (corpId: string, version: number): Buffer => Buffer.from(JSON.stringify([corpId, 'data_key', version]));

/** @throws StartupError when the master key is not the one it was wrapped with */
export function unwrapDataKey(masterKey: Buffer, corpId: string, key: WrappedKey): Buffer {
  try {
    return decrypt(masterKey, Buffer.from(key.wrapped, 'base64'), keyAad(corpId, key.version));
  } catch (cause) {
    throw new StartupError(
      'MASTER_KEY is not the key this database was encrypted with. Put the original key back; without it stored secrets cannot be read.',
      exitCode.settings,
      { cause },
    );
  }
}

/** AES-256-GCM with a random nonce: nonce, ciphertext, tag. */
export function encrypt(key: Buffer, plaintext: Buffer, aad: Buffer): Buffer {
  const iv = freshBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when anything differs from what was encrypted */
export function decrypt(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  if (sealed.length < ivBytes + tagBytes) throw new Error('sealed value is too short');
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes))
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
}
