import { createHash } from 'node:crypto';
import { voiceOf } from '../../../../src/features/archive/media/voice';
import { createVoiceDecoder } from '../../../../src/features/archive/media/voice-decoder';
import { toneAsAmr } from '../../../support/tone';

const decode = createVoiceDecoder();
const second = toneAsAmr(1);
const frames = second.subarray(6);
const header = second.subarray(0, 6);
/** So many seconds of the tone. */
const tone = (seconds: number): Buffer => Buffer.concat([header, ...Array<Buffer>(seconds).fill(frames)]);

/** The same at every run, and like nothing. */
const noise = (length: number): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, (_, i) => createHash('sha256').update(`${i}`).digest()));

async function heard(amr: Buffer, part?: { from: number; to: number }, by = decode): Promise<Buffer> {
  const voice = voiceOf(amr, by);
  if (!voice) throw new Error('no voice');
  const parts: Buffer[] = [];
  for await (const one of voice.read(part ?? { from: 0, to: voice.size })) parts.push(one);
  return Buffer.concat(parts);
}

const samplesIn = (pcm: Buffer): number[] => Array.from({ length: pcm.length / 2 }, (_, i) => pcm.readInt16LE(i * 2));
const loudness = (samples: readonly number[]): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

test('WCM-02 a voice message becomes WAV as long as it was spoken, with the sound that was in it', async () => {
  const wav = await heard(tone(2));
  expect([wav.toString('latin1', 0, 4), wav.toString('latin1', 8, 16)]).toEqual(['RIFF', 'WAVEfmt ']);
  expect([wav.readUInt32LE(4), wav.readUInt32LE(24), wav.readUInt32LE(40)]).toEqual([wav.length - 8, 8_000, 32_000]);
  expect(wav.length).toBe(44 + 2 * 16_000);
  const samples = samplesIn(wav.subarray(44)).slice(1_000, 7_000);
  expect(loudness(samples)).toBeGreaterThan(4_000);
  const crossings = samples.filter((sample, i) => i > 0 && sample >= 0 !== (samples[i - 1] ?? 0) >= 0).length;
  expect(Math.abs(crossings / 2 / (samples.length / 8_000) - 440)).toBeLessThan(15);
});

test('WCM-02 it can be listened to from anywhere: a part is what the whole has there', async () => {
  const long = tone(61);
  const whole = await heard(long);
  const joint = 44 + 60 * 16_000;
  for (const [from, to] of [
    [0, 10],
    [0, 44],
    [40, 60],
    [joint - 501, joint + 501],
    [whole.length - 7, whole.length],
  ] as const) {
    expect((await heard(long, { from, to })).equals(whole.subarray(from, to))).toBe(true);
  }
});

test('WCM-02 minutes that are decoded apart join without a crack', async () => {
  // Recorded in one go: a decoder that hears the same second again and again loses its balance.
  const long = toneAsAmr(61);
  const wav = samplesIn((await heard(long)).subarray(44));
  const atOnce = samplesIn(await decode(long));
  const joint = 60 * 8_000;
  const after = wav.slice(joint, joint + 4_000);
  const difference = after.map((sample, i) => sample - (atOnce[joint + i] ?? 0));
  expect(loudness(difference)).toBeLessThan(0.05 * loudness(after));
});

test('only the minutes that are listened to are decoded, and a decoder that gives up is told', async () => {
  const asked: number[] = [];
  const silent = async (amr: Buffer) => {
    asked.push((amr.length - 6) / 32);
    return Buffer.alloc(0);
  };
  const part = { from: 44 + 125 * 16_000, to: 44 + 126 * 16_000 };
  expect((await heard(tone(180), part, silent)).equals(Buffer.alloc(16_000))).toBe(true);
  expect(asked).toEqual([3_025]);
  const broken = () => Promise.reject(new Error('gave up'));
  await expect(heard(tone(1), { from: 0, to: 10 }, broken)).resolves.toHaveLength(10);
  await expect(heard(tone(1), undefined, broken)).rejects.toThrow('gave up');
});

test('S20 noise behind the header breaks nothing, whatever becomes of it', async () => {
  for (const amr of [noise(5_000), Buffer.alloc(3_000, 0xff), Buffer.alloc(3_000, 0x44)]) {
    const bad = Buffer.concat([header, amr]);
    const size = voiceOf(bad, decode)?.size;
    const [wav] = await Promise.allSettled([heard(bad)]);
    expect(wav.status === 'rejected' || wav.value.length === size).toBe(true);
  }
  expect((await heard(tone(1))).length).toBe(44 + 16_000);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['only a header', header],
  ['a frame that was cut off', Buffer.concat([header, frames.subarray(0, 20)])],
  ['wide band', Buffer.concat([Buffer.from('#!AMR-WB\n'), frames])],
  ['something else', Buffer.from('RIFF....WAVEfmt ')],
  ['more than two hours', Buffer.concat([header, Buffer.alloc(2 * 3600 * 50 + 1, 0x7c)])],
])('%s is no voice', (_, bytes) => {
  expect(voiceOf(bytes, decode)).toBeUndefined();
});
