import type { Part } from '../../../http/bytes';
import type { DecodeVoice } from './voice-decoder';

/** Sound as a browser plays it. */
export interface Voice {
  /** Bytes. */
  size: number;
  /** @throws Error when the decoder gives up */
  read(part: Part): AsyncGenerator<Buffer>;
}

/** A file that is larger is not read to be heard. */
export const mostVoiceBytes = 16 * 1024 * 1024;

const header = Buffer.from('#!AMR\n');
/** Bytes of a frame by the kind in its first byte, that byte included (RFC 4867 §5). */
const frameBytes = [13, 14, 16, 18, 20, 21, 27, 32, 6, 7, 6, 6, 1, 1, 1, 1] as const;
const framesPerSecond = 50;
const samplesPerSecond = 8_000;
/** Of the samples that a frame becomes. */
const soundBytes = (samplesPerSecond / framesPerSecond) * 2;
const mostFrames = 2 * 3600 * framesPerSecond;
/** A minute is decoded at a time. */
const framesPerPiece = 60 * framesPerSecond;
/** A decoder that begins in the middle needs half a second to sound as if it had heard the rest. */
const settling = 25;

/**
 * The sound of an AMR file as WAV. Its size follows from the number of frames, so any part of it can be asked for, and
 * only the minutes it lies in are decoded.
 * @returns undefined for what is no AMR narrow band, or lasts more than two hours
 */
export function voiceOf(amr: Buffer, decode: DecodeVoice): Voice | undefined {
  if (!amr.subarray(0, header.length).equals(header)) return undefined;
  const starts = frameStarts(amr);
  const frames = starts.length - 1;
  if (frames < 1 || frames > mostFrames) return undefined;
  const head = wavHead(frames * soundBytes);

  async function pieceAt(first: number): Promise<Buffer> {
    const from = Math.max(0, first - settling);
    const to = Math.min(frames, first + framesPerPiece);
    const decoded = await decode(Buffer.concat([header, amr.subarray(starts[from], starts[to])]));
    const sound = Buffer.alloc((to - first) * soundBytes);
    decoded.subarray((first - from) * soundBytes).copy(sound);
    return sound;
  }

  return {
    size: head.length + frames * soundBytes,
    async *read({ from, to }) {
      const [begin, end] = [Math.max(0, from - head.length), to - head.length];
      let before = head.subarray(from, to);
      for (let at = begin; at < end; ) {
        const piece = Math.floor(at / soundBytes / framesPerPiece);
        const startsAt = piece * framesPerPiece * soundBytes;
        const sound = (await pieceAt(piece * framesPerPiece)).subarray(at - startsAt, end - startsAt);
        yield Buffer.concat([before, sound]);
        before = Buffer.alloc(0);
        at += sound.length;
      }
      if (before.length > 0) yield before;
    },
  };
}

/** Where each whole frame begins, and where the last of them ends. */
function frameStarts(amr: Buffer): number[] {
  const starts = [header.length];
  for (let at = header.length; at < amr.length && starts.length <= mostFrames + 1; ) {
    at += frameBytes[((amr[at] as number) >> 3) & 15] as number;
    if (at <= amr.length) starts.push(at);
  }
  return starts;
}

/** The head of a WAV file: one channel, 16 bits, 8,000 samples a second. */
function wavHead(bytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(samplesPerSecond, 24);
  head.writeUInt32LE(samplesPerSecond * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return head;
}
