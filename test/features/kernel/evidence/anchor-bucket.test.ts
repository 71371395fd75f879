import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createObjectStore, type ObjectStore } from '../../../../src/core/object-store';
import { auditFeature, createAuditRecorder } from '../../../../src/features/kernel/audit';
import {
  type AnchorStore,
  createAnchorBucket,
  createWitnessedAnchors,
  evidenceFeature,
} from '../../../../src/features/kernel/evidence';
import type { AnchorWitness } from '../../../../src/features/kernel/evidence/anchor-witnesses';
import { parseAnchor } from '../../../../src/features/kernel/evidence/anchors';
import { jobEntities } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';
import { corpAtTest, evidenceAt } from '../../../support/evidence';
import { type FakeS3, startS3 } from '../../../support/s3';
import { movableClock } from '../support';
import { dropTriggers } from './support';

const clock = movableClock();
let s3: FakeS3;
let objects: ObjectStore;
/** Does not wait long. */
let hasty: ObjectStore;
let trail: Awaited<ReturnType<typeof openTrail>>;
beforeAll(async () => {
  s3 = await startS3({ pageSize: 2 });
  objects = createObjectStore({ url: s3.url(), deployment: corpAtTest });
  hasty = createObjectStore({ url: s3.url(), deployment: corpAtTest, timeoutMs: 600 });
});
beforeEach(async () => {
  trail = await openTrail();
});
afterEach(async () => {
  await trail.close();
  s3.be('well');
  s3.objects.clear();
});
afterAll(async () => {
  await Promise.all([objects.close(), hasty.close()]);
  await s3.stop();
});

/** A trail whose anchors are witnessed by the bucket, and by whom else is named. */
async function openTrail(store: ObjectStore = objects, others: AnchorWitness[] = []) {
  const entities = [...auditFeature.entities, ...evidenceFeature.entities, ...jobEntities];
  const { db, close } = await openTestDatabase(entities, clock);
  const errors: object[] = [];
  const logger = { error: (text: string, about: object) => void errors.push({ text, ...about }) };
  const anchorsOver = (folder: AnchorStore) =>
    createWitnessedAnchors({ folder, witnesses: [...others, createAnchorBucket(store)], logger: logger as never });
  const { evidence, anchors, dropAnchors } = evidenceAt(db, clock, { anchorsOver });
  const audit = createAuditRecorder({ db, clock, evidence });
  return {
    db,
    evidence,
    anchors,
    errors,
    /** One event more, and an anchor over it. */
    async anchor(): Promise<void> {
      await audit.record({ actor: 'host', action: 'test.done', target: 'test:1', result: 'ok' });
      await evidence.seal({ sign: true });
      clock.advance(60_000);
      await evidence.anchor();
    },
    async close(): Promise<void> {
      await close();
      dropAnchors();
    },
  };
}

async function reopened(store: ObjectStore): Promise<typeof trail> {
  await trail.close();
  return openTrail(store);
}

/** Whoever has the database and the folder: the last events and everything that speaks of them. */
async function cutTail({ db, anchors }: typeof trail, after: number, linesLeft: number): Promise<void> {
  const lines = anchors.read();
  await dropTriggers(db);
  await db.execute('DELETE FROM evidence_checkpoint WHERE n > ?', [after]);
  await db.execute('DELETE FROM evidence_link WHERE n > ?', [after]);
  await db.execute('DELETE FROM audit_event WHERE id > ?', [after]);
  if (linesLeft > 0) anchors.write(lines.slice(0, linesLeft));
  else await anchors.forget();
}

const names = () => [...s3.objects.keys()].sort();

test('S16 A3 each anchor is an object of its own, to the letter, in the order they were made', async () => {
  for (let n = 0; n < 5; n++) await trail.anchor();
  expect([...names().map((name) => String(s3.objects.get(name)))]).toEqual(
    trail.anchors.read().map((line) => `${line}\n`),
  );
  expect(names()[0]).toMatch(
    /^scrm-witness\/wwtest0000000001\/anchors\/0000000000000001-20260302\d{9}-[0-9a-f]{64}\.json$/,
  );
  expect(await trail.evidence.verify()).toMatchObject({
    ok: true,
    anchors: 5,
    witnesses: [{ name: 's3', anchors: 5 }],
  });
  expect(await trail.evidence.status()).toMatchObject({ anchors_on_same_disk: false, witnesses_behind: [] });
});

test.each(['down', 'refusing', 'silent'] as const)(
  'S16 a bucket that is %s stops nothing; the next anchor makes up for what it missed',
  async (mood) => {
    if (mood === 'silent') trail = await reopened(hasty);
    await trail.anchor();
    s3.be(mood);
    for (let n = 0; n < 2; n++) await trail.anchor();
    expect(trail.anchors.read()).toHaveLength(3);
    expect(trail.errors).toHaveLength(2);
    expect(trail.errors[0]).toMatchObject({
      text: 'an anchor of the audit trail did not reach a witness',
      witness: 's3',
    });
    expect(await trail.evidence.status()).toMatchObject({ anchors_on_same_disk: null, witnesses_behind: ['s3'] });
    // Compared with the folder alone, and the verdict says so.
    expect(await trail.evidence.verify()).toMatchObject({
      ok: true,
      anchors: 3,
      witnesses: [{ name: 's3', anchors: null }],
    });
    expect(trail.errors.at(-1)).toMatchObject({ text: 'a witness of the audit trail could not be asked' });

    s3.be('well');
    await trail.anchor();
    expect(names()).toHaveLength(4);
    expect(await trail.evidence.verify()).toMatchObject({ ok: true, witnesses: [{ anchors: 4 }] });
    expect((await trail.evidence.status()).witnesses_behind).toEqual([]);
  },
);

