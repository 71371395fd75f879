import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveKeys, buildArchiveLibrary, sealMessage } from './archive-library/archive-library';
import { type SystemAtTestOptions, useSystem } from './system';

/** A message as somebody wrote it. */
export interface Said {
  seq: string;
  msgid: string;
  plain: string;
}

export const customerAtTest = 'wmDEMOaaaa0000000000000000000001';

/** A system with an archive behind a stand-in library. @param key the one it has from the beginning */
export function useLibrary(key: ReturnType<typeof archiveKeys>, { env = {}, ...options }: SystemAtTestOptions = {}) {
  const library = buildArchiveLibrary();
  const keysDir = join(library.folder, 'keys');
  mkdirSync(keysDir);
  writeFileSync(join(keysDir, `${key.version}.pem`), key.pem);
  afterAll(() => library.drop());
  const system = useSystem({
    ...options,
    env: {
      WECOM_ARCHIVE_SDK_PATH: library.path,
      WECOM_ARCHIVE_SDK_SHA256: library.sha256,
      WECOM_ARCHIVE_SECRET: library.folder,
      WECOM_ARCHIVE_KEYS_DIR: keysDir,
      ...env,
    },
  });
  return { library, keysDir, system };
}

/** The same, where the test lets people say what the library gives. */
export function useArchive(options: SystemAtTestOptions = {}) {
  const keys = { present: archiveKeys(1), late: archiveKeys(2) };
  const { library, keysDir, system } = useLibrary(keys.present, options);
  let next = 9007199254740993n;
  let given = '0';

  return {
    library,
    keys,
    keysDir,
    get at() {
      return system.at;
    },

    /** Somebody writes; nothing is given out yet. Whatever is not said otherwise: lin to the customer, a text. */
    say(content: string, more: object = {}): Said {
      const seq = String(next++);
      const msgid = `${seq}_external`;
      const head = { msgid, action: 'send', from: 'lin', tolist: [customerAtTest], roomid: '' };
      const msgtime = 1760000000000 + Number(next % 1_000_000n) * 1000;
      return { seq, msgid, plain: JSON.stringify({ ...head, msgtime, msgtype: 'text', text: { content }, ...more }) };
    },

    seal: (said: Said, key = keys.present) => sealMessage(said.plain, { ...key, ...said }),

    /** The next page the library gives; fetched and opened when this returns. */
    async give(sealed: readonly ReturnType<typeof sealMessage>[]): Promise<void> {
      library.page(given, sealed);
      given = String(sealed.map(({ seq }) => BigInt(seq)).reduce((a, b) => (a > b ? a : b)));
      await system.at.system.services.archive.wake();
      await system.at.settled();
    },

    /** Says and gives. */
    async said(...all: Said[]): Promise<void> {
      await this.give(all.map((one) => this.seal(one)));
    },
  };
}
