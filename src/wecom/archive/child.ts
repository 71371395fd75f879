import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setImmediate as breath } from 'node:timers/promises';
import { chunksOf } from '../../core/collections';
import type { ArchiveLibrary } from './library';
import type { Answer, Envelope, Opened, Pulled, Request, Sealed, Slice } from './protocol';
import { SdkFault } from './sdk-fault';
import { unwrapKey } from './unwrap';

interface Streams {
  input: Readable;
  output: Writable;
}

/** `apiBase` is the address of WeCom's API, for a library that does not know its own. */
export type LoadLibrary = (path: string, sha256: string | null, apiBase: string) => ArchiveLibrary;

/** A request as it comes: with the number its answer carries. */
export type Numbered = Request & { id: number };

/**
 * Serves one archive library by lines (protocol.ts), one request at a time, until the input ends. Nothing but answers
 * may be written to the output; whatever is secret came in by the input and never leaves.
 */
export async function serveLibrary(load: LoadLibrary, { input, output }: Streams): Promise<void> {
  const answer = createAnswers(load, (line) => output.write(`${JSON.stringify(line)}\n`));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line) await answer(JSON.parse(line) as Numbered);
  }
}

/** In one line: each line wakes the other process. */
const saidAtOnce = 10;

function createAnswers(load: LoadLibrary, say: (line: Answer) => void) {
  const keys = new Map<number, KeyObject>();
  let library: ArchiveLibrary | undefined;

  function started(): ArchiveLibrary {
    if (!library) throw new SdkFault(null, 'nothing was started');
    return library;
  }

  const work: { [Op in Request['op']]: (request: Extract<Numbered, { op: Op }>) => Promise<unknown> } = {
    async start({ library: path, sha256, corp_id, secret, api_base }) {
      const loaded = load(path, sha256, api_base);
      await loaded.init(corp_id, secret);
      library = loaded;
      return null;
    },
    async keys(request) {
      for (const { version, pem } of request.keys) keys.set(version, createPrivateKey(pem));
      return null;
    },
    pull: async ({ seq, limit, timeout }) => pageOf(await started().pull(BigInt(seq), limit, timeout)),
    async open({ id, envelopes }) {
      for (const some of chunksOf(envelopes, saidAtOnce)) {
        say({ id, opened: some.map((sealed) => open(started(), keys, sealed)) });
        // What comes meanwhile is read, or whoever sends it would have to wait.
        await breath();
      }
      return null;
    },
    async media({ file_id, index, timeout }): Promise<Slice> {
      const { data, ...rest } = await started().media(file_id, index, timeout);
      return { ...rest, data: data.toString('base64') };
    },
  };

  return async (request: Numbered): Promise<void> => {
    const { id } = request;
    try {
      // The compiler cannot see that the operation and its function go together.
      const done = await (work[request.op] as (request: Numbered) => Promise<unknown>)(request);
      say({ id, done });
    } catch (error) {
      const code = error instanceof SdkFault ? error.code : null;
      say({ id, fault: { code, message: error instanceof Error ? error.message : String(error) } });
    }
  };
}

function open(library: ArchiveLibrary, keys: ReadonlyMap<number, KeyObject>, sealed: Sealed): Opened {
  const key = keys.get(sealed.publickey_ver);
  if (!key) return { fault: 'key_missing', code: null };
  const random = unwrapKey(key, sealed.encrypt_random_key);
  if (random === undefined) return { fault: 'wrong_key', code: null };
  try {
    return { plain: library.decrypt(random, sealed.encrypt_chat_msg) };
  } catch (error) {
    if (!(error instanceof SdkFault)) throw error;
    return { fault: 'undecryptable', code: error.code };
  }
}

/**
 * A page as WeCom sent it. `seq` is a uint64 that stands bare, so it is put into quotes before it is read; inside a text
 * its own quotes would be escaped and not match. @throws SdkFault
 */
function pageOf(text: string): Pulled {
  const page = JSON.parse(text.replace(/"seq"\s*:\s*(\d+)/g, '"seq":"$1"')) as {
    errcode?: number;
    errmsg?: string;
    chatdata?: (Envelope & { seq: unknown })[];
  };
  const envelopes = (page.chatdata ?? []).map((record) => ({ ...record, seq: String(record.seq) }));
  return { errcode: page.errcode ?? 0, errmsg: page.errmsg ?? '', envelopes };
}
