import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineErrors, messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Place, Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { ArchiveKey } from './archive-key.entity';
import type { ArchiveKeyView } from './key-ring.schema';

interface Deps {
  db: Database;
  vault: Vault;
  audit: Pick<AuditService, 'record'>;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** A folder of `<version>.pem`; undefined when none is set. */
  folder: string | undefined;
}

/** Who adds a key, and from where. */
interface By {
  actor: string;
  address?: string | undefined;
}

interface NewKey {
  version: number;
  pem: string;
}

export const archiveKeyError = defineErrors('archive_key', {
  not_a_key: [422, 'This is no RSA private key of at least 2048 bits in PEM without a password'],
  taken: [409, 'Another key of this version is here; it is kept as long as messages were sealed for it'],
});

const leastBits = 2048;
const columns = ['version', 'sealed', 'fingerprint', 'source', 'created_at'];
const placeOf = (version: number): Place => ({ table: 'archive_key', column: 'sealed', id: String(version) });

export type ArchiveKeyRing = ReturnType<typeof createArchiveKeyRing>;

/** The company's private keys for the archive, by version, sealed (WCM-05, wecom-archive §1.5). None is ever removed. */
export function createArchiveKeyRing({ db, vault, audit, logger, folder }: Deps) {
  const rows = (): Promise<ArchiveKey[]> => db.query<ArchiveKey>('SELECT * FROM archive_key ORDER BY version DESC');

  async function stored(version: number): Promise<ArchiveKey | undefined> {
    const [row] = await db.query<ArchiveKey>('SELECT * FROM archive_key WHERE version = ?', [version]);
    return row;
  }

  /** @returns false when this very key was here @throws archive_key.not_a_key, archive_key.taken */
  async function add({ version, pem }: NewKey, { actor, address }: By, source: string): Promise<boolean> {
    const fingerprint = fingerprintOf(readKey(pem));
    return db.transact(async () => {
      const known = await stored(version);
      if (known?.fingerprint === fingerprint) return false;
      if (known) throw archiveKeyError('taken', { version });
      const row = [version, vault.seal(pem, placeOf(version)), fingerprint, source, db.now()];
      await insertRows(db, { table: 'archive_key', columns }, [row]);
      const act = { actor, action: 'archive_key.added', target: `archive_key:${version}`, result: 'ok' } as const;
      await audit.record({ ...act, address, detail: { fingerprint, source } });
      return true;
    });
  }

  async function addFile(name: string): Promise<boolean> {
    const version = Number(/^(\d{1,15})\.pem$/.exec(name)?.[1]);
    if (!folder || !Number.isSafeInteger(version)) return false;
    try {
      return await add({ version, pem: await readFile(join(folder, name), 'utf8') }, { actor: 'host' }, 'file');
    } catch (error) {
      logger.error('a key of the archive cannot be used', { file: name, error: messageOf(error) });
      return false;
    }
  }

  return {
    /** Newest first. */
    async list(): Promise<ArchiveKeyView[]> {
      return (await rows()).map(({ version, fingerprint, source, created_at }) => ({
        ...{ version: Number(version), fingerprint, source, created_at: iso(toDate(created_at)) },
      }));
    },

    /** @returns false when this very key was here @throws archive_key.not_a_key, archive_key.taken */
    add: (key: NewKey, by: By): Promise<boolean> => add(key, by, by.actor),

    /** Takes in the files that are not here yet. A file that is no key is logged and passed over. */
    async importFolder(): Promise<void> {
      if (!folder) return;
      const names = await readdir(folder).catch((error: unknown) => {
        logger.error('the folder of archive keys cannot be read', { error: messageOf(error) });
        return [];
      });
      for (const name of names.sort()) {
        if (await addFile(name)) logger.info('a key of the archive was taken in', { file: name });
      }
    },

    /** Opened, for the processes that open messages. */
    async keys(): Promise<NewKey[]> {
      return (await rows()).map((row) => {
        const version = Number(row.version);
        return { version, pem: vault.open(row.sealed, placeOf(version)) };
      });
    },
  };
}

/** @throws archive_key.not_a_key */
function readKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits) return key;
  } catch {
    // Node names parts of the text in its fault: nothing of it is passed on.
  }
  throw archiveKeyError('not_a_key');
}

const fingerprintOf = (key: KeyObject): string =>
  hash('sha256', createPublicKey(key).export({ type: 'spki', format: 'der' }));
