import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const s3Key = 'AKIATEST0000000001';
/** With all that has a meaning in addresses. */
export const s3Secret = 'wJalr/XUt+n=FEMI:K7@MD%ENG#bPx?CANARY';

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export type Mood =
  | 'well'
  /** 503 to everything. */
  | 'down'
  /** 403 that quotes what it was sent. */
  | 'refusing'
  /** No answer at all. */
  | 'silent'
  /** A headline, and then nothing. */
  | 'stalling';

/** An S3-compatible store: put, get, look, remove, list in pages. It checks signatures and digests as the real ones do. */
export async function startS3({ pageSize = 1000 }: { pageSize?: number } = {}) {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  let mood: Mood = 'well';

  type Answer = [status: number, body?: string | Buffer];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    asked.push(`${request.method} ${request.url}`);
    if (mood === 'silent') return;
    const [status, text = ''] = inMood(request) ?? serve(request, body);
    response.writeHead(status, status === 204 ? {} : { 'content-length': Buffer.byteLength(text) });
    if (mood === 'stalling') response.flushHeaders();
    else response.end(text);
  }

  function inMood({ headers }: IncomingMessage): Answer | undefined {
    if (mood === 'down') return [503, fault('ServiceUnavailable')];
    if (mood === 'refusing') return [403, fault('AccessDenied', `${s3Key} ${s3Secret} ${headers.authorization}`)];
    return undefined;
  }

  function serve(request: IncomingMessage, body: Buffer): Answer {
    if (!isSigned(request, body)) return [403, fault('SignatureDoesNotMatch')];
    const { path, query } = placeOf(request);
    if (request.method === 'PUT') return put(path, request, body);
    if (query.has('list-type')) return [200, list(path.replace(/\/$/, ''), query)];
    if (request.method === 'DELETE') {
      objects.delete(path);
      return [204];
    }
    const found = objects.get(path);
    return found ? ranged(found, request.headers.range) : [404, fault('NoSuchKey')];
  }

  function put(path: string, { headers }: IncomingMessage, body: Buffer): Answer {
    if (headers['if-none-match'] === '*' && objects.has(path)) return [412, fault('PreconditionFailed')];
    if (headers['content-md5'] !== createHash('md5').update(body).digest('base64'))
      return [400, fault('InvalidDigest')];
    objects.set(path, body);
    return [200];
  }

  function list(bucket: string, query: URLSearchParams): string {
    const after = query.get('continuation-token') ?? '';
    const names = [...objects.keys()]
      .filter((path) => path.startsWith(`${bucket}/${query.get('prefix') ?? ''}`))
      .map((path) => path.slice(bucket.length + 1))
      .sort()
      .filter((name) => name > after);
    const page = names.slice(0, pageSize);
    const isCut = names.length > page.length;
    return [
      `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${bucket}</Name><IsTruncated>${isCut}</IsTruncated>`,
      ...page.map((name) => `<Contents><Key>${name}</Key><Size>1</Size></Contents>`),
      isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '',
      '</ListBucketResult>',
    ].join('');
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    objects,
    /** Methods and addresses, in order. */
    asked,
    port,
    be: (next: Mood) => {
      mood = next;
    },
    url: (place = 'scrm-witness', query = '') =>
      `s3://${s3Key}:${encodeURIComponent(s3Secret)}@127.0.0.1:${port}/${place}${query}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export type FakeS3 = Awaited<ReturnType<typeof startS3>>;

const fault = (code: string, message = code) =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

function ranged(object: Buffer, range = ''): [status: number, body: Buffer] {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return from === undefined ? [200, object] : [206, object.subarray(Number(from), Number(to) + 1)];
}

/** Bucket and name, wherever the bucket stands. */
function placeOf({ url = '/', headers }: IncomingMessage): { path: string; query: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, 'http://store');
  const inHost = /^([a-z0-9-]+)\.store\.test/.exec(headers.host ?? '')?.[1];
  return { path: decodeURIComponent(inHost ? `${inHost}${pathname}` : pathname.slice(1)), query: searchParams };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;

/** Signature version 4, computed anew with the secret that the store knows. */
function isSigned({ method, url = '/', headers }: IncomingMessage, body: Buffer): boolean {
  const [, key, day = '', region = '', names = '', signature] = authorization.exec(headers.authorization ?? '') ?? [];
  const digest = String(headers['x-amz-content-sha256']);
  if (key !== s3Key || (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256(body))) return false;
  const [path = '/', query = ''] = url.split('?');
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, query.split('&').sort().join('&'), signed.join(''), names, digest].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (from, part) => hmac(from, part),
    `AWS4${s3Secret}`,
  );
  return hmac(signing, text).toString('hex') === signature;
}
