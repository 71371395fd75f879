import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobKey, createBlobStore } from '../../../src/core/blobs/blob-store';
import { createDrafts } from '../../../src/core/blobs/drafts';
import { sealedSize } from '../../../src/core/blobs/frames';
import { createBucketShelf, createFolderShelf } from '../../../src/core/blobs/shelves';
import { createObjectStore } from '../../../src/core/object-store';
import { type FakeS3, startS3 } from '../../support/s3';

const boundTo = 'wwtest0000000001';
const frame = 64 * 1024;
let dir: string;
let s3: FakeS3;
let objects: ReturnType<typeof createObjectStore>;
beforeAll(async () => {
  s3 = await startS3();
  objects = createObjectStore({ url: s3.url('shared'), deployment: 'ww1' });
});
afterAll(async () => {
  await objects.close();
  await s3.stop();
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-blobs-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const inFolder = (corp = boundTo) => createBlobStore({ dir, shelf: createFolderShelf(dir), boundTo: corp });
const inBucket = () => createBlobStore({ dir, shelf: createBucketShelf(objects), boundTo });

/** In portions that fit nothing. */
async function* portions(content: Buffer, bytes = 10_007): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes);
}

async function all(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const part of parts) read.push(part);
  return Buffer.concat(read);
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function stored(content: Buffer, blobs = inFolder()) {
  const blob = await blobs.write(portions(content));
  await blobs.publish(blob);
  return blob;
}

describe.each([
  ['files', inFolder],
  ['a bucket', inBucket],
])('AR7 blobs in %s', (_, open) => {
  test.each([0, 1, frame - 1, frame, frame + 1, 3 * frame, 1_000_003])('%i bytes come back to the byte', async (n) => {
    const blobs = open();
    const content = randomBytes(n);
    const blob = await stored(content, blobs);
    expect(blob).toMatchObject({
      size: n,
      sha256: createHash('sha256').update(content).digest('hex'),
      md5: createHash('md5').update(content).digest('hex'),
    });
    expect((await all(blobs.read(blob))).equals(content)).toBe(true);
    expect(await blobs.fault(blob, blob.sha256)).toBeUndefined();
    await blobs.remove(blob.id);
    expect(await blobs.fault(blob, blob.sha256)).toBe('missing');
    await expect(all(blobs.read(blob))).rejects.toMatchObject({ reason: 'missing' });
  });

  test('any part of a blob can be read by itself', async () => {
    const blobs = open();
    const content = randomBytes(5 * frame + 77);
    const blob = await stored(content, blobs);
    const spans = [
      ...[0, frame - 1, frame, 2 * frame + 5].map((from) => ({ from, to: from + 1 })),
      { from: frame, to: 2 * frame },
      { from: 17, to: 4 * frame + 1 },
      { from: 5 * frame, to: content.length },
    ];
    for (const span of spans) {
      expect((await all(blobs.read(blob, span))).equals(content.subarray(span.from, span.to))).toBe(true);
    }
  });
});

describe('S13 what was changed is not read', () => {
  let content: Buffer;
  let blob: BlobKey & { sha256: string };
  let path: string;
  beforeEach(async () => {
    content = randomBytes(4 * frame);
    blob = await stored(content);
    [path = ''] = filesUnder(dir);
  });

  const changes: [string, (sealed: Buffer) => Buffer][] = [
    ['one bit', (b) => Buffer.from(b.map((byte, i) => (i === 100_000 ? byte ^ 1 : byte)))],
    ['cut inside a frame', (b) => b.subarray(0, b.length - 1)],
    ['cut between frames', (b) => b.subarray(0, 3 * (frame + 16))],
    ['two frames swapped', (b) => swapped(b)],
    ['nothing left', () => Buffer.alloc(0)],
  ];
  test.each(changes)('%s', async (_, change) => {
    writeFileSync(path, change(readFileSync(path)));
    await expect(all(inFolder().read(blob))).rejects.toMatchObject({ reason: 'changed' });
    expect(await inFolder().fault(blob, blob.sha256)).toBe('changed');
  });

  test('what was added is never given out, and is reported', async () => {
    for (const more of [Buffer.from([0]), readFileSync(path).subarray(-(frame + 16))]) {
      writeFileSync(path, Buffer.concat([readFileSync(path), more]));
      expect((await all(inFolder().read(blob))).equals(content)).toBe(true);
      expect(await inFolder().fault(blob, blob.sha256)).toBe('changed');
    }
  });

  test('another key, another company, another blob under its name', async () => {
    const other = await stored(randomBytes(content.length));
    const refused = { reason: 'changed' };
    await expect(all(inFolder().read({ ...blob, key: other.key }))).rejects.toMatchObject(refused);
    await expect(all(inFolder('wwother').read(blob))).rejects.toMatchObject(refused);
    writeFileSync(path, readFileSync(filesUnder(dir).find((file) => file.endsWith(other.id)) ?? ''));
    await expect(all(inFolder().read(blob))).rejects.toMatchObject(refused);
    expect(await inFolder().fault(blob, blob.sha256)).toBe('changed');
  });

  test('a blob cut between frames, by whoever also changes what it is said to measure', async () => {
    writeFileSync(path, readFileSync(path).subarray(0, 3 * (frame + 16)));
    await expect(all(inFolder().read({ ...blob, size: 3 * frame }))).rejects.toMatchObject({ reason: 'changed' });
  });

  test('a blob under the name of another, by whoever also moves its key', async () => {
    const other = await stored(randomBytes(content.length));
    writeFileSync(path, readFileSync(filesUnder(dir).find((file) => file.endsWith(other.id)) ?? ''));
    await expect(all(inFolder().read({ ...blob, key: other.key }))).rejects.toMatchObject({ reason: 'changed' });
  });

  test('no piece of the content stands on the disk', () => {
    const sealed = readFileSync(path);
    expect(sealed.length).toBe(sealedSize(content.length));
    for (let at = 0; at < content.length; at += 4096)
      expect(sealed.includes(content.subarray(at, at + 16))).toBe(false);
  });
});

