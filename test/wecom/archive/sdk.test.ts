import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createArchiveSdk, type Envelope } from '../../../src/wecom/archive';
import { archiveKeys, buildArchiveLibrary, sealMessage } from '../../support/archive-library/archive-library';

const first = archiveKeys(1);
const second = archiveKeys(2);
const library = buildArchiveLibrary();
let keys = [first];
const warn = jest.fn();

const childMain = join(__dirname, '../../../src/wecom/archive/child-main.ts');
const options = {
  command: [process.execPath, '--require', require.resolve('tsx/cjs'), childMain],
  start: { library: library.path, sha256: library.sha256, corp_id: 'wwtest', secret: library.folder, api_base: '' },
  keys: () => keys,
  logger: { warn },
};
const sdk = createArchiveSdk({ ...options, openers: 2, patienceMs: 10_000 });

const text = (content: string) =>
  JSON.stringify({ msgid: content, action: 'send', msgtype: 'text', text: { content } });
const seal = (plain: string, seq = '1', by = first) => sealMessage(plain, { ...by, seq, msgid: `m${seq}` });
const broken = (message: string): Envelope => ({ ...seal(text('x')), encrypt_chat_msg: message });

afterAll(async () => {
  await sdk.stop();
  library.drop();
});
afterEach(() => {
  library.code(undefined);
  library.hang(false);
  keys = [first];
});

describe('the archive library, in processes of its own', () => {
  it('AR5 pulls a page; a seq of 2^64 - 6 survives both ways', async () => {
    const last = '18446744073709551610';
    const page = [seal(text('您好'), '18446744073709551609'), seal(text('再见'), last)];
    library.page('18446744073709551600', page);
    const pulled = await sdk.pull('18446744073709551600', 1000);
    expect(pulled).toEqual({ errcode: 0, errmsg: 'ok', envelopes: page });
    expect((await sdk.pull(last, 1000)).envelopes).toEqual([]);
  });

  it('opens messages byte for byte, in order, over several children', async () => {
    const plains = Array.from({ length: 230 }, (_, i) =>
      text(`第 ${i} 条 😀\u2028\u0085\r\n${randomBytes(20).toString('base64')}`),
    );
    const opened = await sdk.open(plains.map((plain) => seal(plain)));
    expect(opened).toEqual(plains.map((plain) => ({ plain })));
  });

  it('AR3 says why an envelope stays shut; a key that comes later opens it', async () => {
    const late = seal(text('晚到的钥匙'), '9', second);
    const wrong = { ...seal(text('x'), '9', second), publickey_ver: 1 };
    const sealed = [late, wrong, broken('zz'), seal(text('好'))];
    expect(await sdk.open(sealed)).toEqual([
      { fault: 'key_missing', code: null },
      { fault: 'wrong_key', code: null },
      { fault: 'undecryptable', code: 10006 },
      { plain: text('好') },
    ]);
    keys = [first, second];
    await sdk.keysChanged();
    expect(await sdk.open([late])).toEqual([{ plain: text('晚到的钥匙') }]);
  });

  it('an envelope that crashes the library is poison; those around it are opened', async () => {
    const around = Array.from({ length: 6 }, (_, i) => text(`${i}`));
    const sealed = around.map((plain) => seal(plain));
    sealed.splice(3, 0, broken('crash'));
    const expected: object[] = around.map((plain) => ({ plain }));
    expected.splice(3, 0, { fault: 'poison', code: null });
    expect(await sdk.open(sealed)).toEqual(expected);
  });

  it('an envelope is poison only once it has ended two processes, wherever it stands', async () => {
    const around = Array.from({ length: 120 }, (_, i) => text(`${i}`));
    const sealed = around.map((plain) => seal(plain));
    sealed.splice(60, 0, broken(`once:${join(library.folder, 'been')}`));
    const expected: object[] = around.map((plain) => ({ plain }));
    expected.splice(60, 0, { plain: '{}' });
    expect(await sdk.open(sealed)).toEqual(expected);
  });

  it('an envelope that hangs the library is given up, and others are opened', async () => {
    const hasty = createArchiveSdk({ ...options, openers: 1, patienceMs: 1_500 });
    const opened = await hasty.open([seal(text('a')), broken('hang'), seal(text('b'))]);
    expect(opened).toEqual([{ plain: text('a') }, { fault: 'poison', code: null }, { plain: text('b') }]);
    await hasty.stop();
  });

  it('a pull that hangs is given up, and the next one works', async () => {
    const hasty = createArchiveSdk({ ...options, openers: 1, patienceMs: 1_500 });
    library.hang(true);
    await expect(hasty.pull('5', 10)).rejects.toThrow('no answer within 1.5 s');
    library.hang(false);
    expect((await hasty.pull('5', 10)).envelopes).toEqual([]);
    await hasty.stop();
  });

  it('a code of the library is told as it is, so is a fault inside a call that succeeded', async () => {
    library.code(10009);
    await expect(sdk.pull('7', 10)).rejects.toMatchObject({ code: 10009 });
    library.code(undefined);
    library.page('7', [], { errcode: 301052, errmsg: 'archive expired' });
    expect(await sdk.pull('7', 10)).toMatchObject({ errcode: 301052, envelopes: [] });
  });

  it('AR6 a file comes in slices of 512 KiB, zero bytes and all', async () => {
    const content = Buffer.concat([Buffer.alloc(600_000), randomBytes(900_000), Buffer.alloc(300)]);
    library.file('FILE-1', content);
    const parts: Buffer[] = [];
    for (let index = '', finished = false; !finished; ) {
      const slice = await sdk.media('FILE-1', index);
      parts.push(slice.data);
      ({ index, finished } = slice);
    }
    expect(parts.map((part) => part.length)).toEqual([524_288, 524_288, 451_724]);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    await expect(sdk.media('NONE', '')).rejects.toMatchObject({ code: 10005 });
  });

  it('a process that answers for fewer envelopes than it was given is a fault, told as such', async () => {
    const program = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, op } = JSON.parse(line);
      if (op === 'open') console.log(JSON.stringify({ id, opened: [{ plain: 'one' }] }));
      console.log(JSON.stringify({ id, done: null }));
    });`;
    const other = createArchiveSdk({ ...options, command: [process.execPath, '-e', program], openers: 1 });
    await expect(other.open([seal(text('a')), seal(text('b'))])).rejects.toThrow('answered for 1 of 2 envelopes');
    await other.stop();
  });

  it('another library than the one that was pinned is not loaded', async () => {
    const start = { ...options.start, sha256: '0'.repeat(64) };
    const pinned = createArchiveSdk({ ...options, start, openers: 1 });
    await expect(pinned.pull('0', 1)).rejects.toThrow('WECOM_ARCHIVE_SDK_SHA256');
    await pinned.stop();
  });
});
