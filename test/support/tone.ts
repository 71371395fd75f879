/** The package asks for a worker of a browser around it. */
interface Ears {
  postMessage(answer: { amr: Uint8Array }): void;
  onmessage?: (question: { data: object }) => void;
}

/** A tone of 440 Hz as a telephone records it: AMR at 12.2 kbit/s, so many seconds of it. */
export function toneAsAmr(seconds: number): Buffer {
  const samples = Float32Array.from(
    { length: 8_000 * seconds + 400 },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 8_000),
  );
  let amr: Uint8Array | undefined;
  const ears: Ears = {
    postMessage: (answer) => {
      amr = answer.amr;
    },
  };
  Object.assign(globalThis, { self: ears });
  jest.requireActual<() => void>('benz-amr-recorder/src/amrnb.js')();
  ears.onmessage?.({ data: { command: 'encode', samples, sampleRate: 8_000 } });
  Reflect.deleteProperty(globalThis, 'self');
  if (!amr) throw new Error('nothing was recorded');
  return Buffer.from(amr).subarray(0, 6 + 32 * 50 * seconds);
}
