import { createLogger } from 'winston';
import { systemClock } from '../../src/core/clock';
import { zeroSeq } from '../../src/core/seq';
import { firstKeys, Vault } from '../../src/core/vault';
import { createDataSource } from '../../src/db/data-source';
import { Database, type Value } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import { createConversationViews, createMessageReader } from '../../src/features/archive/conversations';
import { createConversationStore, openedMessage } from '../../src/features/archive/conversations/conversations.store';
import { createMessageSearch, createSearchIndex } from '../../src/features/archive/search';
import { createAuditService } from '../../src/features/kernel/audit';
import { createScopes } from '../../src/features/kernel/scope';
import { type Viewer, viewerOf } from '../../src/http/permissions';
import { parseMessage } from '../../src/wecom/archive/messages';
import { quantile } from '../lib/callback-sender';
import { type Bench, type BenchGround, type Figure, median } from './figures';
import { insertRaw, migrateEmpty } from './raw-insert';
import { chineseText, type Terms } from './search-text';

const corp = 'wwbench000000001';
const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');
const most = { SQLite: 30, MariaDB: 100 };
const leastRatio = 50;
const [staff, customersOfEach, inLine] = [500, 40, 25];
const perTransaction = 1000;
const plainTable = 'bench_plain';

/** AR8: how fast words are found among many messages, against LIKE over a copy of their texts. */
export const search: Bench = {
  name: 'search',
  about: 'two-character words found among 1,000,000 messages, against LIKE over a plain copy',
  run: (ground) => ground.freshDatabase((url) => measure(ground, url)),
};

