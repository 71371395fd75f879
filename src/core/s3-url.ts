/** A bucket, and how to get in. */
export interface S3Place {
  /** Scheme, host and port. */
  endpoint: string;
  region: string;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The bucket stands in the host name instead of the path. */
  bucketInHost: boolean;
}

/** A sentence that says what was expected and holds nothing of the value. */
class S3UrlFault extends Error {}

const shape = 's3://<key>:<secret>@<host>[:port]/<bucket>[/<prefix>]';
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const segment = /^[A-Za-z0-9._-]+$/;
const options = { region: /^[a-z0-9-]{1,64}$/, tls: /^(true|false)$/, style: /^(path|host)$/ };
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Reads `s3://KEY:SECRET@host[:port]/bucket[/prefix]?region=…&tls=…&style=…`. What has a meaning in addresses is
 * written as %2F and the like. Without `tls` it is https, to this machine itself http.
 * @throws a sentence for whoever wrote it, without any part of the value
 */
export function parseS3Url(text: string): S3Place {
  const url = urlOf(text);
  const given = optionsOf(url);
  const [bucket = '', ...prefix] = url.pathname.replace(/\/$/, '').split('/').slice(1);
  if (!bucketName.test(bucket)) throw new S3UrlFault(`expected the name of a bucket after the host: ${shape}`);
  if (!prefix.every((part) => segment.test(part))) {
    throw new S3UrlFault('expected a prefix of letters, digits, dots, hyphens and underscores, / between');
  }
  const isTls = given.tls === undefined ? !loopback.test(url.hostname) : given.tls === 'true';
  return {
    endpoint: endpointOf(`${isTls ? 'https' : 'http'}://${url.host}`),
    region: given.region ?? 'us-east-1',
    bucket,
    prefix: prefix.map((part) => `${part}/`).join(''),
    accessKeyId: plain(url.username),
    secretAccessKey: plain(url.password),
    bucketInHost: given.style === 'host',
  };
}

/** What is wrong with it; undefined when nothing is. */
export function faultInS3Url(text: string): string | undefined {
  try {
    parseS3Url(text);
    return undefined;
  } catch (error) {
    if (error instanceof S3UrlFault) return error.message;
    throw error;
  }
}

function urlOf(text: string): URL {
  if (!text.startsWith('s3://')) throw new S3UrlFault(`expected ${shape}`);
  const encoding = 'write / ? # and % of the secret as %2F %3F %23 %25';
  if (!URL.canParse(text)) throw new S3UrlFault(`expected ${shape}; ${encoding}`);
  const url = new URL(text);
  if (url.hash) throw new S3UrlFault(`expected nothing after #; ${encoding}`);
  if (!url.username || !url.password)
    throw new S3UrlFault(`expected key and secret before the host: ${shape}; ${encoding}`);
  return url;
}

type Options = { [name in keyof typeof options]?: string };

function optionsOf(url: URL): Options {
  for (const [name, value] of url.searchParams) {
    const pattern = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined;
    if (!pattern?.test(value)) {
      throw new S3UrlFault('expected no other options than region=<name>, tls=true or false, style=path or host');
    }
  }
  return Object.fromEntries(url.searchParams);
}

/** The host as http knows it: numbers and letters in the usual form. */
function endpointOf(text: string): string {
  if (!URL.canParse(text)) throw new S3UrlFault(`expected a host name after the @: ${shape}`);
  return new URL(text).origin;
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new S3UrlFault('expected % in key and secret as %25');
  }
}
