// Decodes one piece of AMR and ends. What stands in a file may break the decoder, and then nothing but this breaks.

import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

// The decoder is written for a worker of a browser: `self` is where it is asked and where it answers.
globalThis.self = {
  postMessage({ amr: samples }) {
    const pcm = Int16Array.from(samples ?? [], (sample) => Math.max(-32_768, Math.min(32_767, sample * 32_768)));
    parentPort.postMessage(pcm.buffer, [pcm.buffer]);
  },
};
createRequire(import.meta.url)('benz-amr-recorder/src/amrnb.js')();
globalThis.self.onmessage({ data: { command: 'decode', buffer: workerData } });
