import { seconds } from '../core/clock';
import { messageOf } from '../core/errors';
import type { Logger } from '../core/logger';
import type { Vault } from '../core/vault';
import type { Database } from './database';
import { DataKey } from './deployment.entity';

interface Deps {
  db: Database;
  vault: Vault;
  logger: Pick<Logger, 'error'>;
}

const readEveryMs = seconds(2);

export type KeyRing = Pick<ReturnType<typeof createKeyRing>, 'refresh'>;

/** Keeps the vault of this process at the keys that are stored: another process may make a new one (O7). */
export function createKeyRing({ db, vault, logger }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let told = false;

  const refresh = async (): Promise<void> => vault.adopt(await db.em.find(DataKey), db.now());

  /** While the database is away nothing can be read either, so a look that fails is just repeated. */
  async function look(): Promise<void> {
    try {
      await refresh();
      told = false;
    } catch (error) {
      if (!told)
        logger.error('the data keys cannot be read: with another MASTER_KEY, restart', { error: messageOf(error) });
      told = true;
    }
  }

  return {
    refresh,
    /** Looks every two seconds until `stop`. */
    start(): void {
      timer = setInterval(() => void look(), readEveryMs);
    },
    stop: (): void => clearInterval(timer),
  };
}
