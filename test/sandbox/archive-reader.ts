import { createHash } from 'node:crypto';
import { archiveProgram, type Sandbox, sandboxSettings } from '../../src/sandbox';
import { type ArchiveSdk, createArchiveSdk, type Envelope } from '../../src/wecom/archive';

type Keys = { version: number; pem: string }[];

/** Every key of the pretend company, or all but those of some versions. */
export const keysBut = (...missing: number[]): Keys =>
  sandboxSettings.archiveKeys
    .filter(({ version }) => !missing.includes(version))
    .map(({ version, privatePem: pem }) => ({ version, pem }));

/** The product's own way to the archive, over children of the sandbox. */
export function archiveReader(
  sandbox: Sandbox,
  { keys = keysBut, patienceMs = 20_000, secret = sandbox.secrets.archive }: ReaderOptions = {},
): ArchiveSdk {
  return createArchiveSdk({
    command: [process.execPath, '--require', require.resolve('tsx/cjs'), archiveProgram],
    start: { library: archiveProgram, sha256: null, corp_id: sandbox.corpId, secret, api_base: sandbox.url },
    keys: () => keys(),
    logger: { warn: jest.fn() },
    openers: 1,
    patienceMs,
  });
}

interface ReaderOptions {
  keys?: () => Keys;
  patienceMs?: number;
  secret?: string;
}

/** Every record after `seq`, over all pages. */
export async function pullAll(sdk: ArchiveSdk, seq = '0', limit = 1000): Promise<Envelope[]> {
  const all: Envelope[] = [];
  for (let at = seq; ; ) {
    const { errcode, envelopes } = await sdk.pull(at, limit);
    if (errcode !== 0) throw new Error(`The pull was refused: ${errcode}`);
    const last = envelopes.at(-1);
    if (!last) return all;
    all.push(...envelopes);
    at = last.seq;
  }
}

/** Their texts. @throws when one of them stays shut */
export async function openAll(sdk: ArchiveSdk, envelopes: readonly Envelope[]): Promise<string[]> {
  const opened = await sdk.open(envelopes);
  return opened.map((one) => {
    if ('plain' in one) return one.plain;
    throw new Error(`It stays shut: ${one.fault}`);
  });
}

/** A whole file, and in how many slices it came. */
export async function fetchFile(sdk: ArchiveSdk, fileId: string): Promise<{ sha256: string; slices: number[] }> {
  const hash = createHash('sha256');
  const slices: number[] = [];
  for (let index = '', finished = false; !finished; ) {
    const slice = await sdk.media(fileId, index);
    hash.update(slice.data);
    slices.push(slice.data.length);
    ({ index, finished } = slice);
  }
  return { sha256: hash.digest('hex'), slices };
}
