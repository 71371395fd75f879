import { sleep } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import type { ActiveJob, JobHandler, JobQueue } from '../../../jobs';
import { type ArchiveSdk, type ArchiveSdkOptions, Refused, SdkFault, SdkGone } from '../../../wecom/archive';
import type { Opener } from '../conversations';
import type { Puller } from '../envelopes';
import type { ArchiveKeyRing } from '../key-ring';

/** What the library needs to let the company in; undefined while a part of it is not set. */
export type StartOptions = ArchiveSdkOptions['start'] | undefined;

interface Deps {
  queue: Pick<JobQueue, 'add'>;
  logger: Pick<Logger, 'info' | 'warn'>;
  keyRing: Pick<ArchiveKeyRing, 'importFolder' | 'keys'>;
  sdk: SdkHolder;
  puller: Pick<Puller, 'pullAll'>;
  opener: Pick<Opener, 'openAll'>;
}

export interface SdkHolder {
  /** Starts over when what it was started with has changed. @returns false while the archive is not configured */
  ready(): Promise<boolean>;
  /** Tells the processes the keys, if there are new ones. */
  useKeys(keys: { version: number; pem: string }[]): Promise<void>;
  sdk: Pick<ArchiveSdk, 'pull' | 'open' | 'media'>;
  stop(): Promise<void>;
}

const kind = 'archive.fetch';

export type Fetching = ReturnType<typeof createFetching>;

/**
 * Fetches and opens whenever WeCom says that something was said, and once a minute in case it does not (AR4). Work of
 * one process at a time, by the leases of puller and opener.
 */
export function createFetching({ queue, logger, keyRing, sdk, puller, opener }: Deps) {
  const wake = async (): Promise<void> => {
    await queue.add([{ kind, lane: 'event', payload: {}, dedupeKey: kind }]);
  };

  /** Fetches to the end; what has come is opened meanwhile. */
  async function fetchAndOpen(keys: readonly number[], signal: AbortSignal): Promise<void> {
    let fetching = true;
    const pulled = puller.pullAll(signal).finally(() => {
      fetching = false;
    });
    // Its failure is looked at below, after what came was opened.
    const fetched = pulled.then(
      () => undefined,
      (error: unknown) => error,
    );
    await opener.openAll({ keys, signal });
    while (fetching && !signal.aborted) {
      await Promise.race([fetched, pause(signal)]);
      await opener.openAll({ signal });
    }
    const fault = await fetched;
    await opener.openAll({ signal });
    if (fault) throw fault;
  }

  async function handle(job: ActiveJob): Promise<void> {
    if (!(await sdk.ready())) return;
    await keyRing.importFolder();
    const keys = await keyRing.keys();
    await sdk.useKeys(keys);
    try {
      await fetchAndOpen(
        keys.map(({ version }) => version),
        job.signal,
      );
    } catch (error) {
      // The ledger has it, and the next minute tries again: a job of its own that fails would only wait longer.
      if (!(error instanceof SdkFault || error instanceof SdkGone || error instanceof Refused)) throw error;
      logger.warn('the archive cannot be fetched now', { error });
    }
  }

  return {
    wake,
    handler: (): JobHandler => ({ kind, resumable: true, handle }),
    stop: (): Promise<void> => sdk.stop(),
  };
}

/** Between two looks at what has come. */
const pauseMs = 200;
const pause = (signal: AbortSignal): Promise<void> => sleep(pauseMs, signal);