test('S16 A3 the tail cut off together with the folder, or its last lines, is found by the copy in the bucket', async () => {
  for (let n = 0; n < 4; n++) await trail.anchor();
  await cutTail(trail, 2, 2);
  const { ok, faults } = await trail.evidence.verify();
  expect(ok).toBe(false);
  expect(faults.map(({ kind, n }) => `${kind} ${n}`)).toEqual([
    'anchor_missing 3',
    'anchor_missing 4',
    'tail_missing 3',
    'tail_missing 4',
  ]);
  await trail.anchors.forget();
  const emptied = (await trail.evidence.verify()).faults.map(({ kind }) => kind);
  expect(emptied.filter((kind) => kind === 'anchor_missing')).toHaveLength(4);
  expect(emptied).toContain('tail_missing');
  // Gone on from as if nothing had been: the copies name other links.
  for (let n = 0; n < 3; n++) await trail.anchor();
  expect((await trail.evidence.verify()).faults.map(({ kind }) => kind)).toContain('rebuilt');
  // Without the bucket nothing would tell.
  s3.objects.clear();
  expect(await trail.evidence.verify()).toMatchObject({ ok: true, faults: [] });
});

test('S16 A3 an object that was changed, and an anchor that was changed in the folder, are found', async () => {
  for (let n = 0; n < 3; n++) await trail.anchor();
  const [first = ''] = names();
  const text = String(s3.objects.get(first));
  const kinds = async () => (await trail.evidence.verify()).faults.map(({ kind }) => kind);
  for (const changed of [text.replace('"n":1', '"n":2'), '', 'x'.repeat(100_000), text.trimEnd().replace('{', '{ ')]) {
    s3.objects.set(first, Buffer.from(changed));
    expect(await kinds()).toEqual(['copy_changed']);
  }
  s3.objects.set(first, Buffer.from(text));
  expect(await kinds()).toEqual([]);
  const [line = '', ...rest] = trail.anchors.read();
  trail.anchors.write([line.replace('"count":1', '"count":2'), ...rest]);
  expect(await kinds()).toContain('anchor_missing');
});

test('S16 a folder that was filled before there was a bucket is put there with the next anchor', async () => {
  s3.be('down');
  for (let n = 0; n < 6; n++) await trail.anchor();
  s3.be('well');
  s3.asked.length = 0;
  await trail.anchor();
  expect(names()).toHaveLength(7);
  s3.asked.length = 0;
  await trail.anchor();
  expect(s3.asked.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
});

test('S16 a lost folder comes back from the bucket: its objects in the order of their names', async () => {
  for (let n = 0; n < 5; n++) await trail.anchor();
  await trail.anchors.forget();
  const file = join(trail.anchors.dir, 'anchors-2026-03-02.jsonl');
  writeFileSync(file, Buffer.concat(names().map((name) => s3.objects.get(name) ?? Buffer.of())));
  expect(await trail.evidence.verify()).toMatchObject({ ok: true, anchors: 5 });
  await trail.anchor();
  expect(await trail.evidence.verify()).toMatchObject({ ok: true, anchors: 6, witnesses: [{ anchors: 6 }] });
});

test('S10 S16 two companies in one bucket: neither reads, nor misses, an anchor of the other', async () => {
  const store = createObjectStore({ url: s3.url(), deployment: 'wwother000000001' });
  const other = await openTrail(store);
  await trail.anchor();
  for (let n = 0; n < 2; n++) await other.anchor();
  expect(await trail.evidence.verify()).toMatchObject({ ok: true, witnesses: [{ anchors: 1 }] });
  expect(await other.evidence.verify()).toMatchObject({ ok: true, witnesses: [{ anchors: 2 }] });
  expect(names().map((name) => name.split('/')[1])).toEqual(
    [corpAtTest, 'wwother000000001', 'wwother000000001'].sort(),
  );
  await other.close();
  await store.close();
});

test('S16 witnesses stand beside each other: one that fails keeps nothing from the other', async () => {
  const told: string[] = [];
  const deaf: AnchorWitness = { name: 'deaf', keep: () => Promise.reject(new Error('not today')) };
  const keen: AnchorWitness = { name: 'keen', keep: async (lines) => void told.push(lines.at(-1)?.text ?? '') };
  const both = await openTrail(objects, [deaf, keen]);
  await both.anchor();
  expect(told).toEqual(both.anchors.read());
  expect(names()).toHaveLength(1);
  expect(await both.evidence.status()).toMatchObject({ anchors_on_same_disk: false, witnesses_behind: ['deaf'] });
  expect(await both.evidence.verify()).toMatchObject({ ok: true, witnesses: [{ name: 's3', anchors: 1 }] });
  await both.close();
});

test('S16 an anchor that is made while witnesses are asked is missed by nobody', async () => {
  const late: AnchorWitness = {
    name: 'late',
    keep: async () => undefined,
    async copies() {
      await busy.anchor();
      const lines = busy.anchors.read();
      return lines.map((text, n) => ({ name: `anchor ${n}`, text, anchor: parseAnchor(text) }));
    },
  };
  const busy = await openTrail(objects, [late]);
  await busy.anchor();
  expect(await busy.evidence.verify()).toMatchObject({ ok: true, faults: [], anchors: 2 });
  await busy.close();
});
