import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { seconds } from './clock';
import { parseS3Url, type S3Place } from './s3-url';

/** Objects of this deployment in a bucket; others may share it. Names are relative to what belongs to the deployment. */
export interface ObjectStore {
  /**
   * Puts an object whose name is free.
   * @returns false when there was one already: it stays as it is
   * @throws ObjectStoreError, as all of them
   */
  putNew(name: string, body: string): Promise<boolean>;
  /** Undefined when there is none. An object of more than `maxBytes` is not read: `too_large`. */
  get(name: string, maxBytes: number): Promise<string | undefined>;
  /** The names that begin so, in ascending order. */
  names(prefix: string): AsyncGenerator<string>;
  /** Puts a file under its name, in the place of what is there. Slow lines are given time by its size. */
  putFile(name: string, file: FileToPut): Promise<void>;
  /** The bytes from `from` up to `to`, which is not included. Undefined when there is no such object. */
  read(name: string, from: number, to: number): Promise<Readable | undefined>;
  /** In bytes; undefined when there is none. */
  size(name: string): Promise<number | undefined>;
  /** Also when there is none. */
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface FileToPut {
  path: string;
  bytes: number;
  /** Of its content, base64. */
  md5: string;
}

/** What the store refused, or why it could not be asked. Nothing that the store said stands in it but its code. */
export class ObjectStoreError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ObjectStoreError';
  }
}

export interface ObjectStoreOptions {
  /** As `S3_URL` has it. */
  url: string;
  /** Comes before every name (S10). */
  deployment: string;
  /** For a request with all that belongs to it, tries included. Default 20 s. */
  timeoutMs?: number;
}

/** Slower than this nobody uploads, in bytes a millisecond. */
const slowestLine = 32;

type Sdk = typeof import('@aws-sdk/client-s3');
type Work<T> = (parts: { sdk: Sdk; client: S3Client; signal: AbortSignal }) => Promise<T>;

