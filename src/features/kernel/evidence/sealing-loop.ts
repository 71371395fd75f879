import { sleep } from '../../../core/clock';
import { type SealerDeps, sealPending } from './sealer';

export interface SealingLoop {
  start(): void;
  stop(): Promise<void>;
}

const pollMs = 700;
const longestPauseMs = 10_000;

/** Looks whether something is pending, so that a row is sealed within a second, whichever process wrote it. */
export function createSealingLoop(deps: SealerDeps): SealingLoop {
  const stopping = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      failures = (await pass(deps)) ? 0 : failures + 1;
      await sleep(Math.min(longestPauseMs, pollMs * 2 ** failures), stopping.signal);
    }
  }

  return {
    start: () => {
      loop = run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

/** @returns whether the database let us look. A look that failed is repeated by the next one. */
async function pass(deps: SealerDeps): Promise<boolean> {
  try {
    const waiting = await deps.db.query('SELECT row_id FROM evidence_pending LIMIT 1');
    if (waiting.length > 0) await sealPending(deps);
    return true;
  } catch (error) {
    deps.logger.warn('evidence could not be sealed and stays pending', { error });
    return false;
  }
}
