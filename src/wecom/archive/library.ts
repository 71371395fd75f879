import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import { SdkFault } from './sdk-fault';

/** What the vendor's library can do, and what a pretend one does in its place. Calls on it never overlap. */
export interface ArchiveLibrary {
  /** Lets the company in: once in the life of a process. @throws SdkFault */
  init(corpId: string, secret: string): Promise<void>;
  /** At most `limit` records after `seq`, as the JSON text WeCom sent. @throws SdkFault */
  pull(seq: bigint, limit: number, timeoutSeconds: number): Promise<string>;
  /** The JSON text of a message. @throws SdkFault */
  decrypt(key: string, message: string): string;
  /** One slice of a file. @throws SdkFault */
  media(fileId: string, index: string, timeoutSeconds: number): Promise<MediaSlice>;
}

interface MediaSlice {
  data: Buffer;
  index: string;
  finished: boolean;
}

/**
 * The vendor's library by its C functions (wecom-archive §1.1). A call that waits for the network runs beside the event
 * loop; opening a message does not wait and runs on it.
 * @param sha256 hash of the file, hexadecimal; null takes any
 * @throws SdkFault when the file is missing, is another one, or is no such library
 */
export function loadLibrary(path: string, sha256: string | null): ArchiveLibrary {
  checkHash(path, sha256);
  const call = functionsOf(path);
  const sdk: unknown = call.NewSdk();
  const none = { proxy: '', password: '' };

  /** @returns the text in the slice */
  async function sliceOf(fill: (slice: unknown) => number | Promise<number>): Promise<string> {
    const slice: unknown = call.NewSlice();
    try {
      const code = await fill(slice);
      if (code !== 0) throw new SdkFault(code);
      return textIn(slice);
    } finally {
      call.FreeSlice(slice);
    }
  }

  const textIn = (slice: unknown): string =>
    bytesAt(call.GetContentFromSlice(slice), Number(call.GetSliceLen(slice))).toString('utf8');

  function decryptInto(slice: unknown, key: string, message: string): string {
    const code = Number(call.DecryptData(key, message, slice));
    if (code !== 0) throw new SdkFault(code);
    return textIn(slice);
  }

  return {
    async init(corpId, secret) {
      const code = await later(call.Init, [sdk, corpId, secret]);
      if (code !== 0) throw new SdkFault(code);
    },

    pull: (seq, limit, timeout) =>
      sliceOf((slice) => later(call.GetChatData, [sdk, seq, limit, none.proxy, none.password, timeout, slice])),

    decrypt(key, message) {
      const slice: unknown = call.NewSlice();
      try {
        return decryptInto(slice, key, message);
      } finally {
        call.FreeSlice(slice);
      }
    },

    async media(fileId, index, timeout) {
      const media: unknown = call.NewMediaData();
      try {
        const code = await later(call.GetMediaData, [sdk, index, fileId, none.proxy, none.password, timeout, media]);
        if (code !== 0) throw new SdkFault(code);
        return {
          data: bytesAt(call.GetData(media), Number(call.GetDataLen(media))),
          index: bytesAt(call.GetOutIndexBuf(media), Number(call.GetIndexLen(media))).toString('utf8'),
          finished: Number(call.IsMediaDataFinish(media)) === 1,
        };
      } finally {
        call.FreeMediaData(media);
      }
    },
  };
}

function checkHash(path: string, sha256: string | null): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new SdkFault(null, 'the archive library cannot be read');
  }
  if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase()) {
    throw new SdkFault(null, 'the archive library is another one than WECOM_ARCHIVE_SDK_SHA256 names');
  }
}

type Native = ReturnType<ReturnType<typeof koffi.load>['func']>;

function functionsOf(path: string) {
  try {
    const library = koffi.load(path);
    return {
      NewSdk: library.func('void *NewSdk()'),
      Init: library.func('int Init(void *sdk, const char *corpid, const char *secret)'),
      NewSlice: library.func('void *NewSlice()'),
      FreeSlice: library.func('void FreeSlice(void *slice)'),
      GetContentFromSlice: library.func('void *GetContentFromSlice(void *slice)'),
      GetSliceLen: library.func('int GetSliceLen(void *slice)'),
      GetChatData: library.func(
        'int GetChatData(void *sdk, uint64_t seq, uint32_t limit, const char *proxy, const char *passwd, int timeout, void *slice)',
      ),
      DecryptData: library.func('int DecryptData(const char *key, const char *msg, void *slice)'),
      NewMediaData: library.func('void *NewMediaData()'),
      FreeMediaData: library.func('void FreeMediaData(void *media)'),
      GetMediaData: library.func(
        'int GetMediaData(void *sdk, const char *index, const char *file, const char *proxy, const char *passwd, int timeout, void *media)',
      ),
      GetData: library.func('void *GetData(void *media)'),
      GetDataLen: library.func('int GetDataLen(void *media)'),
      GetOutIndexBuf: library.func('void *GetOutIndexBuf(void *media)'),
      GetIndexLen: library.func('int GetIndexLen(void *media)'),
      IsMediaDataFinish: library.func('int IsMediaDataFinish(void *media)'),
    };
  } catch (error) {
    throw new SdkFault(null, `the archive library cannot be loaded: ${String(error)}`);
  }
}

/** Runs a call on another thread. */
const later = (native: Native, values: unknown[]): Promise<number> =>
  new Promise((resolve, reject) => {
    native.async(...values, (error: Error | null, code: number) => (error ? reject(error) : resolve(code)));
  });

/** A copy: the library frees its own. */
function bytesAt(pointer: unknown, length: number): Buffer {
  if (pointer === null || length <= 0) return Buffer.alloc(0);
  return Buffer.from(koffi.decode(pointer, 'uint8_t', length) as Uint8Array);
}
