import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { seconds } from '../../../core/clock';
import { createGate } from '../../../core/gate';

/**
 * AMR behind its header, made into samples: 16 bits each, little end first, 8,000 a second.
 * @throws Error when nothing comes of it
 */
export type DecodeVoice = (amr: Buffer) => Promise<Buffer>;

const program = join(__dirname, 'voice-worker.mjs');
/** A minute of sound takes a third of a second. */
const patience = seconds(20);
/** So many pieces are decoded at the same time: listeners must not take the whole machine. */
const atOnce = 2;

/** Decodes in threads of their own, which know nothing of this process. */
export function createVoiceDecoder(): DecodeVoice {
  const pass = createGate(atOnce);
  return (amr) => pass(() => decode(amr));
}

function decode(amr: Buffer): Promise<Buffer> {
  const worker = new Worker(program, {
    ...{ workerData: new Uint8Array(amr), env: {}, execArgv: [], stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  const answer = new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (pcm: ArrayBuffer) => resolve(Buffer.from(pcm)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the decoder ended without an answer')));
  });
  const late = setTimeout(() => void worker.terminate(), patience);
  return answer.finally(() => {
    clearTimeout(late);
    void worker.terminate();
  });
}
