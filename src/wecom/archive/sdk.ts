import { chunksOf } from '../../core/collections';
import type { Opened, Pulled, Sealed, Slice } from './protocol';
import { SdkFault } from './sdk-fault';
import { createSdkPool } from './sdk-pool';
import { SdkGone, type SdkProcessOptions } from './sdk-process';

export interface ArchiveSdkOptions extends SdkProcessOptions {
  /** Children that open messages: one per core. */
  openers: number;
  /** How long the library may take before its process is ended. Default 60 s. */
  patienceMs?: number;
}

/** Nothing but what it takes to open it: each word is written and read once more. */
const sealedOf = ({ publickey_ver, encrypt_random_key, encrypt_chat_msg }: Sealed): Sealed => ({
  ...{ publickey_ver, encrypt_random_key, encrypt_chat_msg },
});

export type ArchiveSdk = ReturnType<typeof createArchiveSdk>;

/** Opened between two answers: few enough that a death costs little, enough that lines do not. */
const atOnce = 50;
/** Such parts a process is given before it has answered: it goes on while ours is busy with the database. */
const depth = 10;
/** An envelope that ended this many processes, alone in each, is not tried again. */
const mostDeaths = 2;
/** Given to the library, which counts in seconds; ours is longer, so that the library may say so itself. */
const libraryTimeout = 30;

/**
 * The archive library behind processes of its own (wecom-archive §2.6): one asks WeCom, one fetches files, and as many
 * as there are cores open messages. None is started before it is needed.
 */
export function createArchiveSdk({ openers, patienceMs = 60_000, ...options }: ArchiveSdkOptions) {
  const pulling = createSdkPool(1, options);
  const fetching = createSdkPool(1, options);
  const opening = createSdkPool(openers, { ...options, depth });

  /** What a process opened before it had done all, or died of the next. */
  async function attempt(envelopes: readonly Sealed[]): Promise<{ opened: Opened[]; died: boolean }> {
    try {
      const { opened } = await opening.ask({ op: 'open', envelopes }, patienceMs);
      if (opened.length === envelopes.length) return { opened, died: false };
      throw new SdkFault(null, `the archive process answered for ${opened.length} of ${envelopes.length} envelopes`);
    } catch (error) {
      if (!(error instanceof SdkGone)) throw error;
      // What died of something else is asked again.
      return error.wasAtIt ? { opened: error.opened, died: true } : attempt(envelopes);
    }
  }

  /** Only a death alone is held against an envelope, for a process may die of its neighbours, or be killed. */
  async function openAlone(envelope: Sealed): Promise<Opened> {
    for (let deaths = 0; deaths < mostDeaths; deaths++) {
      const [opened] = (await attempt([envelope])).opened;
      if (opened) return opened;
    }
    return { fault: 'poison', code: null };
  }

  /** In the order given. Of those that a process had not answered when it died, each goes alone. */
  async function openSome(envelopes: readonly Sealed[]): Promise<Opened[]> {
    const { opened, died } = await attempt(envelopes);
    if (!died) return opened;
    // Side by side: alone means in a request of its own, not that the others wait.
    return [...opened, ...(await Promise.all(envelopes.slice(opened.length).map(openAlone)))];
  }

  return {
    /** At most `limit` (1 to 1000) records after `seq`, in decimal digits. @throws SdkFault, SdkGone */
    async pull(seq: string, limit: number): Promise<Pulled> {
      return (await pulling.ask({ op: 'pull', seq, limit, timeout: libraryTimeout }, patienceMs)).done as Pulled;
    },

    /** What each holds, in the same order. @throws SdkFault, SdkGone when no process can be started at all */
    async open(envelopes: readonly Sealed[]): Promise<Opened[]> {
      const parts: Sealed[][] = [];
      for (const some of chunksOf(envelopes, atOnce)) parts.push(some.map(sealedOf));
      return (await Promise.all(parts.map((part) => openSome(part)))).flat();
    },

    /** One slice of a file; the first has an empty index. @throws SdkFault, SdkGone */
    async media(fileId: string, index: string): Promise<{ data: Buffer; index: string; finished: boolean }> {
      const request = { op: 'media', file_id: fileId, index, timeout: libraryTimeout } as const;
      const { data, ...rest } = (await fetching.ask(request, patienceMs)).done as Slice;
      return { ...rest, data: Buffer.from(data, 'base64') };
    },

    /** After a key was added. */
    keysChanged: (): Promise<void> => opening.tellKeys(),

    async stop(): Promise<void> {
      await Promise.all([pulling.stop(), fetching.stop(), opening.stop()]);
    },
  };
}
