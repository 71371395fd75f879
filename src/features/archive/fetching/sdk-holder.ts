import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../../../core/logger';
import { type ArchiveSdk, type ArchiveSdkOptions, createArchiveSdk } from '../../../wecom/archive';
import type { SdkHolder, StartOptions } from './fetching';

interface Deps {
  logger: Pick<Logger, 'warn'>;
  /** As the settings are now. */
  start: () => StartOptions;
  command: readonly string[];
  openers: number;
}

/** The library's processes under the settings of the moment. */
export function createSdkHolder({ logger, start, command, openers }: Deps): SdkHolder {
  let held: { sdk: ArchiveSdk; start: StartOptions } | undefined;
  let keys: { version: number; pem: string }[] = [];
  let told = new Set<number>();

  const create = (options: ArchiveSdkOptions['start']): ArchiveSdk =>
    createArchiveSdk({ command, start: options, keys: () => keys, openers, logger });

  function now(): ArchiveSdk {
    if (!held) throw new Error('the archive is asked before it is configured');
    return held.sdk;
  }

  return {
    async ready() {
      const wanted = start();
      if (held && !isDeepStrictEqual(held.start, wanted)) {
        await held.sdk.stop();
        held = undefined;
      }
      if (wanted && !held) held = { sdk: create(wanted), start: wanted };
      return held !== undefined;
    },
    async useKeys(given) {
      keys = given;
      if (given.some(({ version }) => !told.has(version))) await held?.sdk.keysChanged();
      // Only now: should it fail, the next pass tells them again.
      told = new Set(given.map(({ version }) => version));
    },
    sdk: {
      pull: (...args) => now().pull(...args),
      open: (...args) => now().open(...args),
      media: (...args) => now().media(...args),
    },
    async stop() {
      await held?.sdk.stop();
    },
  };
}
