import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { days, hours, minutes, seconds } from '../../../../src/core/clock';
import { SdkFault } from '../../../../src/wecom/archive';
import { type MediaAtTest, mediaAtTest } from './support';

let at: MediaAtTest;
beforeEach(async () => {
  at = await mediaAtTest();
});
afterEach(() => at.close());

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const megabytes = (n: number) => randomBytes(n * 1024 * 1024 + 77);

test('AR6 AR7 every file of a message is fetched and stored to the byte, nested ones too', async () => {
  const small = at.wecom.hold('small');
  const large = at.wecom.hold('large', megabytes(2));
  const empty = at.wecom.hold('empty', Buffer.alloc(0));
  const told = { sdkfileid: 'small', md5sum: md5(small).toUpperCase(), filesize: small.length };
  const one = await at.opens('image', told);
  const two = await at.opens('file', { sdkfileid: 'large', filename: 'a.bin', filesize: large.length });
  const three = await at.opens('file', { sdkfileid: 'empty', filename: 'nothing' });
  const nested = await at.opens('chatrecord', {
    title: 't',
    item: [
      { type: 'ChatRecordText', content: '{"content":"x"}' },
      { type: 'ChatRecordImage', content: JSON.stringify({ sdkfileid: 'inner' }) },
    ],
  });
  at.wecom.hold('inner');
  expect(await at.seen(one)).toMatchObject({ state: 'pending', url: null });
  await at.fetches();
  for (const [message, content] of [[one, small] as const, [two, large] as const, [three, empty] as const]) {
    expect((await at.content(message)).equals(content)).toBe(true);
    expect(await at.seen(message)).toMatchObject({ state: 'stored', sha256: sha256(content), fault: null });
  }
  expect(await at.seen(nested, 'item[1]')).toMatchObject({ state: 'stored' });
  expect((await at.seen(one))?.url).toMatch(new RegExp(`^/api/v1/archive/media/[\\w-]{43}\\?message=${one}$`));
  const [row] = (await at.files()).filter((file) => file.sha256 === sha256(small));
  expect([Number(row?.md5_ok), Number(row?.size_ok)]).toEqual([1, 1]);
  expect(await at.media.ledger.counts()).toMatchObject({ stored: 4, pending: 0 });
});

test('S13 neither the content nor what WeCom calls the file stands anywhere in the open', async () => {
  const content = at.wecom.hold('canary-file-id-7Kq2', Buffer.from('canary-content-9Zx4 '.repeat(60_000)));
  await at.opens('file', { sdkfileid: 'canary-file-id-7Kq2' });
  at.wecom.before = (_, index) => {
    if (index.includes(String(1024 * 1024))) throw new SdkFault(10001);
  };
  await at.fetches();
  const hits = () => at.stored().filter((path) => readFileSync(path).includes('canary'));
  expect(at.stored().length).toBeGreaterThan(1);
  expect(hits()).toEqual([]);
  at.wecom.before = () => undefined;
  at.forward(hours(1));
  await at.fetches();
  expect([hits(), at.stored().length]).toEqual([[], 1]);
  expect(JSON.stringify(await at.files())).not.toContain('canary');
  expect(content.length).toBe(Number((await at.files())[0]?.size));
});

test('A5 the same content in three chats is one blob and three references', async () => {
  const content = megabytes(1);
  for (const id of ['a', 'b', 'c']) at.wecom.hold(id, content);
  const messages = [
    await at.opens('file', { sdkfileid: 'a' }),
    await at.opens('file', { sdkfileid: 'b' }),
    await at.opens('file', { sdkfileid: 'c' }),
    await at.opens('file', { sdkfileid: 'c' }),
  ];
  await at.fetches();
  expect(at.stored()).toHaveLength(1);
  for (const message of messages) expect((await at.content(message)).equals(content)).toBe(true);
  expect(await at.db.query('SELECT id FROM archive_blob')).toHaveLength(1);
  expect(await at.files()).toHaveLength(3);
});

