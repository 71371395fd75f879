import { unwrapDataKey, wrapDataKey } from '../../../core/vault';
import type { Database } from '../../../db/database';
import type { AuditService } from '../audit';
import type { KeyStore } from './keys.store';

interface Change {
  db: Database;
  store: KeyStore;
  audit: Pick<AuditService, 'record'>;
  boundTo: string;
  from: Buffer;
  to: Buffer;
}

/**
 * Wraps every data key with another master key. No stored value changes, and processes that run keep the data keys they
 * know; a process that starts afterwards needs the new master key.
 * @returns how many keys @throws StartupError when `from` is not the key they are wrapped with
 */
export const changeMasterKey = ({ db, store, audit, boundTo, from, to }: Change): Promise<number> =>
  db.transact(async () => {
    const keys = await store.keys();
    for (const { version, wrapped } of keys) {
      const key = unwrapDataKey(from, boundTo, { version, wrapped });
      await store.rewrap(version, { from: wrapped, to: wrapDataKey(to, boundTo, { version, key }).wrapped });
    }
    await audit.record({ actor: 'host', action: 'master_key.changed', target: 'master_key', result: 'ok' });
    return keys.length;
  });
