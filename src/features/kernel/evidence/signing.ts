import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';

/** Signs; made once and kept. */
export interface Signer {
  keyId: string;
  /** SPKI in base64. */
  publicKey: string;
  sign(statement: string): string;
}

/** The public keys this deployment signed with, by their id. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

export type Keys = ReturnType<typeof createKeys>;

interface KeyRow {
  key_id: string;
  public_key: string;
  private_key: string;
}

export const keyIdOf = (publicKey: string): string => hash('sha256', Buffer.from(publicKey, 'base64'));

export const publicKeyOf = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });

export const isSigned = (key: KeyObject, statement: string, sig: string): boolean =>
  verify(null, Buffer.from(statement), key, Buffer.from(sig, 'base64'));

const columns = ['id', 'key_id', 'public_key', 'private_key', 'created_at'];
const placeOf = (keyId: string) => ({ table: 'evidence_key', column: 'private_key', id: keyId });

/** The keys of this deployment. */
export function createKeys({ db, vault }: { db: Database; vault: Vault }) {
  let signer: Signer | undefined;
  const stored = () => db.query<KeyRow>('SELECT key_id, public_key, private_key FROM evidence_key ORDER BY id DESC');

  /** Two processes that come first at once want the same id: one of them takes the key of the other. */
  async function make(): Promise<void> {
    const pair = generateKeyPairSync('ed25519');
    const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const keyId = keyIdOf(publicKey);
    const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const row = [1, keyId, publicKey, vault.seal(pkcs8, placeOf(keyId)), db.now()];
    await insertRows(db, { table: 'evidence_key', columns, onConflict: { keys: ['id'] } }, [row]);
  }

  const open = ({ key_id, private_key }: KeyRow): KeyObject =>
    createPrivateKey({
      key: Buffer.from(vault.open(private_key, placeOf(key_id)), 'base64'),
      format: 'der',
      type: 'pkcs8',
    });

  return {
    /** The newest key, made when there is none. */
    async signer(): Promise<Signer> {
      if (signer) return signer;
      if ((await stored()).length === 0) await make();
      const [row] = await stored();
      if (!row) throw new Error('the signing key is gone');
      const key = open(row);
      signer = {
        keyId: row.key_id,
        publicKey: row.public_key,
        sign: (statement) => sign(null, Buffer.from(statement), key).toString('base64'),
      };
      return signer;
    },

    /**
     * Keys whose private half opens with our master key and fits: who can only write to the database cannot add one.
     * @returns them, and the ids of those that do not fit
     */
    async trusted(): Promise<{ keys: Map<string, KeyObject>; false: string[] }> {
      const keys = new Map<string, KeyObject>();
      const strange: string[] = [];
      for (const row of await stored()) {
        const own = fits(row, open);
        if (own) keys.set(row.key_id, own);
        else strange.push(row.key_id);
      }
      return { keys, false: strange };
    },

    publicKeys: async () => (await stored()).map(({ key_id, public_key }) => ({ key_id, public_key })),
  };
}

/** The public half as it follows from the private one. */
function fits(row: KeyRow, open: (row: KeyRow) => KeyObject): KeyObject | undefined {
  try {
    const own = createPublicKey(open(row));
    const text = own.export({ format: 'der', type: 'spki' }).toString('base64');
    return text === row.public_key && keyIdOf(text) === row.key_id ? own : undefined;
  } catch {
    return undefined;
  }
}