test('AR6 a file is resumed where it stopped, by another process, and only the slice that failed comes again', async () => {
  const content = at.wecom.hold('f', megabytes(2));
  const message = await at.opens('video', { sdkfileid: 'f' });
  at.wecom.before = (_, index) => {
    if (index.includes('bytes=1048576-')) throw new SdkFault(10001);
  };
  await at.fetches();
  expect(await at.files()).toMatchObject([{ state: 'pending', attempts: 1, fault: '10001', slices: 2 }]);
  at.restart();
  at.wecom.before = () => undefined;
  at.wecom.asked.length = 0;
  await at.fetches();
  // Not before its pause is over.
  expect(at.wecom.asked).toEqual([]);
  at.forward(seconds(30));
  await at.fetches();
  expect(at.wecom.asked.map((one) => one.split('=')[1]?.split('-')[0])).toEqual(['1048576', '1572864', '2097152']);
  expect((await at.content(message)).equals(content)).toBe(true);
  expect(at.stored()).toHaveLength(1);
});

test.each(['changed', 'missing'])('AR6 a draft whose slice is %s is begun again', async (what) => {
  const content = at.wecom.hold('f', megabytes(2));
  const message = await at.opens('video', { sdkfileid: 'f' });
  at.wecom.before = (_, index) => {
    if (index.includes('bytes=1048576-')) throw new SdkFault(10003);
  };
  await at.fetches();
  const slice = at.stored().find((path) => path.endsWith('/1')) ?? '';
  if (what === 'missing') rmSync(slice);
  else writeFileSync(slice, readFileSync(slice).reverse());
  at.wecom.before = () => undefined;
  at.forward(minutes(1));
  await at.fetches();
  at.forward(minutes(2));
  await at.fetches();
  expect((await at.content(message)).equals(content)).toBe(true);
});

test('AR6 what WeCom does not know has failed, what it dropped has expired; both say why and are not asked for again', async () => {
  at.wecom.hold('dropped');
  at.wecom.before = (id) => {
    if (id === 'dropped') throw new SdkFault(10010);
  };
  const [unknown, dropped] = [
    await at.opens('image', { sdkfileid: 'unknown' }),
    await at.opens('image', { sdkfileid: 'dropped' }),
  ];
  await at.fetches();
  expect(await at.seen(unknown)).toMatchObject({ state: 'failed', fault: '10005', url: null });
  expect(await at.seen(dropped)).toMatchObject({ state: 'expired', fault: '10010', url: null });
  at.forward(hours(2));
  await at.fetches();
  expect(at.wecom.asked).toHaveLength(2);
});

test('AR6 after 10001 to 10003 a file is tried again, less and less often, until WeCom drops it', async () => {
  const codes = [10001, 10002, 10003];
  const messages: number[] = [];
  for (const code of codes) messages.push(await at.opens('image', { sdkfileid: String(code) }));
  at.wecom.before = (id) => {
    throw new SdkFault(Number(id));
  };
  const tries: number[] = [];
  const halfHours = 5 * 24 * 2;
  for (let n = 0; n < halfHours + 2; n++) {
    const before = at.wecom.asked.length;
    await at.fetches();
    if (at.wecom.asked.length > before) tries.push(n);
    at.forward(minutes(30));
  }
  expect(tries.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 10]);
  expect([tries.at(-1), at.wecom.asked.length]).toEqual([halfHours - 2, tries.length * codes.length]);
  for (const [i, code] of codes.entries()) {
    expect(await at.seen(messages[i] as number)).toMatchObject({ state: 'expired', fault: String(code) });
  }
});

