import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256 } from '../../../../src/core/ids';
import { findMasterKey } from '../../../../src/db/open';
import { readBackup } from '../../../../src/features/kernel/backups';
import { sealChunks } from '../../../../src/features/kernel/backups/chunks';
import { wrapFileKey } from '../../../../src/features/kernel/backups/file-key';
import { headerBytes } from '../../../../src/features/kernel/backups/header';
import { createRecoveryKey, parseRecoveryKey } from '../../../../src/features/kernel/backups/recovery-key';
import { addRelation, canaries, fill, makePlace, type Place } from './support';

let place: Place;
let file: string;
let masterKey: Buffer;
beforeAll(async () => {
  place = await makePlace();
  await fill(place);
  masterKey = findMasterKey(place.config) as Buffer;
  file = (await place.backup()).file;
});
afterAll(() => place.drop());

const verify = (path: string, key = masterKey) => readBackup(path, { masterKey: key });

/** Where chunks begin, and where the file ends. */
function chunkStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  let at = 12 + bytes.readUInt32BE(8) + 32;
  for (; at < bytes.length; at += 4 + (bytes.readUInt32BE(at) & 0x7fff_ffff) + 16) starts.push(at);
  return [...starts, at];
}

async function refused(bytes: Buffer): Promise<string> {
  const path = join(place.dir, 'mutant.backup');
  writeFileSync(path, bytes);
  try {
    await verify(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'taken for whole';
}

test('O1 a backup is read to its end, with its schema, its company and what every table holds', async () => {
  const manifest = await verify(file);
  expect(manifest).toMatchObject({ program: 'test', corp_id: place.config.wecom.corpId, mode: 'sandbox' });
  expect(manifest.migrations).toContainEqual(expect.stringMatching(/^Backups/));
  const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
  expect([rows('relation'), rows('relation_history'), rows('audit_event'), rows('department')]).toEqual([
    20, 20, 20, 1,
  ]);
  expect(chunkStarts(readFileSync(file)).length).toBeGreaterThan(4);
  expect(place.files()).not.toContain('a.backup.part');
});

/** As small as a backup can be. */
async function tinyBackup(): Promise<Buffer> {
  const row = '["1"]\n';
  const table = { name: 't', columns: [{ name: 'id', kind: 'text' }], key: ['id'] };
  const marks = [
    {
      is: 'head',
      head: { program: 'x', corp_id: 'c', mode: 'live', taken_at: new Date(0), migrations: [], data_keys: [] },
    },
  ];
  const end = { is: 'end', tables: [{ name: 't', rows: 1, sha256: sha256(row) }] };
  const lines = [...marks, { is: 'table', table }].map((line) => `${JSON.stringify(line)}\n`).join('');
  const content = gzipSync(`${lines}${row}${JSON.stringify(end)}\n`);
  const key = randomBytes(32);
  const keys = { masterKey, recoveryPublicKey: createRecoveryKey().publicKey };
  const header = headerBytes({ file_id: 'f', ...wrapFileKey(key, 'f', keys) });
  const parts: Buffer[] = [header];
  const cipher = { key, digest: header.subarray(-32) };
  for await (const sealed of sealChunks(Readable.from([content]), cipher, 64)) parts.push(sealed);
  return Buffer.concat(parts);
}

test('O1, S13 every changed byte of a backup is found, and the file and the place are named', async () => {
  const silent: string[] = [];
  const tryBytes = async (bytes: Buffer, step: number) => {
    for (let at = 0; at < bytes.length; at += step) {
      const mutant = Buffer.from(bytes);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << (at % 8));
      const why = await refused(mutant);
      if (!/mutant\.backup .*(byte \d+)/.test(why)) silent.push(`${at}: ${why}`);
    }
  };
  const tiny = await tinyBackup();
  expect(await refused(tiny)).toBe('taken for whole');
  await tryBytes(tiny, 1);
  await tryBytes(readFileSync(file), 23);
  expect(silent).toEqual([]);
});

test('O1 a backup that was cut anywhere is refused, and one with something behind it', async () => {
  const bytes = readFileSync(file);
  const cuts = [0, 5, 11, 40, ...chunkStarts(bytes).flatMap((at) => [at - 1, at, at + 3])].filter(
    (n) => n < bytes.length,
  );
  for (const length of cuts) expect(await refused(bytes.subarray(0, length))).toMatch(/changed|not a backup/);
  expect(await refused(Buffer.concat([bytes, Buffer.alloc(1)]))).toMatch(`at byte ${bytes.length}`);
});

test('O1 chunks that were swapped, repeated, left out or taken from another backup are refused', async () => {
  const bytes = readFileSync(file);
  const starts = chunkStarts(bytes);
  const chunk = (of: Buffer, n: number) => of.subarray(starts[n], starts[n + 1]);
  const head = bytes.subarray(0, starts[0]);
  const chunks = starts.slice(0, -1).map((_, n) => chunk(bytes, n));
  const [first, second, ...rest] = chunks as [Buffer, Buffer, ...Buffer[]];
  const other = readFileSync((await place.backup('other.backup')).file);
  const otherStarts = chunkStarts(other);
  const foreign = other.subarray(otherStarts[0], otherStarts[1]);
  for (const made of [
    [head, second, first, ...rest],
    [head, first, first, second, ...rest],
    [head, second, ...rest],
    [head, first, second, ...rest.slice(0, -1)],
    [head, foreign, second, ...rest],
    [other.subarray(0, otherStarts[0]), ...chunks],
  ]) {
    expect(await refused(Buffer.concat(made))).toMatch(/changed or cut: it does not check at byte \d+/);
  }
});

test('O1 a cut that is dressed up as the end is refused, and so is a header that was written anew', async () => {
  const bytes = readFileSync(file);
  const starts = chunkStarts(bytes);
  const cut = Buffer.from(bytes.subarray(0, starts[2]));
  cut.writeUInt32BE((cut.readUInt32BE(starts[1]) | 0x8000_0000) >>> 0, starts[1]);
  expect(await refused(cut)).toMatch(`at byte ${starts[1]}`);

  const { format: _, ...about } = JSON.parse(bytes.subarray(12, (starts[0] ?? 0) - 32).toString());
  const recovery = { public_key: 'a', ephemeral: 'b', wrapped: 'c' };
  const forged = Buffer.concat([headerBytes({ ...about, recovery }), bytes.subarray(starts[0])]);
  expect(await refused(forged)).toMatch(/changed or cut/);
  expect(await refused(Buffer.concat([headerBytes(about), bytes.subarray(starts[0])]))).toBe('taken for whole');
});

test('O1, S14 a wrong key is told from a changed file', async () => {
  await expect(verify(file, Buffer.alloc(32, 7))).rejects.toMatchObject({
    exitCode: 7,
    message: expect.stringContaining('made under another master key'),
  });
  const { text } = createRecoveryKey();
  await expect(readBackup(file, { recoveryKey: parseRecoveryKey(text) })).rejects.toThrow(
    /before there was a recovery key/,
  );
  await expect(verify(join(place.dir, 'no such file'))).rejects.toThrow(/no backup/);
  writeFileSync(join(place.dir, 'text.backup'), 'hello');
  await expect(verify(join(place.dir, 'text.backup'))).rejects.toThrow(/not a backup/);
});

test('S14 a recovery key with a wrong letter is refused before anything is opened', () => {
  const { text } = createRecoveryKey();
  expect(parseRecoveryKey(` ${text}\n`).type).toBe('private');
  for (let at = 0; at < text.length - 1; at++) {
    const wrong = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    expect(() => parseRecoveryKey(wrong)).toThrow(/checksum/);
  }
});

test('S13 secrets and phone numbers do not stand in a backup, neither plain nor packed', async () => {
  const bytes = readFileSync(file);
  const words = [
    ...Object.values(canaries),
    'relation_history',
    place.config.wecom.corpId,
    masterKey.toString('base64'),
  ];
  expect(words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word).toString('base64')))).toEqual(
    [],
  );
  expect(() => gunzipSync(bytes.subarray(chunkStarts(bytes)[0]))).toThrow();
});

test('O1 a backup taken while rows are written at speed is of one moment', async () => {
  const stop = new AbortController();
  let written = 0;
  await place.use(async (db) => {
    const write = async () => {
      for (; !stop.signal.aborted; await nextTurn()) await addRelation(db, 1000 + written++);
    };
    const writer = write();
    try {
      const counts: number[] = [];
      for (let round = 0; round < 4; round++) {
        const before = written;
        while (written < before + 20) await nextTurn();
        const { tables } = await verify((await place.backup(`speed-${round}.backup`, 1 << 16)).file);
        const rows = (name: string) => tables.find((table) => table.name === name)?.rows ?? -1;
        expect(rows('relation')).toBe(rows('relation_history'));
        counts.push(rows('relation'));
      }
      expect(new Set(counts).size).toBe(4);
    } finally {
      stop.abort();
      await writer;
    }
  });
});
