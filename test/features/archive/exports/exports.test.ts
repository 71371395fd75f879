import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { hours } from '../../../../src/core/clock';
import { AppError } from '../../../../src/core/errors';
import { type ArchiveAtTest, archiveAtTest, customer } from '../../../support/archive';
import { until } from '../../../support/system';
import { unzip, unzipTo } from '../../../support/unzip';
import { aViewer } from '../../../support/viewers';

const photo = Buffer.from('a photo, or what passes for one');
const photoHash = createHash('sha256').update(photo).digest('hex');
const officer = (id: string) => aViewer(['compliance_officer'], { kind: 'account', id, name: `<${id}> & co` });
const by = (id: string) => ({ viewer: officer(id), address: '10.0.0.1' });

let at: ArchiveAtTest;
const folders: string[] = [];
beforeEach(async () => {
  const stored = { state: 'stored', sha256: photoHash, type: 'image/jpeg', name: '../../etc/passwd' } as const;
  at = await archiveAtTest({
    lookup: { of: async () => () => stored },
    files: {
      async *open() {
        yield photo;
      },
    },
  });
  at.worker.start();
});
afterEach(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  await at.close();
});

async function ended(id: string): Promise<void> {
  await until('the export ends', async () => ['succeeded', 'failed'].includes((await at.runs.get(id)).state));
  expect(await at.runs.get(id)).toMatchObject({ state: 'succeeded', error: null });
}

async function exported(filters: object = {}): Promise<Map<string, Buffer>> {
  const { id } = await at.exports.start({ ...filters, reason: 'case 12' }, by('anna'));
  await ended(id);
  return unzip(await buffer((await at.exports.file(id, by('anna'))).body));
}

function verified(files: ReadonlyMap<string, Buffer>, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'scrm-export-'));
  folders.push(folder);
  unzipTo(folder, files);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['verify.mjs', ...args], {
    ...{ cwd: folder, encoding: 'utf8', env: {} },
  });
  return { said: stdout + stderr, status };
}

const text = (files: ReadonlyMap<string, Buffer>, name: string): string => String(files.get(name));
const manifestOf = (files: ReadonlyMap<string, Buffer>) => JSON.parse(text(files, 'manifest.json'));

async function fewMessages(): Promise<void> {
  at.wecom.say('您好，报价单发您了');
  at.wecom.say('=HYPERLINK("http://evil")', { from: customer, to: ['lin'] });
  at.wecom.say('<script>alert(1)</script>', { from: 'wang', chat: 'wrGROUP' });
  at.wecom.say('', { more: { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: 'm1' } } });
  at.wecom.say('', { more: { msgtype: 'image', image: { sdkfileid: 'abc', md5sum: 'x', filesize: 9 } } });
  await at.fetch();
}

test('A12 S18 an export holds records, proofs, something to read, the files, and what checks it offline: intact', async () => {
  await fewMessages();
  const files = await exported({ userid: 'lin' });
  const [thread] = [...files.keys()].filter((name) => name.startsWith('transcripts/'));
  expect([...files.keys()].sort()).toEqual(
    [
      ...['SHA256SUMS', 'manifest.json', 'manifest.sig', 'messages.csv', 'messages.jsonl', 'proofs.jsonl'],
      ...[thread, 'verify.mjs', `media/${photoHash}.jpg`],
    ].sort(),
  );
  const manifest = manifestOf(files);
  expect(manifest).toMatchObject({
    ...{ messages: 4, conversations: 1, reason: 'case 12', matter: null, requested_by: 'account:anna' },
    ...{ approved_by: null, filters: { userid: 'lin' }, watermark: expect.any(String) },
  });
  const { said, status } = verified(files, '--key', manifest.key_id);
  expect([said, status]).toEqual([expect.stringMatching(/^intact: 4 messages of wwtest/), 0]);
  expect(verified(files, '--key', 'another').said).toContain('signed with');
});