test('AR6 those are fetched first that WeCom drops first; what it has dropped is not asked for', async () => {
  const now = at.state.now.getTime();
  const byDeadline = Array.from({ length: 16 }, (_, n) => `file ${n}`);
  for (const [n, id] of [...byDeadline.entries(), [-10, 'gone'] as const].reverse()) {
    at.wecom.hold(id);
    await at.opens('image', { sdkfileid: id }, new Date(now - days(4.5 - n / 10)));
  }
  await at.fetches();
  expect(at.wecom.asked.map((asked) => asked.slice(0, -1)).sort()).toEqual([...byDeadline].sort());
  // Four at once: of those begun together any may be asked for first.
  const early = byDeadline.filter((id, n) => at.wecom.asked.indexOf(`${id}@`) < n - 3);
  expect(early).toEqual([]);
  expect((await at.files()).map(({ state, fault }) => [state, fault])).toEqual([
    ['expired', 'deadline'],
    ...Array(byDeadline.length).fill(['stored', null]),
  ]);
});

test('AR6 what had expired and is sent again is fetched', async () => {
  const content = at.wecom.hold('f');
  const first = await at.opens('image', { sdkfileid: 'f' }, new Date(at.state.now.getTime() - days(6)));
  await at.fetches();
  expect(await at.seen(first)).toMatchObject({ state: 'expired' });
  const second = await at.opens('image', { sdkfileid: 'f' });
  await at.fetches();
  for (const message of [first, second]) expect((await at.content(message)).equals(content)).toBe(true);
});

test.each([
  ['no index', { data: randomBytes(10), index: '', finished: false }, 'no_index'],
  ['the same index', { data: randomBytes(10), index: 'Range:bytes=0-', finished: false }, 'same_index'],
])('AR6 a slice that is not the last and has %s does not end as a cut file', async (_, slice, fault) => {
  at.wecom.hold('f');
  const message = await at.opens('image', { sdkfileid: 'f' });
  jest.spyOn(at.wecom, 'media').mockResolvedValue(slice);
  await at.fetches();
  expect(await at.seen(message)).toMatchObject({ state: 'pending', fault });
});

test('AR6 what differs from what the message tells is fetched twice, and then kept with what was found', async () => {
  const content = at.wecom.hold('f');
  const message = await at.opens('image', { sdkfileid: 'f', md5sum: 'f'.repeat(32), filesize: 7 });
  await at.fetches();
  expect(await at.seen(message)).toMatchObject({ state: 'pending', fault: 'mismatch' });
  at.forward(minutes(1));
  await at.fetches();
  expect((await at.content(message)).equals(content)).toBe(true);
  const [row] = await at.files();
  expect([Number(row?.md5_ok), Number(row?.size_ok), at.wecom.asked.length]).toEqual([0, 0, 2]);
});

test('F8 below a tenth of free disk nothing is fetched; with room it goes on by itself', async () => {
  at.wecom.hold('f');
  const message = await at.opens('image', { sdkfileid: 'f' });
  at.state.free = 0.05;
  await at.fetches();
  expect(at.wecom.asked).toEqual([]);
  at.state.free = 0.2;
  await at.fetches();
  expect(await at.seen(message)).toMatchObject({ state: 'stored' });
});

test('F8 a disk that refuses ends the round and counts as no try; so does a WeCom that lets nobody in', async () => {
  at.wecom.hold('f');
  const message = await at.opens('image', { sdkfileid: 'f' });
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'rename' });
  const spy = jest.spyOn(at.shelf, 'take').mockRejectedValue(full);
  await at.fetches();
  spy.mockRestore();
  at.wecom.before = () => {
    throw new SdkFault(10009);
  };
  await at.fetches();
  expect(await at.files()).toMatchObject([{ state: 'pending', attempts: 0, fault: null }]);
  at.wecom.before = () => undefined;
  await at.fetches();
  expect(await at.seen(message)).toMatchObject({ state: 'stored' });
  // What the disk had refused was cleared away.
  expect(at.stored()).toHaveLength(1);
});