function swapped(sealed: Buffer): Buffer {
  const bytes = frame + 16;
  const frames = [1, 0, 2, 3].map((n) => sealed.subarray(n * bytes, (n + 1) * bytes));
  return Buffer.concat(frames);
}

test('F8 a source that fails leaves nothing behind; neither does a process that died, once it is back', async () => {
  const blobs = inFolder();
  async function* failing() {
    yield randomBytes(200_000);
    throw new Error('the line is dead');
  }
  await expect(blobs.write(failing())).rejects.toThrow('the line is dead');
  expect(filesUnder(dir)).toEqual([]);
  await blobs.write(portions(randomBytes(10)));
  expect(filesUnder(dir)).toHaveLength(1);
  await blobs.clean();
  expect(filesUnder(dir)).toEqual([]);
});

test('a blob that is given up is gone; one that was published is no longer on its way', async () => {
  const blobs = inBucket();
  const [kept, given] = [await blobs.write(portions(randomBytes(10))), await blobs.write(portions(randomBytes(10)))];
  await blobs.discard(given);
  await blobs.publish(kept);
  expect(filesUnder(dir)).toEqual([]);
  const faults = [await blobs.fault(kept, kept.sha256), await blobs.fault(given, given.sha256)];
  expect(faults).toEqual([undefined, 'missing']);
});

test('F8 there is room while a tenth of the disk is free', async () => {
  const room = (free: number) =>
    createBlobStore({ dir, boundTo, shelf: createFolderShelf(dir), freeShare: async () => free }).hasRoom();
  expect([await room(0.11), await room(0.1), await room(0.099)]).toEqual([true, true, false]);
  expect(typeof (await inFolder().hasRoom())).toBe('boolean');
});

describe('AR6 drafts', () => {
  const draft = { id: 'abc_DEF-1', key: randomBytes(32) };
  const open = () => createDrafts({ dir, boundTo });

  test('slices are found again by another process, the newest of each number', async () => {
    const slices = [randomBytes(1000), randomBytes(7), randomBytes(0)];
    await open().put(draft, 0, slices[0] as Buffer);
    await open().put(draft, 1, randomBytes(500));
    await open().put(draft, 1, slices[1] as Buffer);
    await open().put(draft, 2, slices[2] as Buffer);
    expect(await open().ids()).toEqual([draft.id]);
    expect((await all(open().read(draft, 3))).equals(Buffer.concat(slices))).toBe(true);
    expect((await all(open().read(draft, 1))).equals(slices[0] as Buffer)).toBe(true);
    await open().drop(draft.id);
    expect([await open().ids(), existsSync(join(dir, 'drafts', draft.id))]).toEqual([[], false]);
  });

  test('S13 a slice that is missing, changed or stands in for another is not read', async () => {
    await open().put(draft, 0, randomBytes(100));
    await open().put(draft, 1, randomBytes(100));
    await expect(all(open().read(draft, 3))).rejects.toMatchObject({ reason: 'missing' });
    writeFileSync(join(dir, 'drafts', draft.id, '1'), readFileSync(join(dir, 'drafts', draft.id, '0')));
    await expect(all(open().read(draft, 2))).rejects.toMatchObject({ reason: 'changed' });
  });
});