async function measure(ground: BenchGround, url: string): Promise<Figure[]> {
  const messages = ground.quick ? 100_000 : 1_000_000;
  await migrateEmpty(url);
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  try {
    const parts = partsOf(db);
    const filled = await fill({ db, url, parts, messages });
    return [...filled.figures(ground), ...(await searches(ground, { db, parts, messages, terms: filled.terms }))];
  } finally {
    await source.destroy();
  }
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(db: Database) {
  const vault = new Vault(masterKey, corp, firstKeys(masterKey, corp));
  const logger = createLogger({ silent: true });
  const reader = createMessageReader({ db, vault });
  const index = createSearchIndex({ db, vault, logger, reader, isKept: true, moreTexts: async () => new Map() });
  const evidence = { append: async () => undefined, sealed: async () => new Set<number>() };
  const audit = createAuditService({ db, clock: systemClock, evidence });
  const media = { of: async () => () => undefined };
  const views = createConversationViews({ db, scopes: createScopes(db), audit, reader, media });
  const deps = { db, reader, views, index };
  return {
    index,
    store: createConversationStore({ db, vault }),
    search: createMessageSearch({ ...deps, audit }),
    /** To tell finding from recording, which is a write to disk. */
    unrecorded: createMessageSearch({ ...deps, audit: { record: async () => undefined } }),
  };
}

interface Filling {
  db: Database;
  url: string;
  parts: Parts;
  messages: number;
}

/** A message a minute; the words of everyday with the frequencies of everyday. */
const sentAt = (id: number): number => Date.UTC(2024, 0, 1) + id * 60_000;

async function fill({ db, url, parts: { store, index }, messages }: Filling) {
  const text = chineseText();
  await addPeople(url);
  await db.query(`CREATE TABLE ${plainTable} (id bigint PRIMARY KEY, plain text NOT NULL)`);
  const spent = { storing: 0, indexing: 0 };
  for (let from = 1, batch = 1; from <= messages; from += perTransaction, batch++) {
    const opened = Array.from({ length: Math.min(perTransaction, messages - from + 1) }, (_, i) =>
      messageOf(from + i, text.next()),
    );
    let began = performance.now();
    const write = index.sink(opened);
    spent.indexing += performance.now() - began;
    await db.transact(async () => {
      began = performance.now();
      await store.add(opened, batch);
      spent.storing += performance.now() - began;
      began = performance.now();
      await write();
      spent.indexing += performance.now() - began;
    });
    const rows = opened.map(({ id, plain }) => [id, plain]);
    await insertRaw(url, [{ table: plainTable, columns: ['id', 'plain'], rows }]);
  }
  const rate = messages / (spent.indexing / 1000);
  const baseline = { name: 'storing them', value: messages / (spent.storing / 1000) };
  return {
    terms: text.terms(),
    figures: ({ on }: BenchGround): Figure[] => [
      {
        ...{ name: `messages indexed, of ${messages}`, on, value: rate, unit: 'messages/s' },
        baseline: { ...baseline, ratio: rate / baseline.value },
      },
    ],
  };
}

function messageOf(id: number, content: string) {
  const member = id % staff;
  const people = { from: `staff${member}`, tolist: [customerOf(member, Math.floor(id / staff) % customersOfEach)] };
  const plain = JSON.stringify({
    ...{ msgid: `bench${id}`, action: 'send', ...people, msgtime: sentAt(id), msgtype: 'text', text: { content } },
  });
  const message = parseMessage(plain);
  if (!message) throw new Error('not a message');
  const seq = zeroSeq.slice(0, -10) + String(id).padStart(10, '0');
  return openedMessage({ id, seq, receivedAt: new Date(sentAt(id)) }, plain, message);
}

const customerOf = (member: number, n: number): string => `wm${String(member * 1000 + n).padStart(30, '0')}`;

async function addPeople(url: string): Promise<void> {
  const at = '2024-01-01 00:00:00.000';
  const columns = 'id userid userid_key name status direct_leaders follows_external created_at updated_at'.split(' ');
  const ids = Array.from({ length: staff }, (_, n) => n);
  await insertRaw(url, [
    {
      ...{ table: 'staff', columns },
      rows: ids.map((n) => [`s${n}`, `staff${n}`, `staff${n}`, `Member ${n}`, 'active', '[]', 1, at, at]),
    },
    {
      ...{ table: 'reporting_reach', columns: ['superior_id', 'staff_id', 'until'] },
      rows: ids.slice(0, inLine).map((n) => ['boss', `s${n}`, null]),
    },
  ]);
}

interface Searching {
  db: Database;
  parts: Parts;
  messages: number;
  terms: Terms;
}

const viewer = (role: 'compliance_officer' | 'sales_manager', staffId: string | null): Viewer =>
  viewerOf({ kind: 'token', id: 'bench', name: 'bench', roles: [role], staffId, hasSuperior: true });

async function searches(ground: BenchGround, { db, parts, messages, terms }: Searching): Promise<Figure[]> {
  if (!(await parts.index.isReady())) throw new Error('the index does not answer');
  const [company, line] = [viewer('compliance_officer', null), viewer('sales_manager', 'boss')];
  const month = {
    from: new Date(sentAt(messages * 0.5)).toISOString(),
    to: new Date(sentAt(messages * 0.54)).toISOString(),
  };
  const ask = (words: string[], who: Viewer, more: object = {}) =>
    words.map((q) => () => parts.search.find({ q, limit: 50, ...more }, { viewer: who, address: '' }));
  const figures: Figure[] = [];
  for (const [name, asked] of [
    ['frequent words, whole company', ask(terms.frequent, company)],
    ['frequent words, one line', ask(terms.frequent, line)],
    ['frequent words, a month in the middle, one line', ask(terms.frequent, line, month)],
    ['everyday words, whole company', ask(terms.everyday, company)],
    ['everyday words, one line', ask(terms.everyday, line)],
    ['rare words, one line', ask(terms.rare, line)],
    ['phrases of four characters, whole company', ask(terms.phrases, company)],
  ] as const) {
    figures.push(await figureOf(ground, `${name}, p95 of ${messages}`, asked));
  }
  return [...figures, await againstLike(ground, { db, parts, messages, terms })];
}

async function figureOf(
  { on }: BenchGround,
  name: string,
  asked: readonly (() => Promise<unknown>)[],
): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (const one of asked) {
      const ms = await timed(one);
      // The first round warms up.
      if (round > 0) times.push(ms);
    }
  }
  const value = quantile(times, 0.95);
  return { name, on, value, unit: 'ms', target: { text: `≤ ${most[on]} ms`, met: value <= most[on] } };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Rare words by the index, and by LIKE over the plain copy, in turns. */
async function againstLike({ on }: BenchGround, { db, parts, messages, terms }: Searching): Promise<Figure> {
  const [ours, like]: [number[], number[]] = [[], []];
  const company = viewer('compliance_officer', null);
  const sql = `SELECT id FROM ${plainTable} WHERE plain LIKE ? ORDER BY id DESC LIMIT 50`;
  for (const q of terms.rare.slice(0, 10)) {
    let found = 0;
    const byIndex = async () => {
      found = (await parts.unrecorded.find({ q, limit: 50 }, { viewer: company, address: '' })).items.length;
    };
    await byIndex();
    ours.push(await timed(byIndex));
    const params: Value[] = [`%${q}%`];
    let rows: object[] = [];
    like.push(
      await timed(async () => {
        rows = await db.query(sql, params);
      }),
    );
    if (rows.length !== found) throw new Error(`${q}: ${found} by the index, ${rows.length} by LIKE`);
  }
  const [value, base] = [median(ours), median(like)];
  const ratio = base / value;
  return {
    ...{ name: `rare words found, without recording, of ${messages}`, on, value, unit: 'ms', rounds: ours },
    baseline: { name: 'LIKE over a plain copy', value: base, ratio: value / base },
    target: { text: `≥ ${leastRatio} × faster than LIKE (${Math.round(ratio)} ×)`, met: ratio >= leastRatio },
  };
}