test('AR6 of two processes one fetches; a shutdown in the middle leaves the file to the next', async () => {
  const content = at.wecom.hold('f', megabytes(2));
  const message = await at.opens('image', { sdkfileid: 'f' });
  await Promise.all([at.fetches(), at.fetches()]);
  expect(at.wecom.asked).toHaveLength(5);
  expect((await at.content(message)).equals(content)).toBe(true);

  at.wecom.hold('g', content);
  const stops = new AbortController();
  at.wecom.before = () => stops.abort(new Error('the process stops'));
  const other = await at.opens('image', { sdkfileid: 'g' });
  await expect(at.fetches(stops.signal)).rejects.toThrow('the process stops');
  at.wecom.before = () => undefined;
  await at.fetches();
  expect((await at.content(other)).equals(content)).toBe(true);
  expect(at.wecom.asked.filter((one) => one === 'g@')).toHaveLength(1);
});

test('an archive that is not configured fetches nothing and loses nothing', async () => {
  at.wecom.hold('f');
  const message = await at.opens('image', { sdkfileid: 'f' });
  at.state.ready = false;
  await at.fetches();
  expect(await at.seen(message)).toMatchObject({ state: 'pending' });
});

describe('A2 A5 proof', () => {
  const faults = async () => {
    const found: string[] = [];
    for await (const { kind, target } of at.media.verifier.faults()) found.push(`${kind} ${target.split(':')[0]}`);
    return found;
  };
  let message: number;
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c']) at.wecom.hold(id);
    message = await at.opens('image', { sdkfileid: 'a' });
    await at.opens('image', { sdkfileid: 'b' });
    await at.opens('image', { sdkfileid: 'c' });
    await at.fetches();
  });

  test('stored files are linked into the chain; the database refuses to change the proof', async () => {
    const batches = await at.db.query('SELECT id FROM archive_file_batch');
    expect(await at.evidence.seal()).toBe(batches.length);
    expect(await at.evidence.verify()).toMatchObject({ ok: true });
    expect(await faults()).toEqual([]);
    for (const table of ['archive_stored_file', 'archive_file_batch']) {
      await expect(at.db.execute(`DELETE FROM ${table}`)).rejects.toThrow('insert-only');
    }
  });

  test('a corrupted blob, a blob that is gone, and a row that lies are reported', async () => {
    const [first = '', second = ''] = at.stored();
    writeFileSync(first, readFileSync(first).reverse());
    rmSync(second);
    await at.db.execute('UPDATE archive_file SET size = 1 WHERE blob_id = ?', [
      at.stored().at(-1)?.split('/').at(-1) ?? '',
    ]);
    expect((await faults()).sort()).toEqual(['changed file', 'missing file', 'row file']);
    await at.db.execute("UPDATE archive_file SET sha256 = 'x'");
    expect(await faults()).toEqual(['row file', 'row file', 'row file']);
  });

  test('S17 a file goes with the last message that refers to it, and its proof stays', async () => {
    const again = await at.opens('image', { sdkfileid: 'a' });
    const purge = (id: number) => at.db.transact(() => at.media.purge([id]));
    expect(await purge(message)).toBe(0);
    expect((await at.content(again)).equals(at.wecom.held.get('a') as Buffer)).toBe(true);
    expect(await purge(again)).toBe(1);
    await expect(at.content(again)).rejects.toThrow('nothing is stored');
    expect((await at.db.query('SELECT id FROM archive_blob WHERE sealed IS NULL')).length).toBe(1);
    await at.fetches();
    expect([at.stored().length, (await at.db.query('SELECT id FROM archive_blob')).length]).toEqual([2, 2]);
    expect(await faults()).toEqual([]);
    // Sent once more, it is fetched once more.
    at.forward(hours(1));
    const later = await at.opens('image', { sdkfileid: 'a' });
    await at.fetches();
    expect((await at.content(later)).equals(at.wecom.held.get('a') as Buffer)).toBe(true);
    expect(await faults()).toEqual([]);
  });
});
