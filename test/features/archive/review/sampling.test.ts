import { days, hours, minutes } from '../../../../src/core/clock';
import { insertRows } from '../../../../src/db/bulk';
import type { Database } from '../../../../src/db/database';
import { conversationsFeature } from '../../../../src/features/archive/conversations';
import { createSupervisedReview, reviewFeature } from '../../../../src/features/archive/review';
import { drawSample, hashOfSeed, periodAround } from '../../../../src/features/archive/review/sampling';
import { auditFeature, createAuditService } from '../../../../src/features/kernel/audit';
import { evidenceFeature } from '../../../../src/features/kernel/evidence';
import { createScopes } from '../../../../src/features/kernel/scope';
import { createJobQueue, jobEntities } from '../../../../src/jobs';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';
import { aViewer } from '../../../support/viewers';
import { movableClock, testVault } from '../../kernel/support';
import { outsider, say } from '../said';

const rules = { percent: 10, second_line_percent: 0 };

describe('A14 the draw', () => {
  const population = Array.from({ length: 1000 }, (_, i) => ({ id: i + 1, userid: i % 4 === 0 ? 'chen' : 'sun' }));
  const draw = { seed: 'a seed', rules, newcomers: new Set<string>() };
  const by = (ids: number[], userid: string) => ids.filter((id) => population[id - 1]?.userid === userid).length;

  test('the same seed gives the same sample, in whatever order the messages come; another seed another', () => {
    const drawn = drawSample(population, draw);
    expect(drawSample([...population].reverse(), draw)).toEqual(drawn);
    expect(drawSample(population, { ...draw, seed: 'another' })).not.toEqual(drawn);
    expect([by(drawn, 'chen'), by(drawn, 'sun')]).toEqual([25, 75]);
  });

  test('whoever is new or named is drawn at the higher rate; a share is rounded up, none is none', () => {
    const stratified = { ...rules, new_staff: { percent: 20, days: 30 }, named: { percent: 40, userids: ['sun'] } };
    const drawn = drawSample(population, { ...draw, rules: stratified, newcomers: new Set(['chen', 'sun']) });
    expect([by(drawn, 'chen'), by(drawn, 'sun')]).toEqual([50, 300]);
    expect(drawSample(population.slice(0, 3), draw)).toHaveLength(2);
    expect(drawSample(population, { ...draw, rules: { ...rules, percent: 0 } })).toEqual([]);
    expect(drawSample(population, { ...draw, rules: { ...rules, percent: 100 } })).toHaveLength(1000);
  });

  test('everybody has the same chance: over many seeds every message is drawn about as often', () => {
    const times = new Map<number, number>();
    for (let seed = 0; seed < 400; seed++) {
      for (const id of drawSample(population.slice(0, 100), { ...draw, seed: `seed ${seed}` })) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    const counts = [...times.values()];
    // 11 of 100 are drawn: 44 times each of 400, with a deviation of about 6.
    expect([times.size, Math.min(...counts) > 15, Math.max(...counts) < 75]).toEqual([100, true, true]);
  });

  test('periods are calendar periods of Shanghai', () => {
    const at = new Date('2026-02-28T17:00:00.000Z');
    const text = (period: 'day' | 'week' | 'month') =>
      Object.values(periodAround(period, at)).map((one) => one.toISOString());
    expect(text('day')).toEqual(['2026-02-28T16:00:00.000Z', '2026-03-01T16:00:00.000Z']);
    expect(text('week')).toEqual(['2026-02-22T16:00:00.000Z', '2026-03-01T16:00:00.000Z']);
    expect(text('month')).toEqual(['2026-02-28T16:00:00.000Z', '2026-03-31T16:00:00.000Z']);
  });
});

describe('A14 a sample', () => {
  const clock = movableClock();
  let db: Database;
  let reviews: ReturnType<typeof createSupervisedReview>;
  let audit: ReturnType<typeof createAuditService>;
  let close: () => Promise<void>;
  const by = { viewer: aViewer(['compliance_officer']), address: '127.0.0.1' };

  beforeAll(async () => {
    const features = [conversationsFeature, reviewFeature, auditFeature, evidenceFeature];
    const opened = await openTestDatabase([...features.flatMap(({ entities }) => entities), ...jobEntities], clock);
    db = opened.db;
    const { evidence, dropAnchors } = evidenceAt(db, clock);
    close = () => opened.close().finally(dropAnchors);
    audit = createAuditService({ db, clock, evidence });
    const vault = testVault();
    const columns = ['id', 'userid', 'userid_key', 'status', 'direct_leaders', 'created_at', 'updated_at'];
    const known = new Date('2020-01-01T00:00:00.000Z');
    const staff = (userid: string, since: Date) => [userid, userid, userid, 'active', '[]', since, since];
    await insertRows(db, { table: 'staff', columns }, [staff('chen', known), staff('sun', clock.now())]);
    const at = (n: number) => new Date(clock.now().getTime() + minutes(n));
    const chat = (from: string, n: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ from, to: [outsider(n)], at: at(i) }));
    await say({ db, vault, evidence }, [
      ...chat('chen', 1, 20),
      ...chat('sun', 2, 20),
      { from: outsider(1), to: ['chen'], at: at(1) },
      { from: 'chen', to: ['sun'], at: at(2) },
      { from: 'chen', to: [outsider(1)], at: new Date(clock.now().getTime() + days(1)) },
    ]);
    const conversations = { within: async () => null } as never;
    reviews = createSupervisedReview({
      ...{ db, vault, audit, evidence, conversations, queue: createJobQueue({ db }), scopes: createScopes(db) },
      hits: { found: async () => [], of: async () => [] },
    });
  });
  afterAll(() => close());

  test('the hash of the seed is public before the period ends, the seed after, and the draw can be repeated', async () => {
    const stratified = { ...rules, new_staff: { percent: 50, days: 30 } };
    await reviews.profiles.create({ name: '日常抽查', period: 'day', rules: stratified, active: true }, by);
    await reviews.samples.tick();
    const [before] = (await reviews.samples.list({ limit: 50 })).items;
    expect(before).toMatchObject({ seed: null, drawn_at: null, drawn: null });
    expect(Date.parse(before?.committed_at ?? '')).toBeLessThan(Date.parse(before?.ends_at ?? ''));
    expect(JSON.stringify(await db.query('SELECT * FROM audit_event'))).toContain(before?.seed_hash);
    await reviews.samples.tick();
    clock.advance(days(1) + hours(7));
    await reviews.samples.tick();
    await reviews.samples.tick();
    const samples = (await reviews.samples.list({ limit: 50 })).items;
    const told = samples.find(({ id }) => id === before?.id);
    expect(told).toMatchObject({ population: 40, drawn: 12, seed_hash: before?.seed_hash });
    expect(hashOfSeed(told?.seed ?? '')).toBe(before?.seed_hash);
    const items = (await reviews.list({ limit: 200 }, by.viewer)).items;
    const again = drawSample(
      Array.from({ length: 40 }, (_, i) => ({ id: i + 1, userid: i < 20 ? 'chen' : 'sun' })),
      { seed: told?.seed ?? '', rules: stratified, newcomers: new Set(['sun']) },
    );
    expect(items.map(({ message_id }) => Number(message_id)).sort((a, b) => a - b)).toEqual(again);
    expect(items.every(({ queue, state }) => queue === 'sample' && state === 'unreviewed')).toBe(true);
  });

  test('the seed is nowhere to be read before it is told', async () => {
    const open = await db.query<{ seed: string | null; sealed: string | null }>(
      'SELECT seed, sealed FROM archive_sample WHERE drawn_at IS NULL',
    );
    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({ seed: null, sealed: expect.stringMatching(/^v\d+\./) });
    expect(await db.query('SELECT 1 FROM archive_sample WHERE drawn_at IS NOT NULL AND sealed IS NOT NULL')).toEqual(
      [],
    );
  });
});
