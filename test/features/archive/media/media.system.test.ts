import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { archiveKeys, sealMessage } from '../../../support/archive-library/archive-library';
import { useLibrary } from '../../../support/archive-system';
import { hitsInFolder } from '../../../support/canaries';
import type { Json } from '../../../support/system';
import { toneAsAmr } from '../../../support/tone';
import { filesUnder } from './support';

const key = archiveKeys(1);
const { library, system } = useLibrary(key, { staff: 3, externalContacts: 5, groupChats: 1, leavers: 0 });

const html = '<!doctype html><script>alert("canary-html-5Tz1")</script>';
const mp4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\0\0isommp42'),
  Buffer.alloc(700_000, 7),
]);
const spoken = toneAsAmr(2);
const tricky = '../../etc/报价 "1".html\r\nX-Bad: 1';
let picture: Buffer;
let messages: Record<string, Json>;

const said = (seq: number, type: string, content: object) => ({
  ...{ seq: String(seq), msgid: `m${seq}` },
  plain: JSON.stringify({
    ...{ msgid: `m${seq}`, action: 'send', from: 'lin', tolist: ['wmDEMOaaaa0000000000000000000001'] },
    ...{ msgtime: Date.now() - 60_000, msgtype: type, [type]: content },
  }),
});

beforeAll(async () => {
  const { at } = system;
  picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#123' } })
    .jpeg()
    .toBuffer();
  library.file('picture', picture);
  library.file('film', mp4);
  library.file('page', Buffer.from(html));
  library.file('voice', spoken);
  const sent = [
    said(1, 'image', { sdkfileid: 'picture', filesize: picture.length }),
    said(2, 'video', { sdkfileid: 'film' }),
    said(3, 'file', { sdkfileid: 'page', filename: tricky }),
    said(4, 'file', { sdkfileid: 'unknown', filename: 'never.txt' }),
    said(5, 'voice', { sdkfileid: 'voice', voice_size: spoken.length, play_length: 2 }),
  ];
  library.page(
    '0',
    sent.map(({ plain, ...one }) => sealMessage(plain, { ...key, ...one })),
  );
  await at.system.services.archive.wake();
  await at.settled();
  const [conversation] = (await at.api.get('conversations')).body.items;
  const { items } = (await at.api.get(`conversations/${conversation.id}/messages?order=asc`)).body;
  messages = Object.fromEntries(['picture', 'film', 'page', 'unknown', 'voice'].map((name, i) => [name, items[i]]));
});

const mediaOf = (name: string): Json => messages[name]?.media[0];

async function download(path: string, headers: Record<string, string> = {}, roles = ['compliance_officer']) {
  const { system: running } = system.at;
  const { token } = await running.services.access.issueToken({ name: 'test', roles: roles as never });
  const answer = await fetch(`${running.url}${path}`, {
    headers: { connection: 'close', authorization: `Bearer ${token}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

const reads = async (): Promise<Json[]> =>
  (await system.at.api.get('audit-events?action=archive.media_read')).body.items;

test('AR6 AR7 A5 WCM-02 every file ends stored or failed; what is downloaded is what was sent', async () => {
  expect(mediaOf('picture')).toMatchObject({ state: 'stored', type: 'image/jpeg', size: picture.length, qr: [] });
  expect(mediaOf('unknown')).toMatchObject({ state: 'failed', fault: '10005', url: null, thumbnail_url: null });
  const whole = await download(mediaOf('picture').url);
  expect([whole.status, whole.body.equals(picture)]).toEqual([200, true]);
  const small = await download(mediaOf('picture').thumbnail_url);
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect((await sharp(small.body).metadata()).width).toBe(320);
  expect((await download(mediaOf('film').url)).body.equals(mp4)).toBe(true);
  expect((await system.at.api.get('archive/status')).body.media).toEqual({
    stored: 4,
    failed: 1,
    pending: 0,
    expired: 0,
  });
});

test('S19 downloads are attachments that cannot run; only what cannot run is shown inline', async () => {
  const page = await download(`${mediaOf('page').url}&inline=1`);
  expect(page.body.toString()).toBe(html);
  const of = (answer: typeof page, name: string) => answer.headers.get(name) ?? '';
  expect(of(page, 'content-disposition')).toMatch(/^attachment; /);
  expect(of(page, 'content-disposition')).toContain(encodeURIComponent('报价'));
  expect(of(page, 'content-disposition')).not.toMatch(/[\r\n]|etc\//);
  expect(of(page, 'content-type')).toBe('application/octet-stream');
  expect(page.headers.has('x-bad')).toBe(false);
  for (const path of [mediaOf('page').url, mediaOf('picture').url, `${mediaOf('picture').url}&inline=1`]) {
    const answer = await download(path);
    expect(of(answer, 'x-content-type-options')).toBe('nosniff');
    expect(of(answer, 'content-security-policy')).toBe("default-src 'none'; sandbox; frame-ancestors 'none'");
    expect(of(answer, 'cache-control')).toBe('no-store');
  }
  const shown = await download(`${mediaOf('picture').url}&inline=1`);
  expect([of(shown, 'content-type'), of(shown, 'content-disposition')]).toEqual([
    'image/jpeg',
    expect.stringMatching(/^inline; /),
  ]);
});

test.each([
  ['bytes=0-0', 0, 1],
  ['bytes=65000-66000', 65_000, 66_001],
  ['bytes=700000-', 700_000, mp4.length],
  ['bytes=-10', mp4.length - 10, mp4.length],
  ['bytes=10-99999999', 10, mp4.length],
])('WCM-02 a film can be played from anywhere: %s', async (range, from, to) => {
  const part = await download(mediaOf('film').url, { range });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to - 1}/${mp4.length}`]);
  expect(part.body.equals(mp4.subarray(from, to))).toBe(true);
});