/** A bucket of an S3-compatible store. Nothing is loaded or asked before it is used. */
export function createObjectStore({ url, deployment, timeoutMs = seconds(20) }: ObjectStoreOptions): ObjectStore {
  const place = parseS3Url(url);
  const root = `${place.prefix}${deployment}/`;
  const at = (name: string) => ({ Bucket: place.bucket, Key: `${root}${name}` });
  let opened: ReturnType<typeof openClient> | undefined;

  async function ask<T>(what: string, work: Work<T>, withinMs = timeoutMs): Promise<T> {
    opened ??= openClient(place, timeoutMs);
    // Not AbortSignal.timeout: it would still fire while somebody reads the body of what was answered in time.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new DOMException('it took too long', 'TimeoutError')), withinMs);
    try {
      const parts = await opened;
      return await work({ ...parts, signal: patience.signal });
    } catch (error) {
      throw error instanceof ObjectStoreError ? error : toFault(what, place, error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    putNew: (name, body) =>
      ask('put an object', async ({ sdk, client, signal }) => {
        // A bucket with object lock takes nothing without a digest; MD5 is the one that every store knows.
        const ContentMD5 = hash('md5', body, 'base64');
        const ContentLength = Buffer.byteLength(body);
        const put = {
          ...at(name),
          Body: body,
          ContentLength,
          ContentType: 'application/json',
          ContentMD5,
          IfNoneMatch: '*',
        };
        return client.send(new sdk.PutObjectCommand(put), { abortSignal: signal }).then(() => true, falseWhenTaken);
      }),

    get: (name, maxBytes) =>
      ask('get an object', async ({ sdk, client, signal }) => {
        const found = await client
          .send(new sdk.GetObjectCommand(at(name)), { abortSignal: signal })
          .catch(undefinedWhenMissing);
        return found && textOf(addAbortSignal(signal, found.Body as Readable), maxBytes);
      }),

    async *names(prefix) {
      for (let token: string | undefined; ; ) {
        const listed = { Bucket: place.bucket, Prefix: `${root}${prefix}`, ContinuationToken: token };
        const page = await ask('list objects', ({ sdk, client, signal }) =>
          client.send(new sdk.ListObjectsV2Command(listed), { abortSignal: signal }),
        );
        yield* (page.Contents ?? []).map(({ Key = '' }) => Key.slice(root.length));
        token = page.NextContinuationToken;
        if (!token || token === listed.ContinuationToken) return;
      }
    },

    putFile(name, { path, bytes, md5 }) {
      const withinMs = timeoutMs + bytes / slowestLine;
      const put = { ...at(name), ContentLength: bytes, ContentType: 'application/octet-stream', ContentMD5: md5 };
      return ask(
        'put a file',
        async ({ sdk, client, signal }) => {
          const command = new sdk.PutObjectCommand({ ...put, Body: createReadStream(path) });
          await client.send(command, { abortSignal: signal, requestTimeout: withinMs });
        },
        withinMs,
      );
    },

    read: (name, from, to) =>
      ask('read an object', async ({ sdk, client, signal }) => {
        const ranged = { ...at(name), Range: `bytes=${from}-${to - 1}` };
        const found = await client
          .send(new sdk.GetObjectCommand(ranged), { abortSignal: signal })
          .catch(undefinedWhenMissing);
        return found?.Body as Readable | undefined;
      }),

    size: (name) =>
      ask('look at an object', async ({ sdk, client, signal }) => {
        const found = await client
          .send(new sdk.HeadObjectCommand(at(name)), { abortSignal: signal })
          .catch(undefinedWhenMissing);
        return found?.ContentLength;
      }),

    remove: (name) =>
      ask('remove an object', async ({ sdk, client, signal }) => {
        await client.send(new sdk.DeleteObjectCommand(at(name)), { abortSignal: signal });
      }),

    async close() {
      (await opened)?.client.destroy();
    },
  };
}

const silent = () => undefined;

/** Loaded when it is first needed: most commands never do, and it is large. */
async function openClient(place: S3Place, timeoutMs: number): Promise<{ sdk: Sdk; client: S3Client }> {
  // Its version is ours to choose: who runs the server can do nothing about what it thinks of Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  const { endpoint, region, accessKeyId, secretAccessKey, bucketInHost } = place;
  const client = new sdk.S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: !bucketInHost,
    // Stores that are not Amazon's know no checksums of its newer kinds.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 2,
    // Faults are thrown; nothing else of it belongs into the log.
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: {
      connectionTimeout: seconds(5),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
    },
  });
  return { sdk, client };
}

interface SdkError {
  name: string;
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const isSdkError = (error: unknown): error is SdkError => error instanceof Error;
const statusOf = (error: unknown) => (isSdkError(error) ? error.$metadata?.httpStatusCode : undefined);

function falseWhenTaken(error: unknown): false {
  if (statusOf(error) === 412) return false;
  throw error;
}

/** A missing bucket is 404 as well, and is a fault. */
function undefinedWhenMissing(error: unknown): undefined {
  if (isSdkError(error) && (error.name === 'NoSuchKey' || error.name === 'NotFound')) return undefined;
  throw error;
}

async function textOf(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ObjectStoreError('too_large', `an object has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a store answers may quote keys and what was signed: only its code is passed on. */
function toFault(what: string, { endpoint, bucket }: S3Place, error: unknown): ObjectStoreError {
  const status = statusOf(error);
  const code = codeOf(error);
  const answer = status === undefined ? code : `${code}, HTTP ${status}`;
  return new ObjectStoreError(code, `could not ${what} in ${bucket} at ${endpoint}: ${answer}`);
}

function codeOf(error: unknown): string {
  if (!isSdkError(error)) return 'unknown';
  const named = typeof error.code === 'string' ? error.code : error.name;
  return /^\w{1,64}$/.test(named) ? named : 'unknown';
}
