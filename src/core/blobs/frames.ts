import { createCipheriv, createDecipheriv } from 'node:crypto';
import { BlobFault } from './blob-fault';

/**
 * A sealed blob is a row of frames: 64 KiB of content as ciphertext, then its tag. A frame is bound to the company, its
 * blob, its number and whether it is the last: cut, swapped, repeated or foreign ones do not open (S13).
 */
export interface FrameCipher {
  /** Serves one blob that is written once, so that the number of a frame may be its nonce. */
  key: Buffer;
  id: string;
  /** The corp id. */
  boundTo: string;
}

const algorithm = 'aes-256-gcm';
const tagBytes = 16;
const plainBytes = 64 * 1024;
const sealedBytes = plainBytes + tagBytes;

/** An empty blob has one empty frame: that it is empty is authenticated as well. */
const framesOf = (size: number): number => Math.max(1, Math.ceil(size / plainBytes));

/** Bytes of a blob once sealed. */
export const sealedSize = (size: number): number => size + framesOf(size) * tagBytes;

/** @param parts of any length */
export async function* sealFrames(parts: AsyncIterable<Buffer>, cipher: FrameCipher): AsyncGenerator<Buffer> {
  let n = 0;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
    for (; waiting.length > plainBytes; waiting = waiting.subarray(plainBytes)) {
      yield sealed(waiting.subarray(0, plainBytes), cipher, { n: n++, last: false });
    }
  }
  yield sealed(waiting, cipher, { n, last: true });
}

/** Bytes of the content from `from` up to `to`, which is not included. */
export interface Span {
  from: number;
  to: number;
}

/** Where the frames that hold a span of the content lie in the sealed blob. */
export function sealedSpan(size: number, { from, to }: Span): Span {
  const [first, last] = framesOfSpan({ from, to });
  return { from: first * sealedBytes, to: Math.min((last + 1) * sealedBytes, sealedSize(size)) };
}

const framesOfSpan = ({ from, to }: Span): [first: number, last: number] => [
  Math.floor(from / plainBytes),
  Math.floor(Math.max(from, to - 1) / plainBytes),
];

/**
 * Opens the frames of a span and cuts the span out of them.
 * @param parts the sealed bytes of `sealedSpan`, in any portions
 * @throws BlobFault where a byte differs, is missing or is one too many
 */
export async function* openFrames(
  parts: AsyncIterable<Buffer>,
  cipher: FrameCipher,
  { size, ...span }: Span & { size: number },
): AsyncGenerator<Buffer> {
  const [first, last] = framesOfSpan(span);
  const end = framesOf(size) - 1;
  let n = first;
  for await (const frame of regrouped(parts, sealedBytes)) {
    if (n > last) throw new BlobFault('changed', cipher.id);
    const plain = opened(frame, cipher, { n, last: n === end });
    const start = n++ * plainBytes;
    const cut = plain.subarray(Math.max(0, span.from - start), Math.max(0, span.to - start));
    if (cut.length > 0) yield cut;
  }
  if (n <= last) throw new BlobFault('changed', cipher.id);
}

/** The same bytes in portions of `bytes`; the last may be shorter. */
async function* regrouped(parts: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < bytes) continue;
    let all: Buffer = Buffer.concat(waiting, length);
    for (; all.length >= bytes; all = all.subarray(bytes)) yield all.subarray(0, bytes);
    waiting = [all];
    length = all.length;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}

interface Stands {
  n: number;
  last: boolean;
}

function sealed(plain: Buffer, cipher: FrameCipher, at: Stands): Buffer {
  const work = createCipheriv(algorithm, cipher.key, nonce(at.n)).setAAD(aad(cipher, at));
  return Buffer.concat([work.update(plain), work.final(), work.getAuthTag()]);
}

function opened(frame: Buffer, cipher: FrameCipher, at: Stands): Buffer {
  try {
    const work = createDecipheriv(algorithm, cipher.key, nonce(at.n))
      .setAAD(aad(cipher, at))
      .setAuthTag(frame.subarray(-tagBytes));
    return Buffer.concat([work.update(frame.subarray(0, -tagBytes)), work.final()]);
  } catch {
    throw new BlobFault('changed', cipher.id);
  }
}

function nonce(n: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(n), 4);
  return bytes;
}

const aad = ({ boundTo, id }: FrameCipher, { n, last }: Stands): Buffer =>
  Buffer.from(JSON.stringify([boundTo, 'blob', id, n, last]));