test('A15 S18 S19 what others wrote stays text; recalls are struck through; cells are no formulas; the mark is there', async () => {
  await fewMessages();
  const files = await exported();
  const names = [...files.keys()].filter((name) => name.startsWith('transcripts/'));
  const html = names.map((name) => text(files, name)).join();
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toMatch(/<del><p><bdi>您好，报价单发您了/);
  expect(html).toContain('recalled by lin');
  const { export_id, created_at, watermark } = manifestOf(files);
  expect(html).toContain(`&lt;anna&gt; &amp; co · ${created_at} · ${export_id}`);
  expect(html).not.toContain(watermark);
  expect(html).toContain(`href="../media/${photoHash}.jpg"`);
  const cells = text(files, 'messages.csv').match(/"(?:[^"]|"")*"/g) ?? [];
  expect(cells.filter((one) => /^"\s*[=+\-@]/.test(one))).toEqual([]);
  expect(cells).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect([...files.keys()].filter((name) => name.includes('passwd'))).toEqual([]);
});

const flipped = (data: Buffer, at: number): Buffer => {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
};

test('A12 one byte changed, whichever file it is in, is found and named; so are a missing and a strange file', async () => {
  await fewMessages();
  const files = await exported();
  for (const [name, data] of files) {
    // A verifier that was changed says what it likes: its hash stands in the manifest.
    if (name === 'verify.mjs') continue;
    const { said, status } = verified(new Map([...files, [name, flipped(data, Math.floor(data.length / 2))]]));
    expect([name, status, said]).toEqual([name, 1, expect.stringContaining('NOT intact')]);
    expect(said).toContain(name === 'manifest.sig' ? 'manifest.json' : name);
  }
  const less = new Map([...files].filter(([name]) => name !== 'messages.csv'));
  expect(verified(less).said).toContain('messages.csv: missing');
  expect(verified(new Map([...files, ['media/extra.bin', photo]])).said).toContain('media/extra.bin: does not belong');
});

test('A12 who forges the sums and the list of files still fails at the proofs of each message', async () => {
  await fewMessages();
  const files = await exported({ userid: 'lin' });
  const lines = text(files, 'messages.jsonl').trimEnd().split('\n');
  const forged = JSON.parse(lines[0] as string);
  forged.evidence.salted = forged.evidence.salted.replace('报价单', '退款单');
  const wrong = [JSON.stringify(forged), ...lines.slice(1)].map((line) => `${line}\n`).join('');
  expect(verified(new Map([...files, ['messages.jsonl', Buffer.from(wrong)]])).said).toContain(
    'messages.jsonl, line 1, message 1: another text',
  );
  forged.evidence.fields[12] = createHash('sha256').update(forged.evidence.salted).digest('hex');
  forged.evidence.leaf = createHash('sha256')
    .update(`\u0000${JSON.stringify(forged.evidence.fields)}`)
    .digest('hex');
  const better = [JSON.stringify(forged), ...lines.slice(1)].map((line) => `${line}\n`).join('');
  const { said } = verified(new Map([...files, ['messages.jsonl', Buffer.from(better)]]));
  expect(said).toContain('proofs.jsonl: message 1: not of its batch');
  const proofs = text(files, 'proofs.jsonl');
  for (const [what, changed] of [
    [
      'checkpoint',
      proofs.replace(/"made_at":"[^"]+","key_id":"([^"]+)","prev"/, '"made_at":"2020-01-01","key_id":"$1","prev"'),
    ],
    ['does not follow', proofs.replace(/("kind":"link","n":\d+,"sealed_at":")\d/, '$19')],
    ['no proof', proofs.replace(/^\{"kind":"row".*\n/m, '')],
    ['no signature covers it', proofs.replace(/^\{"kind":"checkpoint".*\n/gm, '')],
    ['not of its batch', proofs.replace(/"left":true/, '"left":false')],
  ] as const) {
    expect(verified(new Map([...files, ['proofs.jsonl', Buffer.from(changed)]])).said).toContain(what);
  }
});

test('A12 an export of nothing is intact as well', async () => {
  await fewMessages();
  const files = await exported({ userid: 'nobody' });
  expect(verified(files)).toMatchObject({ status: 0, said: expect.stringContaining('intact: 0 messages') });
});

test('A9 A12 S12 more than 1,000 messages need a second person; thousands over many batches are intact', async () => {
  for (let i = 0; i < 2300; i++) at.wecom.say(`message ${i}`, { to: [`${customer}${i % 3}`] });
  await at.fetch();
  const alone = await at.exports.start({ reason: 'case 12' }, by('anna')).catch((error: AppError) => error);
  expect(alone).toBeInstanceOf(AppError);
  expect(alone).toMatchObject({ code: 'approval.required' });
  const payload = { reason: 'case 12', matter: 'A-7', from: '2026-01-01' };
  const asked = await at.approvals.ask({ action: 'archive.export', payload, reason: 'case 12' }, by('anna'));
  await expect(at.approvals.execute(asked.id, by('anna'))).rejects.toMatchObject({ code: 'approval.not_approved' });
  const approve = { decision: 'approve' } as const;
  await expect(at.approvals.decide(asked.id, approve, by('anna'))).rejects.toMatchObject({
    code: 'approval.not_yours',
  });
  await at.approvals.decide(asked.id, approve, by('bert'));
  const run = (await at.approvals.execute(asked.id, by('anna'))) as { id: string };
  await ended(run.id);
  const files = unzip(await buffer((await at.exports.file(run.id, by('anna'))).body));
  expect(manifestOf(files)).toMatchObject({ approved_by: 'account:bert', matter: 'A-7', messages: 2300 });
  expect(verified(files)).toMatchObject({ status: 0, said: expect.stringContaining('intact: 2300 messages') });
});

test('S16 S18 the file is theirs alone, for a day, sealed on the disk, and each step is in the trail', async () => {
  await fewMessages();
  const { id } = await at.exports.start({ reason: 'case 12' }, by('anna'));
  await expect(at.exports.file(id, by('bert'))).rejects.toMatchObject({ code: 'archive_export.not_found' });
  await ended(id);
  expect(await at.exports.get(id, officer('anna'))).toMatchObject({
    ...{ id, state: 'succeeded', messages: 5, file: `/api/v1/archive/exports/${id}/file` },
  });
  const whole = await buffer((await at.exports.file(id, by('anna'))).body);
  const [name] = readdirSync(at.exportsDir) as [string];
  const onDisk = readFileSync(join(at.exportsDir, name));
  expect([onDisk.length, onDisk.includes('manifest.json'), whole.includes('manifest.json')]).toEqual([
    ...[whole.length, false, true],
  ]);
  expect(createHash('sha256').update(whole).digest('hex')).toBe((await at.exports.get(id, officer('anna'))).sha256);
  writeFileSync(join(at.exportsDir, name), flipped(onDisk, 100));
  await expect(buffer((await at.exports.file(id, by('anna'))).body)).rejects.toThrow();
  const { items } = await at.audit.list({ target: `archive_export:${id}`, limit: 10 });
  expect(items.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    ...['archive.export_downloaded account:anna', 'archive.export_downloaded account:anna'],
    ...['archive.exported account:anna', 'archive.export_permitted account:anna'],
  ]);

  expect((await at.exports.list({ limit: 10 }, officer('anna'))).items).toHaveLength(1);
  at.later(hours(24));
  expect((await at.exports.list({ limit: 10 }, officer('anna'))).items).toEqual([]);
  await expect(at.exports.file(id, by('anna'))).rejects.toMatchObject({ code: 'archive_export.not_found' });
  await at.exports.expire();
  await until('the file is gone', () => readdirSync(at.exportsDir).length === 0);
  expect(await at.rows('archive_export')).toMatchObject([{ sealed_key: null }]);
});

test('S11 whoever sees only a line of the company takes nothing away; without its record no export begins', async () => {
  await fewMessages();
  const seller = aViewer(['sales'], { kind: 'account', id: 'carl', staffId: 'staff-1', hasSuperior: true });
  await expect(at.exports.start({ reason: 'case 12' }, { viewer: seller, address: '' })).rejects.toMatchObject({
    code: 'archive_export.reach',
  });
  jest.spyOn(at.evidence, 'append').mockRejectedValue(new Error('no room'));
  await expect(at.exports.start({ reason: 'case 12' }, by('anna'))).rejects.toThrow('no room');
  expect([await at.rows('archive_export'), await at.rows('run')]).toEqual([[], []]);
});