test('a range beyond the end is refused, one that is none is not looked at', async () => {
  const beyond = await download(mediaOf('film').url, { range: `bytes=${mp4.length}-` });
  expect([beyond.status, beyond.headers.get('content-range'), beyond.body.length]).toEqual([
    416,
    `bytes */${mp4.length}`,
    0,
  ]);
  for (const range of ['bytes=5-1', 'lines=0-1', 'bytes=0-1,4-5', 'bytes=-']) {
    expect((await download(mediaOf('film').url, { range })).body.length).toBe(mp4.length);
  }
});

test('WCM-02 S16 a voice message is heard as WAV, whole and in part, by those who see it; that is recorded', async () => {
  const { url, audio_url } = mediaOf('voice');
  expect(audio_url).toBe(url.replace('?', '/audio?'));
  expect([mediaOf('picture').audio_url, mediaOf('unknown').audio_url]).toEqual([null, null]);
  expect((await download(url)).body.equals(spoken)).toBe(true);
  const before = (await reads()).length;
  const whole = await download(audio_url);
  expect([whole.status, whole.headers.get('content-type'), whole.body.length]).toEqual([200, 'audio/wav', 44 + 32_000]);
  expect(whole.headers.get('content-disposition')).toMatch(/^inline; /);
  const part = await download(audio_url, { range: 'bytes=20000-20999' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 20000-20999/32044']);
  expect(part.body.equals(whole.body.subarray(20_000, 21_000))).toBe(true);
  const heard = await reads();
  expect(heard.length).toBe(before + 2);
  expect(heard[0]).toMatchObject({ target: `message:${messages.voice?.id}`, result: 'ok' });
  const refused = await download(mediaOf('picture').url.replace('?', '/audio?'));
  expect([refused.status, JSON.parse(refused.body.toString()).code]).toEqual([409, 'MEDIA_NOT_PLAYABLE']);
  expect((await download(audio_url.replace(/message=\d+/, `message=${messages.film?.id}`))).status).toBe(404);
  expect((await download(audio_url, {}, ['system_admin'])).status).toBe(403);
  expect((await reads()).length).toBe(before + 2);
});

test('S16 A11 who got a file stands in the audit trail before a byte is sent; without it nobody gets one', async () => {
  const before = (await reads()).length;
  await download(mediaOf('picture').url);
  const after = await reads();
  expect(after.length).toBe(before + 1);
  expect(after[0]).toMatchObject({ target: `message:${messages.picture?.id}`, result: 'ok' });
  const { audit } = system.at.system.services;
  const { record } = audit;
  const full = jest.spyOn(audit, 'record').mockImplementation((entry) => {
    if (entry.action === 'archive.media_read') throw new Error('the trail is full');
    return record(entry);
  });
  const refused = await download(mediaOf('picture').url);
  full.mockRestore();
  expect([refused.status, refused.body.includes(picture.subarray(0, 20))]).toEqual([500, false]);
});

test('S9 a file is shown in its message to those who see the message, and to nobody else', async () => {
  const { url, thumbnail_url } = mediaOf('picture');
  const before = (await reads()).length;
  for (const path of [url, thumbnail_url]) {
    expect((await download(path, {}, ['system_admin'])).status).toBe(403);
    expect((await download(path.replace(/message=\d+/, `message=${messages.film?.id}`))).status).toBe(404);
    expect((await download(path.replace(/\?.*/, ''))).status).toBe(400);
  }
  expect((await download(url.replace(/media\/./, 'media/_'))).status).toBe(404);
  expect((await download('/api/v1/archive/media/..%2f..%2fetc?message=1')).status).toBe(404);
  expect((await download(mediaOf('film').url.replace('?', '/thumbnail?'))).status).toBe(404);
  const nobody = jest.spyOn(system.at.system.services.conversationViews, 'within').mockResolvedValue(['1 = 0']);
  expect((await download(url)).status).toBe(404);
  nobody.mockRestore();
  expect((await reads()).length).toBe(before);
});

test('S13 nothing of a file stands in the open under DATA_DIR; a changed blob is not given out', async () => {
  const { at } = system;
  expect(hitsInFolder(at.dataDir, { html: 'canary-html-5Tz1' })).toEqual([]);
  const [row] = await at.db.query<{ blob_id: string }>("SELECT blob_id FROM archive_file WHERE type = 'video/mp4'");
  const path = filesUnder(join(at.dataDir, 'blobs')).find((file) => file.endsWith(String(row?.blob_id))) ?? '';
  const sealed = readFileSync(path);
  writeFileSync(path, Buffer.from(sealed).fill(0, 0, 1));
  const refused = await download(mediaOf('film').url);
  writeFileSync(path, sealed);
  expect([refused.status, JSON.parse(refused.body.toString()).code]).toEqual([500, 'MEDIA_DAMAGED']);
  expect((await download(mediaOf('film').url)).status).toBe(200);
});
