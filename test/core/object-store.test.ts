import { createHash, randomBytes } from 'node:crypto';
import dns from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { createObjectStore, type ObjectStore, ObjectStoreError } from '../../src/core/object-store';
import { faultInS3Url, parseS3Url } from '../../src/core/s3-url';
import { type FakeS3, s3Key, s3Secret, startS3 } from '../support/s3';

const opened: ObjectStore[] = [];
let s3: FakeS3;
beforeAll(async () => {
  s3 = await startS3({ pageSize: 2 });
});
afterEach(() => {
  s3.be('well');
  s3.objects.clear();
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await s3.stop();
});

function open(deployment = 'ww1', url = s3.url('shared/prod'), timeoutMs = 20_000): ObjectStore {
  const store = createObjectStore({ url, deployment, timeoutMs });
  opened.push(store);
  return store;
}

async function all(names: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found;
}

const faultOf = (work: Promise<unknown>): Promise<ObjectStoreError> =>
  work.then(
    () => {
      throw new Error('it went well');
    },
    (error) => error,
  );

test('S16 an object is put where none is, and stays as it is; names come in order over all pages', async () => {
  const store = open();
  for (const name of ['b/1', 'a/3', 'a/1', 'a/2', 'a/5', 'a/4'])
    expect(await store.putNew(name, `of ${name}`)).toBe(true);
  expect(await store.putNew('a/1', 'another')).toBe(false);
  expect(await store.get('a/1', 100)).toBe('of a/1');
  expect(await store.get('a/6', 100)).toBeUndefined();
  expect(await all(store.names('a/'))).toEqual(['a/1', 'a/2', 'a/3', 'a/4', 'a/5']);
  expect([...s3.objects.keys()]).toContain('shared/prod/ww1/a/1');
  await expect(store.get('a/1', 3)).rejects.toMatchObject({ code: 'too_large' });
});

test('S13 a file is put over what was there, looked at, read in part and removed', async () => {
  const store = open();
  const dir = mkdtempSync(join(tmpdir(), 'scrm-objects-'));
  const put = async (content: Buffer) => {
    writeFileSync(join(dir, 'file'), content);
    const md5 = createHash('md5').update(content).digest('base64');
    await store.putFile('blobs/1', { path: join(dir, 'file'), bytes: content.length, md5 });
  };
  await put(Buffer.alloc(10));
  const content = randomBytes(300_000);
  await put(content);
  expect(await store.size('blobs/1')).toBe(content.length);
  const part = await store.read('blobs/1', 1000, 250_000);
  expect(Buffer.concat(await (part as Readable).toArray()).equals(content.subarray(1000, 250_000))).toBe(true);
  await store.remove('blobs/1');
  await store.remove('blobs/1');
  expect([await store.size('blobs/1'), await store.read('blobs/1', 0, 1)]).toEqual([undefined, undefined]);
  s3.be('refusing');
  const fault = await faultOf(store.putFile('blobs/1', { path: join(dir, 'file'), bytes: content.length, md5: '' }));
  expect(fault.message).toMatch(/^could not put a file in shared at .*: AccessDenied, HTTP 403$/);
  rmSync(dir, { recursive: true });
});

test('S10 two deployments in one bucket never see what belongs to the other', async () => {
  const [one, other] = [open('ww1'), open('ww2')];
  await one.putNew('same', 'of one');
  expect(await other.get('same', 100)).toBeUndefined();
  expect(await all(other.names(''))).toEqual([]);
  expect(await other.putNew('same', 'of the other')).toBe(true);
  expect([await one.get('same', 100), await all(one.names(''))]).toEqual(['of one', ['same']]);
  // A name that only begins alike is nobody's business either.
  expect(await all(open('ww').names(''))).toEqual([]);
});

