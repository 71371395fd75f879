import { systemClock } from '../../../../src/core/clock';
import type { Database } from '../../../../src/db/database';
import { allEntities } from '../../../../src/entities';
import { createMessageReader } from '../../../../src/features/archive/conversations';
import { createWordListService, createWordScan, createWordStore } from '../../../../src/features/archive/words';
import { wordCategories } from '../../../../src/features/archive/words/words.schema';
import { createAuditService } from '../../../../src/features/kernel/audit';
import { archiveAtTest } from '../../../support/archived';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest as vault } from '../../../support/vault';
import { aViewer } from '../../../support/viewers';

let db: Database;
let close: () => Promise<void>;
let lists: ReturnType<typeof createWordListService>;
let scan: ReturnType<typeof createWordScan>;
let archive: ReturnType<typeof archiveAtTest>;
const acting = { viewer: aViewer(['compliance_officer']), address: '127.0.0.1' };
const settings = { name: '返点', category: 'rebate', enabled: true } as const;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(allEntities));
  const evidence = { append: async () => undefined, sealed: async () => new Set<number>() };
  const store = createWordStore({ db, vault });
  lists = createWordListService({ db, store, audit: createAuditService({ db, clock: systemClock, evidence }) });
  scan = createWordScan({ store });
  archive = archiveAtTest({ db, vault, sinks: [scan.sink] });
});
afterAll(() => close());

const hitsOf = async (id: number | undefined) => {
  const [stored] = await createMessageReader({ db, vault }).read([id as number]);
  if (!stored) throw new Error('no such message');
  return (await scan.hitsIn([stored])).get(stored.id) ?? [];
};
const wordsIn = async (id: number | undefined) => (await hitsOf(id)).map(({ name, word }) => `${name}: ${word}`);

describe('word lists', () => {
  it('begin with those of the product, once', async () => {
    await lists.begin();
    await lists.begin();
    const { items } = await lists.list({ limit: 50 });
    expect(items.map(({ category }) => category).sort()).toEqual(
      wordCategories.filter((category) => category !== 'other').sort(),
    );
    const [id] = await archive.say([{ text: '这笔你私下转账就行，不开发票' }]);
    expect(await wordsIn(id)).toEqual(['私下收款: 私下转账', '飞单与账外: 不开发票']);
  });

  it('EXT-13 are paged by name, without gap or repeat', async () => {
    const names = async () => (await lists.list({ limit: 200 })).items.map(({ id }) => id);
    for (const name of ['页乙', '页甲', '页甲']) await lists.create({ ...settings, name, words: ['词'] }, acting);
    const whole = await names();
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await lists.list({ limit: 2, cursor: cursor ?? undefined });
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(whole);
    expect(whole.length).toBeGreaterThan(4);
    const cursor = Buffer.from('["nowhere"]').toString('base64url');
    await expect(lists.list({ limit: 2, cursor })).rejects.toMatchObject({ code: 'paging.bad_cursor' });
  });

  it('A10 a changed list holds for the next message, in a process that did not change it, and only for that', async () => {
    const [before] = await archive.say([{ text: '给你两个点的秘密红包' }]);
    const made = await lists.create({ ...settings, words: ['秘密红包', '秘密红包', '两个点'] }, acting);
    expect(made).toMatchObject({ words: ['秘密红包', '两个点'], version: 1 });
    const [after] = await archive.say([{ text: '给你两个点的秘密红包' }]);
    expect(await wordsIn(before)).toEqual([]);
    expect((await wordsIn(after)).sort()).toEqual(['返点: 两个点', '返点: 秘密红包']);

    await lists.change(made.id, { ...settings, words: ['暗号'], version: 1 }, acting);
    const [later] = await archive.say([{ text: '秘密红包的暗号' }]);
    expect(await wordsIn(later)).toEqual(['返点: 暗号']);
    // What was found before still tells the word it was found by.
    expect((await wordsIn(after)).sort()).toEqual(['返点: 两个点', '返点: 秘密红包']);
    expect((await lists.versions(made.id)).items).toMatchObject([
      { version: 2, words: ['暗号'], actor: expect.any(String) },
      { version: 1, words: ['秘密红包', '两个点'] },
    ]);

    await lists.change(made.id, { ...settings, enabled: false, words: ['暗号'], version: 2 }, acting);
    const [last] = await archive.say([{ text: '还是这个暗号' }]);
    expect(await wordsIn(last)).toEqual([]);
  });

  it('two who change a list at once do not overwrite each other; an unknown list is told', async () => {
    const made = await lists.create({ ...settings, name: '并发', words: ['一二三'] }, acting);
    await lists.change(made.id, { ...settings, words: ['四五六'], version: 1 }, acting);
    await expect(lists.change(made.id, { ...settings, words: ['七八九'], version: 1 }, acting)).rejects.toMatchObject({
      code: 'word_list.version_conflict',
    });
    await expect(lists.versions('nowhere')).rejects.toMatchObject({ code: 'word_list.not_found' });
    await expect(lists.get('nowhere')).rejects.toMatchObject({ code: 'word_list.not_found' });
    expect((await lists.get(made.id)).words).toEqual(['四五六']);
  });

  it('S13 S16 their words are sealed, and the trail names none of them', async () => {
    await lists.create({ ...settings, name: '密', words: ['绝密词语'] }, acting);
    const versions = await db.query('SELECT * FROM archive_word_list_version');
    const events = await db.query<{ action: string }>("SELECT * FROM audit_event WHERE action LIKE 'word_list.%'");
    expect(JSON.stringify([versions, events])).not.toContain('绝密词语');
    expect(events.length).toBeGreaterThan(0);
  });
});

describe('hits', () => {
  it('tell where the word stands in what is nested, whatever it is written like', async () => {
    const item = (content: string) => ({ type: 'ChatRecordText', content: JSON.stringify({ content }) });
    const payload = { title: '聊天记录', item: [item('没什么'), item('他要回扣，回扣呀')] };
    const [nested, wide] = await archive.say([{ type: 'chatrecord', payload }, { text: '不走合同😀飞单' }]);
    expect(await hitsOf(nested)).toMatchObject([
      { word: '回扣', path: 'item[1]', from: 2, to: 4 },
      { word: '回扣', path: 'item[1]', from: 5, to: 7 },
    ]);
    expect((await hitsOf(wide)).map(({ word, from, to }) => [word, from, to])).toEqual(
      expect.arrayContaining([
        ['不走合同', 0, 4],
        ['飞单', 6, 8],
      ]),
    );
  });

  it('scanning again finds what a new list would have found, and nothing twice', async () => {
    const ids = await archive.say([{ text: '老地方见面' }, { text: '没有别的' }]);
    await lists.create({ ...settings, name: '见面', words: ['老地方'] }, acting);
    const stored = await createMessageReader({ db, vault }).read(ids);
    expect(await db.transact(() => scan.scanAgain(stored))).toBe(1);
    expect(await db.transact(() => scan.scanAgain(stored))).toBe(0);
    expect(await wordsIn(ids[0])).toEqual(['见面: 老地方']);
  });

  it('are evidence: nobody changes or removes one', async () => {
    await expect(db.execute('UPDATE archive_hit SET word = 0')).rejects.toThrow('archive_hit is insert-only');
    await expect(db.execute('DELETE FROM archive_hit')).rejects.toThrow('archive_hit is insert-only');
  });
});
