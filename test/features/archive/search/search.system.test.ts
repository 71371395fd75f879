import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveAtTest, type Said } from '../../../support/archived';
import { useSystem } from '../../../support/system';

const system = useSystem();
let say: (messages: readonly Said[]) => Promise<number[]>;
beforeAll(() => {
  const { db, vault, services } = system.at.system;
  say = archiveAtTest({ db, vault, sinks: [services.searchIndex.sink, services.wordScan.sink] }).say;
});

const found = async (query: string): Promise<number[]> =>
  (await system.at.api.get(`messages?${query}`)).body.items.map(({ id }: { id: string }) => Number(id));
const q = (text: string): string => `q=${encodeURIComponent(text)}`;

test('S13 A13 what was said is found, and stands nowhere in the database in plain', async () => {
  const { at } = system;
  const [id] = await say([{ text: '紫色长颈鹿的报价' }]);
  // The files as they are before anybody looks for it: what is looked for is recorded in plain.
  const files = ['scrm.db', 'scrm.db-wal'].map((name) => join(at.dataDir, name)).filter((file) => existsSync(file));
  for (const file of files) expect(readFileSync(file).includes('长颈')).toBe(false);
  if (at.db.dialect === 'mysql') {
    const rows = await at.db.query('SELECT * FROM archive_index');
    expect(JSON.stringify([rows, await at.db.query('SELECT * FROM archive_body')])).not.toContain('长颈');
  } else expect(files).not.toEqual([]);
  expect(await found(q('长颈鹿'))).toEqual([id]);
  expect((await at.api.get('audit-events?action=archive.searched')).body.items[0]).toMatchObject({
    target: 'archive:messages',
    detail: { q: '长颈鹿', count: 1, messages: [id] },
  });
});

test('hostile input gets an answer that says why', async () => {
  const { api } = system.at;
  expect(await api.get(`messages?${q('鹿')}`)).toMatchObject({
    status: 422,
    body: { code: 'SEARCH_TERM_TOO_SHORT' },
  });
  expect((await api.get(`messages?${q('a'.repeat(10_000))}`)).status).toBe(400);
  expect((await api.get(`messages?${q('长颈')}&cursor=nonsense`)).status).toBe(400);
  expect((await api.get('messages?nonsense=1')).status).toBe(400);
});

test('an index that was lost is built again by a run, and nothing is missed meanwhile', async () => {
  const { services, db } = system.at.system;
  const ids = (await say([{ text: '蓝色长颈鹿' }, { text: '绿色长颈鹿' }])).reverse();
  await services.searchIndex.clear();
  expect((await services.searchIndex.counts()).indexed).toBe(0);
  await services.indexRun.begin();
  await services.indexRun.begin();
  await system.at.settled();
  const { messages, indexed } = await services.searchIndex.counts();
  expect([indexed, messages]).toEqual([3, 3]);
  const { items } = await services.runs.list({ kind: 'archive-index', limit: 5 });
  expect(items.map(({ state }) => state)).toEqual(['succeeded']);
  expect((await found(q('色长颈鹿'))).slice(0, 2)).toEqual(ids);
  expect(await db.query('SELECT 1 AS one FROM archive_hit')).toEqual([]);
});

test('A10 word lists by the API: made, changed, and messages found by them, new and old', async () => {
  const { api } = system.at;
  const [old] = await say([{ text: '今晚去河边钓鱼' }]);
  const list = { name: '暗语', category: 'other', words: ['钓鱼'] };
  const made = await api.post('archive/word-lists', list);
  expect(made).toMatchObject({ status: 201, body: { name: '暗语', version: 1, enabled: true } });
  const [fresh] = await say([{ text: '明天还去钓鱼' }]);
  expect(await found(`word_list=${made.body.id}`)).toEqual([fresh]);
  const range = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
  const { status, body } = await api.post('archive/word-scan-runs', range);
  expect(status).toBe(202);
  await system.at.settled();
  expect((await api.get(`runs/${body.id}`)).body.result).toEqual({ looked_at: 5, hits: 1 });
  expect(await found(`word_list=${made.body.id}`)).toEqual([fresh, old]);
  const names = (await api.get('archive/word-lists')).body.items.map(({ name }: { name: string }) => name);
  const first = (await api.get('archive/word-lists?limit=1')).body;
  const rest = (await api.get(`archive/word-lists?cursor=${first.next_cursor}`)).body;
  expect([...first.items, ...rest.items].map(({ name }: { name: string }) => name)).toEqual(names);
  expect(names).toEqual(expect.arrayContaining(['暗语', '私下收款']));
  const actions = (await api.get('audit-events?limit=200')).body.items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(expect.arrayContaining(['word_list.created', 'word_list.scan_started']));
});