test.each(['down', 'refusing', 'silent', 'stalling'] as const)(
  'S13 a store that is %s is a fault in bounded time, which tells nothing that is secret',
  async (mood) => {
    await open().putNew('one', 'text');
    const store = open('ww1', s3.url('shared/prod'), 300);
    s3.be(mood);
    s3.asked.length = 0;
    const began = performance.now();
    const fault = await faultOf(store.get('one', 100));
    expect(performance.now() - began).toBeLessThan(3000);
    expect(fault).toBeInstanceOf(ObjectStoreError);
    expect(fault.message).toMatch(/^could not get an object in shared at http:\/\/127\.0\.0\.1:\d+: \w+/);
    expect(inspect(fault, { depth: 9 })).not.toMatch(/CANARY|AKIATEST|Signature=/);
    expect(s3.asked.length).toBeLessThanOrEqual(2);
  },
);

test('a store that is not there, and one with another secret, are told apart', async () => {
  const away = open('ww1', `s3://${s3Key}:secret@127.0.0.1:9/shared`);
  expect((await faultOf(away.putNew('one', ''))).message).toMatch(/^could not put an object .*: \w+$/);
  const wrong = open('ww1', `s3://${s3Key}:secret@127.0.0.1:${s3.port}/shared`);
  expect(await faultOf(wrong.putNew('one', ''))).toMatchObject({ code: 'SignatureDoesNotMatch' });
  expect((await faultOf(all(wrong.names('')))).message).toMatch(
    /^could not list objects .*SignatureDoesNotMatch, HTTP 403$/,
  );
});

test('a bucket may stand in the host name', async () => {
  const lookup = jest
    .spyOn(dns, 'lookup')
    .mockImplementation(((_: string, options: { all?: boolean }, done: (...found: unknown[]) => void) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as never);
  const url = s3.url('shared', '?tls=false&style=host').replace('127.0.0.1', 'store.test');
  await open('ww1', url).putNew('one', 'text');
  expect(lookup.mock.calls[0]?.[0]).toBe('shared.store.test');
  lookup.mockRestore();
  expect([...s3.objects.keys()]).toEqual(['shared/ww1/one']);
});

test('the address of a bucket is one address: https, http to this machine itself or when it is asked for', () => {
  const place = parseS3Url(
    `s3://${s3Key}:${encodeURIComponent(s3Secret)}@S3.example.com/bucket/a/b/?region=eu-central-1`,
  );
  expect(place).toEqual({
    endpoint: 'https://s3.example.com',
    region: 'eu-central-1',
    bucket: 'bucket',
    prefix: 'a/b/',
    accessKeyId: s3Key,
    secretAccessKey: s3Secret,
    bucketInHost: false,
  });
  const endpoint = (rest: string) => parseS3Url(`s3://k:s@${rest}`).endpoint;
  expect(endpoint('127.0.0.1:9000/bucket')).toBe('http://127.0.0.1:9000');
  expect(endpoint('[::1]:9000/bucket')).toBe('http://[::1]:9000');
  expect(endpoint('localhost:9000/bucket?tls=true')).toBe('https://localhost:9000');
  expect(endpoint('127.example.com:9000/bucket')).toBe('https://127.example.com:9000');
  expect(endpoint('minio.internal:9000/bucket?tls=false')).toBe('http://minio.internal:9000');
  expect(parseS3Url('s3://k:s@host/bucket')).toMatchObject({ region: 'us-east-1', prefix: '' });
});

test.each([
  ['https://k:CANARY@host/bucket', /^expected s3:/],
  ['s3://k:CAN/ARY@host/bucket', /%2F/],
  ['s3://k:CAN#ARY@host/bucket', /%23/],
  ['s3://host/bucket', /key and secret/],
  ['s3://k@host/bucket', /key and secret/],
  ['s3://k:CANARY@host', /name of a bucket/],
  ['s3://k:CANARY@host/CANARY_x', /name of a bucket/],
  ['s3://k:CANARY@host/bucket//x', /prefix/],
  ['s3://k:CANARY@host/bucket/a%20b', /prefix/],
  ['s3://k:CANARY@host/bucket?tsl=false', /tls=true or false/],
  ['s3://k:CANARY@host/bucket?tls=maybe', /tls=true or false/],
  ['s3://k:CANARY@host/bucket?toString=1', /no other options/],
  ['s3://k:CANARY%@host/bucket', /%25/],
])('S13 %s is a fault that says what was expected', (url, expected) => {
  const fault = faultInS3Url(url);
  expect(fault).toMatch(expected);
  expect(fault).not.toContain('CANARY');
});
