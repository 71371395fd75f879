import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyFile } from '../../../../src/features/kernel/evidence';
import { record, sealedTrail, type Trail } from './support';

let trail: Trail;
let dir: string;
beforeEach(async () => {
  trail = await sealedTrail(30);
  dir = mkdtempSync(join(tmpdir(), 'scrm-export-'));
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await trail.close();
});

async function exported(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of trail.evidence.export(['audit'])) lines.push(line);
  return lines;
}

const check = (lines: string[]) => {
  const file = join(dir, 'trail.jsonl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return verifyFile(file);
};

test('S16 A3: an export is checked without a database', async () => {
  await trail.evidence.anchor();
  await record(trail, 3);
  await trail.evidence.seal({ sign: true });
  const lines = await exported();
  const { keys, ...verdict } = await check(lines);
  expect(verdict).toEqual({ ok: true, checked: 33, faults: [], fault_count: 0, corp: 'wwtest0000000001' });
  const [key] = await trail.db.query<{ key_id: string }>('SELECT key_id FROM evidence_key');
  expect(keys).toEqual([key?.key_id]);
  expect(lines.join('\n')).not.toContain('private');
});

test('S16 A2: of an export every line counts: one that is gone, doubled, or differs in one letter is found', async () => {
  await trail.evidence.anchor();
  const lines = await exported();
  expect((await check(lines)).ok).toBe(true);
  const missed: string[] = [];
  for (const [i, line] of lines.entries()) {
    const without = lines.filter((_, at) => at !== i);
    if ((await check(without)).ok) missed.push(`without ${line}`);
    const place = Math.floor(line.length / 2);
    const letter = line[place] === '1' ? '2' : '1';
    const edited = `${line.slice(0, place)}${letter}${line.slice(place + 1)}`;
    if ((await check(lines.map((same, at) => (at === i ? edited : same)))).ok) missed.push(`edited ${line}`);
  }
  expect(missed).toEqual([]);
  expect((await check(lines.slice(0, -1))).faults).toMatchObject([{ kind: 'tail_missing' }]);
  expect((await check([...lines, ...lines.slice(-1)])).faults).toMatchObject([{ kind: 'unreadable' }]);
  expect((await check([])).ok).toBe(false);
});

test('S16: an export of nothing is an export too', async () => {
  const { db, evidence, anchors } = trail;
  for (const table of ['evidence_link', 'evidence_checkpoint', 'audit_event']) await db.execute(`DELETE FROM ${table}`);
  await anchors.forget();
  expect((await evidence.verify()).ok).toBe(true);
  expect(await check(await exported())).toMatchObject({ ok: true, checked: 0 });
});

test('A3: anchors are added to a file of the day; what a writer left half-written goes', async () => {
  const { evidence, anchors } = trail;
  await evidence.anchor();
  const [name] = anchors.files();
  writeFileSync(name ?? '', `${readFileSync(name ?? '', 'utf8')}{"corp":"ww`);
  expect(await evidence.verify()).toMatchObject({ ok: true, anchors: 1 });
  await evidence.anchor();
  expect(anchors.read()).toHaveLength(2);
  expect(await evidence.verify()).toMatchObject({ ok: true, anchors: 2 });
  const [first, second] = anchors.read().map((line) => JSON.parse(line));
  expect(Object.keys(first)).toEqual('corp n link count prev_anchor made_at key_id public_key sig'.split(' '));
  expect([first.count, second.count]).toEqual([30, 0]);
});
