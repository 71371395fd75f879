import { execFileSync } from 'node:child_process';
import { constants, createHash, generateKeyPairSync, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '../../../src/wecom/archive';

/** A pair of keys as a company makes it: the public half goes to WeCom. */
export function archiveKeys(version: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { version, publicKey, pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

/** Seals a message as the stand-in library opens it. */
export function sealMessage(
  plain: string,
  { seq, msgid, version, publicKey }: { seq: string; msgid: string; version: number; publicKey: KeyObject },
): Envelope {
  const key = randomBytes(16).toString('hex');
  const bytes = Buffer.from(plain).map((byte, i) => byte ^ key.charCodeAt(i % key.length));
  return {
    ...{ seq, msgid, publickey_ver: version },
    encrypt_random_key: publicEncrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(key),
    ).toString('base64'),
    encrypt_chat_msg: Buffer.from(bytes).toString('hex'),
  };
}

/** Compiles the stand-in library, and the folder it reads. Call `drop` at the end. */
export function buildArchiveLibrary() {
  const home = mkdtempSync(join(tmpdir(), 'scrm-archive-library-'));
  const path = join(home, 'libarchive.so');
  const folder = join(home, 'company');
  mkdirSync(join(folder, 'media'), { recursive: true });
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', path, join(__dirname, 'library.c')]);
  return {
    path,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    /** What `Init` takes for the secret. */
    folder,
    /** What is answered after `seq`; the records' numbers stand bare, as WeCom sends them. */
    page(seq: string, records: readonly Envelope[], more: object = { errcode: 0, errmsg: 'ok' }): void {
      const chatdata = records.map((record) => JSON.stringify(record).replace(/"seq":"(\d+)"/, '"seq":$1'));
      const head = JSON.stringify(more).slice(0, -1);
      writeFileSync(join(folder, `page-${seq}`), `${head},"chatdata":[${chatdata.join(',')}]}`);
    },
    file: (id: string, content: Buffer): void => writeFileSync(join(folder, 'media', id), content),
    /** Every pull answers this code; undefined ends that. */
    code: (code: number | undefined): void =>
      code === undefined
        ? rmSync(join(folder, 'code'), { force: true })
        : writeFileSync(join(folder, 'code'), `${code}`),
    hang: (hangs: boolean): void =>
      hangs ? writeFileSync(join(folder, 'hang'), '') : rmSync(join(folder, 'hang'), { force: true }),
    drop: (): void => rmSync(home, { recursive: true, force: true }),
  };
}
