import { Readable } from 'node:stream';
import type { Context } from 'koa';

/** From `from` up to `to`, which is not included. */
export interface Part {
  from: number;
  to: number;
}

/** A file of known size that can be read from anywhere in it. */
export interface Bytes {
  /** As the browser keeps it. */
  name: string;
  type: string;
  size: number;
  /** Shown in the page instead of saved: only for kinds that cannot run anything (S19). */
  inline: boolean;
  read(part: Part): AsyncIterable<Buffer>;
}

/**
 * The part that a Range header asks for. One that cannot be read, and one that asks for several parts, count as none.
 * @returns undefined for all of it, null for what lies beyond the end
 */
export function rangeOf(header: string, size: number): Part | null | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return from < to ? { from, to } : null;
}

/** Answers with a file or the part of it that was asked for. Nothing in it can run, whatever it holds (S19). */
export async function sendBytes(ctx: Context, file: Bytes): Promise<void> {
  const { size } = file;
  const range = rangeOf(ctx.get('range'), size);
  const part = range === null ? { from: 0, to: 0 } : (range ?? { from: 0, to: size });
  // What is wrong with the file shows before the answer has begun, where it can still be said.
  const body = range === null || ctx.method === 'HEAD' ? undefined : await begun(file.read(part));
  describe(ctx, file);
  if (range) ctx.set('content-range', `bytes ${part.from}-${part.to - 1}/${size}`);
  if (range === null) ctx.set('content-range', `bytes */${size}`);
  ctx.status = range === null ? 416 : range ? 206 : 200;
  ctx.body = body ?? '';
  ctx.length = part.to - part.from;
}

function describe(ctx: Context, { name, type, inline }: Bytes): void {
  ctx.attachment(name, { type: inline ? 'inline' : 'attachment' });
  ctx.type = type;
  ctx.set({
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
}

/** The same, once the first of it is there. */
async function begun(parts: AsyncIterable<Buffer>): Promise<Readable> {
  const source = parts[Symbol.asyncIterator]();
  const first = await source.next();
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (!first.done) yield first.value;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return Readable.from(all(), { objectMode: false });
}
