import { randomBytes } from 'node:crypto';
import { createLogger } from 'winston';
import { hours } from '../../../../src/core/clock';
import { plainSeq } from '../../../../src/core/seq';
import type { Database } from '../../../../src/db/database';
import * as entities from '../../../../src/features/archive/envelopes/envelopes.entity';
import { pageStream } from '../../../../src/features/archive/envelopes/page.stream';
import { createPuller } from '../../../../src/features/archive/envelopes/pull';
import { evidenceFeature } from '../../../../src/features/kernel/evidence';
import { createLeases, jobEntities } from '../../../../src/jobs';
import { type Envelope, type Pulled, SdkFault } from '../../../../src/wecom/archive';
import { openTestDatabase } from '../../../support/database';
import { evidenceAt } from '../../../support/evidence';

/** The pretend archive: it holds what it holds, and may be told to fail. */
function archive() {
  const held: Envelope[] = [];
  const state = { oldest: 0n, code: 0, errcode: 0, calls: 0, pageSize: 1000 };
  return {
    state,
    held,
    add: (...seqs: (bigint | number)[]): void =>
      void held.push(
        ...seqs.map((seq) => ({
          ...{ seq: String(seq), msgid: `m${seq}`, publickey_ver: 1 },
          ...{
            encrypt_random_key: randomBytes(8).toString('base64'),
            encrypt_chat_msg: randomBytes(8).toString('hex'),
          },
        })),
      ),
    async pull(seq: string): Promise<Pulled> {
      state.calls++;
      if (state.code !== 0) throw new SdkFault(state.code);
      if (seq !== '0' && BigInt(seq) < state.oldest) throw new SdkFault(10010);
      const after = held.filter((e) => BigInt(e.seq) > BigInt(seq) && BigInt(e.seq) >= state.oldest);
      return { errcode: state.errcode, errmsg: '', envelopes: after.slice(0, state.pageSize) };
    },
  };
}

let db: Database;
let close: () => Promise<void>;
let wecom: ReturnType<typeof archive>;
let evidence: ReturnType<typeof evidenceAt>;
let now = new Date('2026-01-05T00:00:00.000Z');
const clock = { now: () => now };
const logger = createLogger({ silent: true });

beforeEach(async () => {
  const tables = [...Object.values(entities), ...evidenceFeature.entities, ...jobEntities];
  ({ db, close } = await openTestDatabase(tables));
  evidence = evidenceAt(db, clock, { streams: [pageStream] });
  wecom = archive();
});
afterEach(async () => {
  evidence.dropAnchors();
  await close();
});

const puller = (append = evidence.evidence.append) =>
  createPuller({ db, clock, logger, leases: createLeases({ db }), evidence: { append }, sdk: wecom });

const stored = async (): Promise<string[]> =>
  (await db.query<{ seq: string }>('SELECT seq FROM archive_envelope ORDER BY id')).map(({ seq }) => plainSeq(seq));
const rows = (table: string) => db.query(`SELECT * FROM ${table} ORDER BY id`);

test('AR1 pages are fetched until there is no more; cursor, envelopes and ledger agree', async () => {
  wecom.state.pageSize = 4;
  wecom.add(...Array.from({ length: 10 }, (_, i) => i + 1));
  expect(await puller().pullAll()).toBe(10);
  expect(await stored()).toEqual(wecom.held.map(({ seq }) => seq));
  expect((await puller().store.cursor()).lastId).toBe(10);
  expect((await rows('archive_pull')).map(({ returned }) => Number(returned))).toEqual([4, 4, 2, 0]);
  expect((await rows('archive_page')).map(({ count }) => Number(count))).toEqual([4, 4, 2]);
  wecom.add(11);
  expect(await puller().pullAll()).toBe(1);
  expect(await puller().pullAll()).toBe(0);
});

test('AR1 what fails before the commit leaves nothing; the page comes again, once', async () => {
  wecom.add(1, 2, 3);
  const dies = async () => {
    throw new Error('killed');
  };
  await expect(puller(dies).pullAll()).rejects.toThrow('killed');
  expect([await stored(), await rows('archive_pull'), (await puller().store.cursor()).lastId]).toEqual([[], [], 0]);
  expect(await puller().pullAll()).toBe(3);
  expect(await stored()).toEqual(['1', '2', '3']);
});

test('AR1 of two that fetch at once one does', async () => {
  wecom.add(...Array.from({ length: 50 }, (_, i) => i + 1));
  wecom.state.pageSize = 5;
  const outcomes = await Promise.all([puller().pullAll(), puller().pullAll()]);
  expect(outcomes.sort()).toEqual([50, null]);
  expect(await stored()).toHaveLength(50);
});

test('AR5 numbers up to 2^64 - 1 are kept, and sorted as numbers', async () => {
  wecom.add(9, 10, 2n ** 53n + 1n, 2n ** 64n - 1n);
  await puller().pullAll();
  expect(await stored()).toEqual(['9', '10', '9007199254740993', '18446744073709551615']);
  expect(plainSeq((await puller().store.cursor()).seq)).toBe('18446744073709551615');
});

test('AR4 10010 becomes a gap with both ends, and the pull goes on from the oldest record there is', async () => {
  wecom.add(1, 2, 3);
  await puller().pullAll();
  wecom.add(...Array.from({ length: 20 }, (_, i) => i + 4));
  wecom.state.oldest = 15n;
  expect(await puller().pullAll()).toBe(9);
  const [gap, ...more] = await rows('archive_gap');
  expect(more).toEqual([]);
  expect(gap).toMatchObject({ cause: 'expired' });
  expect([plainSeq(String(gap?.after_seq)), plainSeq(String(gap?.before_seq))]).toEqual(['3', '15']);
  expect(await stored()).toHaveLength(12);
});

test('AR4 a jump after five days of silence is a gap; a jump without silence is none', async () => {
  wecom.add(1, 5);
  await puller().pullAll();
  wecom.add(9);
  now = new Date(now.getTime() + hours(119));
  await puller().pullAll();
  expect(await rows('archive_gap')).toEqual([]);
  wecom.add(20);
  now = new Date(now.getTime() + hours(121));
  await puller().pullAll();
  expect(await rows('archive_gap')).toMatchObject([{ cause: 'outage' }]);
});

test('A6 questions that fail stand in the ledger with their code, and nothing moves', async () => {
  wecom.add(1);
  wecom.state.code = 10009;
  await expect(puller().pullAll()).rejects.toMatchObject({ code: 10009 });
  Object.assign(wecom.state, { code: 0, errcode: 301052 });
  await expect(puller().pullAll()).rejects.toMatchObject({ code: 301052 });
  expect((await rows('archive_pull')).map(({ code }) => Number(code))).toEqual([10009, 301052]);
  wecom.state.errcode = 0;
  expect(await puller().pullAll()).toBe(1);
});

test('A17 the same number with another content is kept beside the first, and nothing loops', async () => {
  wecom.add(1, 2);
  await puller().pullAll();
  const first = await rows('archive_envelope');
  wecom.held.length = 0;
  wecom.add(1, 2, 3);
  // A pull from before: as after a restore from a backup.
  await db.execute("UPDATE archive_cursor SET seq = '00000000000000000000'");
  await puller().pullAll();
  expect((await rows('archive_envelope')).slice(0, 2)).toEqual(first);
  expect((await rows('archive_conflict')).map(({ seq }) => plainSeq(String(seq)))).toEqual(['1', '2']);
  expect(await stored()).toEqual(['1', '2', '3']);
});

test('a WeCom that repeats what we have is not asked for ever', async () => {
  wecom.add(1, 2, 3);
  await puller().pullAll();
  jest.spyOn(wecom, 'pull').mockResolvedValue({ errcode: 0, errmsg: '', envelopes: wecom.held });
  expect(await puller().pullAll()).toBe(3);
  expect(await stored()).toHaveLength(3);
});

test('A1, A2 pages are linked into the chain; the database refuses to change an envelope', async () => {
  wecom.add(1, 2);
  await puller().pullAll();
  expect(await evidence.evidence.seal()).toBe(1);
  expect(await evidence.evidence.verify()).toMatchObject({ ok: true });
  await expect(db.execute("UPDATE archive_envelope SET msgid = 'x'")).rejects.toThrow('insert-only');
  await expect(db.execute('DELETE FROM archive_page')).rejects.toThrow('insert-only');
});
